"""Readers of posts, one folder or module per kind of source; each yields posts and bad rows, never raises on a row."""
