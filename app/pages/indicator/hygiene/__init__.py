"""Hygiene items by profession: a section of an indicator and its answer."""
