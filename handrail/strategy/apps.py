"""Registers the room of strategy and its share of the seven questions."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    """The room of strategy."""

    name = "handrail.strategy"
    label = "strategy"

    def ready(self) -> None:
        """Name what answers question 1, and what of strategy may have a row of its own in the ownership matrix."""
        from handrail.kernel.evidence import answers
        from handrail.people.reads import matrix_subjects
        from handrail.strategy.evidence import answer
        from handrail.strategy.reads import initiative_subjects, purpose_subjects, touched_functions

        answers(1, answer)
        matrix_subjects.register("purpose", purpose_subjects)
        matrix_subjects.register("initiative", initiative_subjects)
        matrix_subjects.touches("domains", touched_functions)
