"""What a telling is: how one kind of fact is said, once or many times, the page it leads to, and who may read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from handrail.people.models import Person
from handrail.people.reads import anyone

Record = Mapping[str, Any]
FIELDS = {
    "statement": "wording",
    "starts_on": "start",
    "ends_on": "end",
    "status": "state",
    "parent": "place",
    "review_by": "day of review",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence in three parts, the middle one bold; the later ones may be missing."""

    before: str
    bold: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """How one kind of fact is told: once, or many times within a minute; the page it leads to, and who may read it."""

    tell: Callable[[Record], Told]
    noun: str
    many: str
    page: str = ""
    nouns: str = ""
    may: Callable[[Person], bool] = anyone
