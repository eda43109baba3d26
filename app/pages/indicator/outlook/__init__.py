"""How sure an outcome is, and whether the year's target will be met."""
