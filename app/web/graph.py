"""A chart as a component of our own, drawn by plotly in the browser.

Dash makes every component of a page anew when its content changes. `assets/16-graph.js`
keeps the drawing nevertheless, and gives it the new figure when the page's words and
numbers stand on the screen.
"""

from typing import Any

from dash.development.base_component import Component


class Graph(Component):
    """A figure in plotly's format.

    Args:
        name: What the same chart has on the next page, so that its drawing is kept.
        figure: Its data and layout.
        style: Keeps its place until it is drawn.
    """

    _children_props: list[str] = []
    _base_nodes: list[str] = []
    _namespace = "malbild_components"
    _type = "Graph"
    _prop_names = ["id", "name", "figure", "style"]
    available_properties = _prop_names
    available_wildcard_properties: list[str] = []
    _valid_wildcard_attributes: list[str] = []

    def __init__(
        self, name: str, figure: dict[str, Any], style: dict[str, str]
    ) -> None:
        # Dash looks for a package of our namespace on the disk, for each property.
        vars(self).update(name=name, figure=figure, style=style)
