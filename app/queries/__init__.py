"""The only SQL of the pages: a connection in, typed rows out."""
