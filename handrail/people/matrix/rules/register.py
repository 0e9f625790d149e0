"""What a rule is, and the register each rule enters itself in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from handrail.people.matrix.table import Finding, Table

Check = Callable[[Table], Iterable[Finding]]
Severity = Literal["fix", "advice"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule: what it asks for, why, how grave a breach is, whether one keeps a proposal from being agreed."""

    id: str
    title: str
    why: str
    severity: Severity
    stops: bool
    may_be_waived: bool
    check: Check


by_id: dict[str, Rule] = {}


def rule(
    id: str, title: str, why: str, *, severity: Severity = "fix", stops: bool = False, waivable: bool = True
) -> Callable[[Callable[[Table], Iterator[Finding]]], Callable[[Table], Iterator[Finding]]]:
    """Enter the decorated check in the register under its id."""

    def enter(check: Callable[[Table], Iterator[Finding]]) -> Callable[[Table], Iterator[Finding]]:
        by_id[id] = Rule(id, title, why, severity, stops, waivable, check)
        return check

    return enter
