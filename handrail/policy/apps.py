"""Registers the room of policy."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """The room of policy."""

    name = "handrail.policy"
    label = "policy"
