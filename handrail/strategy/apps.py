"""Registers the room of strategy and its share of the seven questions."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    """The room of strategy."""

    name = "handrail.strategy"
    label = "strategy"

    def ready(self) -> None:
        """Name what answers question 1."""
        from handrail.kernel.evidence import answers
        from handrail.strategy.evidence import answer

        answers(1, answer)
