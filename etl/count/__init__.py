"""Facts in force, counted and summed to outcomes."""
