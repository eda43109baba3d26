"""What a person reads in the terminal, in the terminal's language."""
