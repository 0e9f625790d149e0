"""Registers the room of vetting."""

from django.apps import AppConfig


class VettingConfig(AppConfig):
    """The room of vetting."""

    name = "handrail.vetting"
    label = "vetting"

    def ready(self) -> None:
        """Name who takes part in vetting, for the report on who is heard."""
        from handrail.people.reads import takes_part
        from handrail.vetting.reads.taking_part import who_takes_part

        takes_part("vetting", who_takes_part)
