"""How the matrix came to be what it is: proposals, agreements, hand-overs and waivers, told from the journal."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from handrail.kernel.models import JournalEntry
from handrail.kernel.reads import Wanted, facts
from handrail.kernel.words import counted
from handrail.people.models import Person
from handrail.people.reads.matrix import row_titles

TOLD = (
    "people.matrix_agreed",
    "people.matrix_proposed",
    "people.proposal_dropped",
    "people.gap_closed",
    "people.finding_waived",
    "people.waiver_ended",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One line: the day it happened, who did it, in words, and what of it stands out."""

    day: date
    words: str
    strong: str = ""


def how_it_was_agreed(limit: int = 8) -> list[Told]:
    """The latest facts about the matrix, oldest first, so that it reads as a story."""
    rows = list(facts(Wanted(code="people.")).filter(code__in=TOLD)[: 4 * limit])
    names = _names(rows)
    titles = row_titles()
    told = [each for each in (_told(row, names, titles) for row in rows) if each is not None]
    told = told[:limit]
    told.reverse()
    return sorted(told, key=lambda each: each.day)


def _names(rows: list[JournalEntry]) -> dict[int, str]:
    keys: set[int] = set()
    for row in rows:
        taken = json.loads(row.record).get("taken_by")
        if isinstance(taken, str) and taken.partition(":")[2].isdigit():
            keys.add(int(taken.partition(":")[2]))
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "name"))


def _told(row: JournalEntry, names: dict[int, str], titles: dict[str, str]) -> Told | None:
    record: dict[str, Any] = json.loads(row.record)
    day = timezone.localtime(row.at).date()
    who = row.who_label or "Somebody"
    if row.code == "people.matrix_agreed":
        number = len(record.get("people", ()))
        agreed = _day(record.get("agreed_on"), day)
        how = str(record.get("how", "")).strip()
        how = how if how.endswith((".", "!", "?")) else f"{how}."
        late = "" if agreed == day else f" In force since {day:%-d %B %Y}."
        return Told(agreed, f"{counted(number, 'person', 'people')} agreed. {how}{late}", "In force.")
    if row.code == "people.matrix_proposed":
        return Told(day, f"{who} began a proposal with {counted(int(record.get('cells', 0)), 'cell')}.")
    if row.code == "people.proposal_dropped":
        why = str(record.get("why", "")).strip()
        return Told(day, f"{who} dropped a proposal{f': {why}' if why else ''}.".replace("..", "."))
    if row.code == "people.gap_closed":
        taken = str(record.get("taken_by") or "").partition(":")[2]
        if not taken.isdigit():
            return None  # closed without a name: nothing was agreed
        what = titles.get(str(record.get("row")), "a row")
        return Told(day, f"{names.get(int(taken), 'Somebody')} took {what} over from somebody who leaves.")
    rule = record.get("rule", "")
    if row.code == "people.waiver_ended":
        return Told(day, f"{who} wants {rule} shown again.")
    return Told(day, f"{who} said a finding of {rule} is fine: {str(record.get('why', '')).rstrip('.')}.")


def _day(text: object, otherwise: date) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return otherwise
