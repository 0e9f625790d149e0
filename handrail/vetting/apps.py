"""Registers the room of vetting."""

from django.apps import AppConfig


class VettingConfig(AppConfig):
    """The room of vetting."""

    name = "handrail.vetting"
    label = "vetting"
