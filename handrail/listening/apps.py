"""Registers the room of listening."""

from django.apps import AppConfig


class ListeningConfig(AppConfig):
    """The room of listening."""

    name = "handrail.listening"
    label = "listening"
