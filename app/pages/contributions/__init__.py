"""`/analys/bidrag`: which parts a gap to a target, or a change, comes from."""
