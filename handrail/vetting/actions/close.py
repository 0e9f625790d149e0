"""How a round ends: cleared, once nothing stands in the way, or withdrawn with a reason; and its last day moved."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow
from handrail.kernel.words import listed
from handrail.people.models import Person
from handrail.vetting.actions import ground
from handrail.vetting.actions.letterbox import empty_letterbox
from handrail.vetting.facts import ClosingMoved, NamingChosen, RoundCleared, RoundWithdrawn
from handrail.vetting.models import Round
from handrail.vetting.reads.hindrances import hindrances

AHEAD = timedelta(days=1)


def may_clear(person: Person, round: Round) -> bool:
    """Those who run an open round; whether it may clear is for `hindrances` to say."""
    return round.is_open and ground.may_run(person, round)


@transaction.atomic
def clear(round: Round, *, by: Person) -> Round:
    """Declare that everyone with a stake was heard on the present text. The only way to cleared.

    Raises NotNow with all that stands in the way. The database itself refuses it, too, where a required interest
    lacks a fresh sign-off or a remark lacks an answer.
    """
    ground.must_run(by, round)
    round = ground.locked(round)
    ground.must_be_open(round)
    if standing := hindrances(round):
        raise NotNow(f"It can’t clear yet: {listed([each.words for each in standing[:8]], joint='and')}.")
    round.state, round.cleared_by, round.cleared_at = Round.State.CLEARED, by, timezone.now()
    round.save(update_fields=["state", "cleared_by", "cleared_at"])
    announce(RoundCleared(ground.ref_of(round), ground.subject_of(round), round.text_sha256), who=by)
    return round


def may_withdraw_round(person: Person, round: Round) -> bool:
    """Those who run an open round."""
    return round.is_open and ground.may_run(person, round)


@transaction.atomic
def withdraw_round(round: Round, why: str, *, by: Person) -> Round:
    """End a round without clearing its text, with a reason. What was said stays in the record, letters too.

    Letters that wait come out first, all at once and in random order, with no day but that of the round's end.
    """
    ground.must_run(by, round)
    round = ground.locked(round)
    ground.must_be_open(round)
    why = ground.said(why, "why", needed="Say why the round ends; everyone who spoke will read it.", longest=2000)
    empty_letterbox(round, all_of_it=True)
    round = ground.locked(round)
    round.state, round.withdrawn_by, round.withdrawn_at = Round.State.WITHDRAWN, by, timezone.now()
    round.withdrawn_why = why
    round.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "withdrawn_why"])
    announce(RoundWithdrawn(ground.ref_of(round), ground.subject_of(round), why), who=by)
    return round


def may_choose_naming(person: Person, round: Round) -> bool:
    """Those who run an open round."""
    return round.is_open and ground.may_run(person, round)


@transaction.atomic
def choose_naming(round: Round, names: bool, *, by: Person) -> Round:
    """Say whether the record names those who signed; it is fixed once the round has ended. Panel members never are."""
    ground.must_run(by, round)
    round = ground.locked(round)
    ground.must_be_open(round)
    if round.names_signers != names:
        round.names_signers = names
        round.save(update_fields=["names_signers"])
        announce(NamingChosen(ground.ref_of(round), names), who=by)
    return round


def may_move_closing(person: Person, round: Round) -> bool:
    """Those who run an open round."""
    return round.is_open and ground.may_run(person, round)


@transaction.atomic
def move_closing(round: Round, closes_at: datetime, *, by: Person) -> Round:
    """Give the round another last day, later or sooner but not in the past.

    Where people may speak without a name it comes no sooner than a day ahead: letters come out on the nights after it.
    """
    ground.must_run(by, round)
    round = ground.locked(round)
    ground.must_be_open(round)
    ground.check_last_day(closes_at)
    if round.anonymous and closes_at < min(round.closes_at, timezone.now() + AHEAD):
        raise BadInput(
            "People may speak without a name here, so its last day can’t be moved to less than a day ahead. "
            "Choose a later one.",
            field="closes_at",
        )
    round.closes_at = closes_at
    round.save(update_fields=["closes_at"])
    announce(ClosingMoved(ground.ref_of(round), closes_at), who=by)
    return round
