"""What charts share: data in, parts of a Plotly figure as a plain dictionary out.

Dictionaries, since building and checking figure objects takes longer than every query
of a page.
"""
