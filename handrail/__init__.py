"""Handrail: an organisation's life on social media as one closed loop, answered from evidence."""

__version__ = "0.1.0"
