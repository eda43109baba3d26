"""What a file of a system is, and a mapping drafted for it."""
