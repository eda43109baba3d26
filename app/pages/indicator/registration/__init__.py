"""Are codes registered at all? A section beside a rate."""
