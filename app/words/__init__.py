"""Language, numbers, periods, and the words that are said in several rooms."""
