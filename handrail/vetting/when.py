"""What vetting does when its own rounds open and clear: the channels outside are told."""

from handrail.kernel.when import when
from handrail.vetting.facts import RoundCleared, RoundOpened
from handrail.vetting.models import Round
from handrail.vetting.posts import tell_hooks


@when(RoundOpened)
def tell_of_opening(fact: RoundOpened) -> None:
    """A text went out for review."""
    if round := Round.objects.filter(pk=fact.round.key).first():
        until = f"{round.closes_at.day} {round.closes_at:%B}"
        tell_hooks(round, f"opened-{round.pk}", f"{round.title} is open for review until {until}.")


@when(RoundCleared)
def tell_of_clearing(fact: RoundCleared) -> None:
    """Everyone with a stake was heard."""
    if round := Round.objects.filter(pk=fact.round.key).first():
        tell_hooks(round, f"cleared-{round.pk}", f"{round.title} is cleared: everyone with a stake was heard.")
