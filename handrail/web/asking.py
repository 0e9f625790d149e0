"""What each room holds for one person: words to sign, remarks and amendments to answer, questions to legal, gaps."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from handrail.kernel.words import count, counted, sentence_case
from handrail.people.models import Person
from handrail.people.reads import gaps_offered_to, row_titles
from handrail.policy.reads import legal_questions_for, needs
from handrail.strategy.reads import needs_of
from handrail.vetting.reads import WaitingHere, waiting_for
from handrail.web.rooms import address


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: what to do, where, why it is asked, by when."""

    words: str
    href: str
    because: str
    due: date | None = None


def asked_by_rooms(person: Person) -> list[Waiting]:
    """Everything the rooms ask of this person, room by room."""
    return [each for room in ROOMS for each in room(person)]


def _vetting(person: Person) -> Iterator[Waiting]:
    answered: dict[int, list[WaitingHere]] = {}
    for each in waiting_for(person):
        if each.kind == "answered":
            answered.setdefault(each.round.pk, []).append(each)
        else:
            yield Waiting(each.words, each.href, each.because, timezone.localdate(each.due) if each.due else None)
    for same in answered.values():
        words = same[0].words
        if len(same) > 1:
            words = f"{sentence_case(count(len(same)))} of your remarks on “{same[0].round.title}” were answered"
        yield Waiting(words, same[0].href, same[0].because)


def _policy(person: Person) -> Iterator[Waiting]:
    for each in needs(person):
        yield Waiting(each.words, each.href, each.because, each.due)


def _legal(person: Person) -> Iterator[Waiting]:
    asked = legal_questions_for(person)
    if asked:
        titles = " and ".join(sorted({f"“{each.policy.title}”" for each in asked}))
        words = f"Answer {counted(len(asked), 'question')} to legal about {titles}"
        yield Waiting(words, reverse("policy:legal"), "Whoever writes waits for your view")


def _gaps(person: Person) -> Iterator[Waiting]:
    gaps = gaps_offered_to(person)
    titles = row_titles() if gaps else {}
    for gap in gaps:
        title = titles.get(gap.row, gap.row.partition(":")[2])
        because = f"{gap.person.name} leaves it, and it was offered to you"
        yield Waiting(f"Take on “{title}”, or say no", address("policy:ownership"), because, gap.last_day)


def _strategy(person: Person) -> Iterator[Waiting]:
    for each in needs_of(person):
        yield Waiting(each.words, each.href, each.because, each.due)


ROOMS: tuple[Callable[[Person], Iterator[Waiting]], ...] = (_vetting, _policy, _legal, _gaps, _strategy)
