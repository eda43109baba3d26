"""`/`: all indicators of one unit in one period."""
