"""`/underlag`: the files the figures rest on, and what is wrong or missing in them."""
