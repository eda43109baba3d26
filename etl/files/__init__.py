"""Source files: found, known by their contents, and read as text."""
