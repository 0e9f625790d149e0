"""Texts and rounds for tests: a short policy, a bench of reviewers, and a round that everybody has signed."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from handrail.kernel.refs import Ref
from handrail.people.models import Interest, Person, Role, RoleGrant
from handrail.people.testing import Cast, cast, make_person
from handrail.vetting.actions import open_round, read_clauses, sign
from handrail.vetting.models import Round
from handrail.vetting.text import TextClause

WORDS = (
    ("why", "1", "Why we’re glad", "We are glad that people talk about us, and we want you to join in."),
    (
        "guests",
        "4.1",
        "Guests",
        "Never name a guest without asking them first, and never post a picture of their room.",
    ),
    ("ask", "4.2", "Ask first", "Ask before you film in the lobby, and stop when somebody asks you to stop."),
    ("pay", "5.2", "Pay", "Your pay is yours to talk about; nothing in this policy stops you from doing so."),
)
ALL = tuple(Interest.values)


def text(**changed: str) -> list[TextClause]:
    """The short policy, with the words of some clauses changed; a clause with "" is taken out."""
    rows = [TextClause(key, number, heading, changed.pop(key, words)) for key, number, heading, words in WORDS]
    rows += [TextClause(key, "9", key.capitalize(), words) for key, words in changed.items()]
    return [each for each in rows if each.text]


def left_out(required: Sequence[str]) -> dict[str, str]:
    """A reason for each interest that is not asked."""
    return {each: "It is not touched by this text." for each in ALL if each not in required}


def reviewer(number: int, interest: str) -> Person:
    """One more person who reads for an interest."""
    person = make_person(number)
    RoleGrant.objects.create(person=person, role=Role.REVIEWER, interest=interest)
    return person


def opened(people: Cast | None = None, required: Mapping[str, int] | None = None, **given: Any) -> Round:
    """An open round on the short policy by eva; legal (ben) must sign unless told otherwise."""
    people = people or cast()
    required = required or {"legal": 1}
    values: dict[str, Any] = {
        "by": people.eva,
        "authors": [people.eva],
        "required": required,
        "left_out": left_out(tuple(required)),
        "closes_at": timezone.now() + timedelta(days=14),
        "open_to": "everyone",
        "anonymous": False,
        "asks": "Is anything missing?",
    }
    clauses = given.pop("clauses", None) or text()
    subject = given.pop("subject", Ref("version", "7"))
    return open_round(subject, "Social media policy", "/policies/1", clauses, **(values | given))


def signed(round: Round, person: Person, interest: str = "legal", **given: Any) -> Any:
    """Read everything and sign."""
    read_clauses(round, list(_keys(round)), by=person)
    return sign(round, interest, by=person, **given)


def _keys(round: Round) -> Sequence[str]:
    return list(round.snapshots.get(number=Round.objects.get(pk=round.pk).number).clauses.values_list("key", flat=True))
