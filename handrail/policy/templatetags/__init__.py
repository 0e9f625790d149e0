"""Filters for the pages of policy."""
