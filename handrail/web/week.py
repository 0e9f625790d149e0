"""What changed lately, in sentences: facts of the journal that this person may know of, told newest first."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from handrail.kernel.models import JournalEntry
from handrail.kernel.words import counted
from handrail.people.models import Person
from handrail.web.rooms import address, may_open
from handrail.web.tellings import TELLINGS
from handrail.web.tellings.told import Told

DAYS = 7
LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the week: when, the sentence around its bold part, and where it leads."""

    at: datetime
    told: Told
    href: str


def this_week(person: Person, limit: int = 6) -> list[Line]:
    """The newest changes of the last seven days; many of one kind within a minute become one line with their count."""
    since = timezone.now() - timedelta(days=DAYS)
    mine = [code for code, telling in TELLINGS.items() if telling.may(person)]
    entries = JournalEntry.objects.filter(at__gte=since, code__in=mine).order_by("-id")[:LOOKED_AT]
    return [_line(person, entry, times) for entry, times in _runs(list(entries))[:limit]]


def _runs(entries: list[JournalEntry]) -> list[tuple[JournalEntry, int]]:
    runs: list[tuple[JournalEntry, int]] = []
    for entry in entries:
        if runs and runs[-1][0].code == entry.code and runs[-1][0].at - entry.at < timedelta(minutes=1):
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((entry, 1))
    return runs


def _line(person: Person, entry: JournalEntry, times: int) -> Line:
    telling = TELLINGS[entry.code]
    if times == 1:
        told = telling.tell(json.loads(entry.record))
    else:
        told = Told("", counted(times, telling.noun, telling.nouns), telling.many)
    href = address(telling.page) if telling.page else ""
    return Line(entry.at, told, href if href and may_open(person, href) else "")
