"""Rows of text taken in: typed, judged, and kept as facts or rejections."""
