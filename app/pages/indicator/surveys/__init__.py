"""The dimensions of a survey and the place of a region: a section of an indicator."""
