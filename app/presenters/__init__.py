"""Outcomes into words: no SQL, no components."""
