"""One outcome wherever it stands: its words, lines, cards, signs, charts and tables."""
