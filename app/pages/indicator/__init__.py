"""`/indikator/<indicator>`: one indicator in one unit, over time and among others."""
