"""`/analys/forlopp`: the cancer pathways step by step, and their cases."""
