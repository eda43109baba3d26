"""Statistical process control: is a change over time more than chance?"""
