"""What policy does when a round of vetting ends, and when a version comes into force."""

from handrail.kernel.when import when
from handrail.policy.actions import take_clearing, take_publishing, take_withdrawal
from handrail.policy.facts import PolicyPublished
from handrail.policy.models import Version
from handrail.vetting.facts import RoundCleared, RoundWithdrawn


@when(RoundCleared)
def a_cleared_text_may_be_published(fact: RoundCleared) -> None:
    """The version whose words were cleared says so."""
    take_clearing(fact.subject, fact.text_sha256)


@when(RoundWithdrawn)
def a_withdrawn_text_is_a_draft_again(fact: RoundWithdrawn) -> None:
    """The version goes back to its writers."""
    take_withdrawal(fact.subject)


@when(PolicyPublished)
def what_follows_the_clauses_is_told(fact: PolicyPublished) -> None:
    """Procedures are flagged, amendments are done, verdicts said for this version hold."""
    version = Version.objects.select_related("policy").filter(pk=fact.version.key).first()
    if version is not None:
        take_publishing(version)
