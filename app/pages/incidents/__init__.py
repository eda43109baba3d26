"""Incident reports by category, unit and quarter: how many, how soon, how grave."""
