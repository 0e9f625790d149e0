"""Registers the room of web."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The room of web."""

    name = "handrail.web"
    label = "web"
