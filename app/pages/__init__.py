"""One module a page: its path, its name, and `content()` for what is in it."""
