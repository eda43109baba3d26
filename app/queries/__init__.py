"""The only SQL of the pages: a reader in, typed rows out."""
