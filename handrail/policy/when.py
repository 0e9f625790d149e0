"""What policy does when a round of vetting ends."""

from handrail.kernel.when import when
from handrail.policy.actions import take_clearing, take_withdrawal
from handrail.vetting.facts import RoundCleared, RoundWithdrawn


@when(RoundCleared)
def a_cleared_text_may_be_published(fact: RoundCleared) -> None:
    """The version whose words were cleared says so."""
    take_clearing(fact.subject, fact.text_sha256)


@when(RoundWithdrawn)
def a_withdrawn_text_is_a_draft_again(fact: RoundWithdrawn) -> None:
    """The version goes back to its writers."""
    take_withdrawal(fact.subject)
