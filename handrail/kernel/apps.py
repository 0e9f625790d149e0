"""Registers the kernel, and finds each room's facts, follow-ups and tasks by their file names."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """The room of words every room needs."""

    name = "handrail.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Load `facts`, `when` and `tasks` of every room, so that each registers itself."""
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("facts", "when", "tasks")
