"""Mappings: how the files of a producer, as its system gives them, become a dataset."""
