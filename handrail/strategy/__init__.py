"""Strategy: what the organisation wants, before anything is posted."""
