"""`/analys/jamforelse`: units of one kind compared by size and value."""
