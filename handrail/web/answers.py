"""The seven answers as they stand: asked of each room, kept until the record moves on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.core.cache import cache
from django.utils import timezone

from handrail.kernel.evidence import QUESTIONS, Answer, NextAct, Said, provider
from handrail.kernel.models import JournalEntry
from handrail.people.models import Person
from handrail.web.questions import unanswered
from handrail.web.rooms import may_open

KEPT_SECONDS = 300
SOON = timedelta(days=30)
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Standing:
    """Seven answers in order, which of them no room provides, and when they were worked out."""

    answers: tuple[Answer, ...]
    silent: frozenset[int]
    worked_out_at: datetime

    @property
    def due_first(self) -> Answer | None:
        """The answer whose next act presses most: see `pressing`; then what fell, then by order."""
        acts = [answer for answer in self.answers if answer.next_act]
        return min(acts, key=_pressing, default=None)


def standing() -> Standing:
    """How the seven questions stand now; kept until the record moves on."""
    return kept("answers", work_out)


def kept(name: str, make: Callable[[], K]) -> K:
    """What `make` gives, worked out anew only when the record has moved.

    What a room reads changes only when the record does, and each change adds a fact; so the result is kept under the
    newest fact's hash, for at most five minutes because some results also depend on the time of day.
    """
    newest = JournalEntry.objects.order_by("-id").values_list("hash", flat=True).first()
    if newest is None:
        return make()
    key = f"{name}:{newest}:{timezone.localdate()}"
    found: K | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEPT_SECONDS)
    return found


def work_out() -> Standing:
    """Ask every room for its evidence, now."""
    providers = {number: provider(number) for number in QUESTIONS}
    answers = tuple(evidence() if evidence else unanswered(number) for number, evidence in providers.items())
    silent = frozenset(number for number, evidence in providers.items() if evidence is None)
    return Standing(answers, silent, timezone.now())


def readable_by(person: Person, parts: Sequence[Said]) -> tuple[Said, ...]:
    """The sentence with only those links that open to this person."""
    return tuple(part if not part.href or may_open(person, part.href) else Said(part.text) for part in parts)


def act_for(person: Person, act: NextAct | None) -> NextAct | None:
    """A next act as this person reads it: “You” for themselves, no link where the page is not theirs."""
    if act is None:
        return None
    shown = replace(act, who="You") if act.who == person.name else act
    return shown if may_open(person, act.href) else replace(shown, href="")


def pressing(due: date | None) -> tuple[int, date]:
    """How much a next act presses, least first: a day within a month, then what lacks a day, then days far off.

    An act without a day mends a lack that is open now, such as a policy without an owner; a date months ahead can
    wait for it.
    """
    if due is None:
        return 1, date.max
    return (0 if due - timezone.localdate() <= SOON else 2), due


def _pressing(answer: Answer) -> tuple[tuple[int, date], bool, int]:
    due = answer.next_act.due if answer.next_act else None
    return pressing(due), answer.state != "again", answer.question
