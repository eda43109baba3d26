"""`/karta`: a status for every indicator and unit in a quarter."""
