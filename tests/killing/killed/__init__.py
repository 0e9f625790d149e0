"""A room for the kill tests: one deed, one fact, one follow-up, one job."""
