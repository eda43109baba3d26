"""A room for each subject: its page, what is found, said and drawn, its answer."""
