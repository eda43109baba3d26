"""Steps of the plans: when each is due, and how far it has come."""
