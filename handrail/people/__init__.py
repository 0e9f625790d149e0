"""People: who is here, and who may do what."""
