"""`/analys`: every deviation of a quarter, and what every control chart says."""
