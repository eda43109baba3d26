"""A room a subject: its page, and what is found, said and drawn on it and answered of it."""
