"""How the demo's readable files name things: people by the start of their address, clauses by words they hold."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from handrail.kernel.errors import BadInput
from handrail.people.models import Person
from handrail.policy.models import Version
from handrail.policy.reads import document_of

Step = dict[str, Any]
MARK = re.compile(r"\{([TUDN]*?)([DN])([+-])(\d+)(?: (\d\d:\d\d:\d\d))?\}")
KINDS = {".csv", ".md", ".jsonl", ".toml"}


def filled(source: Path, target: Path, now: datetime) -> Path:
    """Copies of the demo files with every date filled in, counted from `now`; returns their folder."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.iterdir()):
        if path.suffix in KINDS:
            text = path.read_text(encoding="utf-8")
            (target / path.name).write_text(MARK.sub(lambda found: _moment(found, now), text), encoding="utf-8")
    return target


def _moment(found: re.Match[str], now: datetime) -> str:
    """{D-12} a day, {D-12 09:40:00} or {N-71} a moment; T writes it as ISO 8601, U as microseconds since 1970."""
    form, unit, sign, number, clock = found.groups()
    step = int(number) * (1 if sign == "+" else -1)
    if unit == "N":
        moment = now + timedelta(minutes=step)
    else:
        day = timezone.localdate(now) + timedelta(days=step)
        if not clock:
            return day.isoformat()
        moment = datetime.fromisoformat(f"{day.isoformat()}T{clock}+00:00")
    if form == "U":
        return str(int(moment.timestamp() * 1_000_000))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ" if form == "T" else "%Y-%m-%d %H:%M:%S")


def read_toml(path: Path) -> Step:
    """A demo file as it is written."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def steps_of(path: Path) -> Iterator[Step]:
    """The steps of a file, in order."""
    yield from read_toml(path).get("step", ())


def person(start: str) -> Person:
    """Whoever’s address begins so."""
    return Person.objects.get(email=f"{start}@harbourpine.example")


def people(starts: list[str]) -> list[Person]:
    """Several of them, in that order."""
    return [person(start) for start in starts]


def day_of(words: str) -> date:
    """A day as the filled files write it."""
    return date.fromisoformat(words)


def clause_with(version: Version, words: str) -> str:
    """The id of the one clause that says these words; BadInput names words that none or several say."""
    found = [clause.id for clause in document_of(version).clauses if words in clause.text]
    if len(found) != 1:
        raise BadInput(f"{len(found)} clauses of version {version.number} say “{words}”; the demo names one.")
    return found[0]
