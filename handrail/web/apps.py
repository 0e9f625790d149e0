"""Registers the room of web, and what one room’s record says in another."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The room of web."""

    name = "handrail.web"
    label = "web"

    def ready(self) -> None:
        """Name who says whether a policy is in force; strategy asks before an initiative goes live."""
        from handrail.strategy.reads import record_says
        from handrail.web.speaking import policy_in_force

        record_says("policy_in_force", policy_in_force)
