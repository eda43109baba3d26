"""Public figures fetched from others' APIs into `data/sources/`."""
