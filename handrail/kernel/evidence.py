"""How a room answers its share of the seven questions: a small protocol, computed from the record, never ticked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

State = Literal["open", "in_progress", "answered", "again"]
QUESTIONS = range(1, 8)


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of a sentence. With `href` it is a bold number that opens the records it was counted from."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A small countable picture: `filled` of `total` marks, and its caption. `total` 0 means no evidence yet."""

    filled: int
    total: int
    caption: str


@dataclass(frozen=True, slots=True)
class NextAct:
    """The one next step: what, where, who does it and by when (None when no date is set)."""

    words: str
    href: str
    who: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One room's evidence on one question at one moment.

    `score` is 0 not started, 1 drafted, 2 in use, 3 shown to work (knowledge: policy rules, readiness model).
    `sentence` is read in order; `worked_from` says in words which records were read; `why` and `since` explain a
    state that fell. `gist` is the clause this question adds to Home's headline, such as "vetting has not begun".
    """

    question: int
    state: State
    score: int
    sentence: tuple[Said, ...]
    figure: Figure
    next_act: NextAct | None
    worked_from: str
    gist: str
    why: str = ""
    since: datetime | None = None
    facts: dict[str, int] = field(default_factory=dict)


Evidence = Callable[[], Answer]
_providers: dict[int, Evidence] = {}


def answers(question: int, evidence: Evidence) -> None:
    """Name the function that answers `question` (1 to 7); called once by a room's `apps.ready()`."""
    if question not in QUESTIONS:
        raise ValueError(f"There are seven questions; {question} is not one of them")
    _providers[question] = evidence


def provider(question: int) -> Evidence | None:
    """The function that answers `question`, or None while no room provides it."""
    return _providers.get(question)
