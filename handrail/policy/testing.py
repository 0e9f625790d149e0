"""Builders for tests: a version in force, which only a real round of vetting can bring there."""

from datetime import date, timedelta

from django.utils import timezone

from handrail.kernel.refs import Ref
from handrail.people.models import Interest, Person
from handrail.people.testing import Cast
from handrail.policy.actions import open_vetting, publish, take_clearing, type_change
from handrail.policy.models import Version
from handrail.policy.reads import round_of, unconfirmed
from handrail.vetting.actions import clear, read_clauses, sign
from handrail.vetting.models import Round
from handrail.vetting.reads import clauses_in

_LEFT_OUT = {each: "A test needs one interest." for each in Interest.values if each != Interest.LEGAL}


def in_vetting(version: Version, people: Cast) -> Round:
    """A version sent out by ana, to be signed by ben for legal."""
    closes_at = timezone.now() + timedelta(days=7)
    return open_vetting(version, by=people.ana, closes_at=closes_at, required={"legal": 1}, left_out=_LEFT_OUT)


def sign_and_clear(round: Round, people: Cast) -> None:
    """Ben reads the present text and signs for legal; ana clears the round."""
    round = Round.objects.get(pk=round.pk)
    read_clauses(round, [clause.key for clause in clauses_in(round)], by=people.ben)
    sign(round, Interest.LEGAL, by=people.ben)
    round = clear(round, by=people.ana)
    take_clearing(Ref(round.subject_kind, round.subject_key), round.text_sha256)


def cleared(version: Version, people: Cast) -> Version:
    """A version that a quick real round cleared, each of its changes typed."""
    round = round_of(version)
    sign_and_clear(round if round is not None and round.is_open else in_vetting(version, people), people)
    version = Version.objects.get(pk=version.pk)
    typed(version, people)
    return version


def typed(version: Version, people: Cast) -> None:
    """Ana confirms what the rules propose for every change, those in doubt too."""
    for each in unconfirmed(version):
        type_change(version, each.key, each.proposed, by=people.ana)


def published(version: Version, people: Cast, *, by: Person | None = None, effective_on: date | None = None) -> Version:
    """A version in force, by way of a quick real round."""
    return publish(cleared(version, people), by=by or people.ana, effective_on=effective_on)
