"""What a check of a policy gives back: hits from a detector, findings for a person, and the sources behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from handrail.policy.clause import Clause
from handrail.policy.lint.reading import Reading

Severity = Literal["fix", "improve", "consider", "counsel"]


@dataclass(frozen=True, slots=True)
class Source:
    """An authority a finding rests on, with its standing and the day a person last looked."""

    key: str
    status: str
    checked_on: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on one place of a policy. `quote` is verbatim, so that a page can mark it.

    `title` is its rule in words. `also` names rules on law that say nearly the same of the same
    words and are told in this one.
    """

    rule: str
    severity: Severity
    line: int
    quote: str
    message: str
    why: str
    clause_id: str = ""
    sources: tuple[Source, ...] = ()
    top: bool = False
    also: tuple[str, ...] = ()
    title: str = ""
    also_titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """What a detector saw: a clause or a bare line, the words, and what fills the message.

    `wording` picks one of the rule's messages; `severity` replaces the rule's own where a milder or harder word is due.
    """

    quote: str
    clause: Clause | None = None
    line: int = 0
    wording: str = "default"
    severity: Severity | None = None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """Where and for whom the policy holds, today's date, and the text already taken apart."""

    reading: Reading
    today: date
    countries: frozenset[str] = frozenset()
    sector: str = ""
    public: bool = False
    organisations: tuple[str, ...] = ()
