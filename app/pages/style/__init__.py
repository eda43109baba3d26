"""`/stil`: every component in every state, without need of a warehouse."""
