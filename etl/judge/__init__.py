"""Outcomes judged: what stands for each quarter, and what its chart says."""
