"""`/enhet`: every unit as a tree, and a unit's own indicators."""
