"""Vetting: rounds of review on any text; knows nothing of policy."""
