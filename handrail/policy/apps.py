"""Registers the room of policy and its share of the seven questions."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """The room of policy."""

    name = "handrail.policy"
    label = "policy"

    def ready(self) -> None:
        """Name what answers questions 2 and 3."""
        from handrail.kernel.evidence import answers
        from handrail.people.reads import matrix_subjects
        from handrail.policy.evidence import ownership, vetting
        from handrail.policy.reads.ownership import documents, procedures
        from handrail.policy.strategy_word import policy_in_force
        from handrail.strategy.reads import record_says

        answers(2, ownership)
        answers(3, vetting)
        matrix_subjects.register("policy", documents)
        matrix_subjects.register("procedure", procedures)
        record_says("policy_in_force", policy_in_force)
