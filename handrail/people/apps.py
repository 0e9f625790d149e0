"""Registers the room of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room of people."""

    name = "handrail.people"
    label = "people"
    verbose_name = "People"
