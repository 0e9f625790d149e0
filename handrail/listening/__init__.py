"""Listening: what people say, stored, counted and shown."""
