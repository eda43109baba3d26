"""`/analys/styrdiagram`: one indicator in one unit, judged by its own variation."""
