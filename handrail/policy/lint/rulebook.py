"""What each rule is: a record kept as data, one TOML file per group, and the small function that detects it."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from handrail.policy.clause import Document
from handrail.policy.lint.finding import Context, Hit, Severity

Precision = Literal["high", "medium", "low"]
Detector = Callable[[Document, Context], Iterable[Hit]]
GROUPS = ("structure", "currency", "clarity", "coverage", "lawful", "balance")
DETECTORS: dict[str, Detector] = {}


@dataclass(frozen=True, slots=True)
class Applies:
    """Where a rule holds; an empty part means everywhere. `languages` empty means any language."""

    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    public: bool = False
    languages: tuple[str, ...] = ("en",)

    def to(self, context: Context) -> bool:
        """Whether the rule holds for this policy."""
        if self.languages and not context.reading.is_english:
            return False
        if self.public and not context.public:
            return False
        if self.sectors and context.sector not in self.sectors:
            return False
        return not (self.countries and context.countries) or bool(context.countries & set(self.countries))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the check: what it looks for, how sure it is, what it says and on whose word."""

    id: str
    group: str
    title: str
    severity: Severity
    precision: Precision
    messages: Mapping[str, str]
    why: str
    fix: str
    citations: tuple[str, ...]
    added: date
    changed: date
    applies: Applies = field(default_factory=Applies)
    needs_counsel: bool = False
    top: bool = False


def detector(rule: str) -> Callable[[Detector], Detector]:
    """Register a function as the one that detects a rule."""

    def keep(function: Detector) -> Detector:
        if rule in DETECTORS:
            raise ValueError(f"{rule} already has a detector")
        DETECTORS[rule] = function
        return function

    return keep


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by id, in the order of the files."""
    found: dict[str, Rule] = {}
    for group in GROUPS:
        with Path(__file__).with_name(f"{group}.toml").open("rb") as file:
            found |= {record["id"]: _rule(group, record) for record in tomllib.load(file)["rule"]}
    return found


def _rule(group: str, record: dict[str, Any]) -> Rule:
    applies: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in record.get("applies", {}).items()
    }
    return Rule(
        id=record["id"],
        group=group,
        title=record["title"],
        severity=record["severity"],
        precision=record["precision"],
        messages=record["messages"],
        why=record["why"],
        fix=record["fix"],
        citations=tuple(record["citations"]),
        added=record["added"],
        changed=record.get("changed", record["added"]),
        applies=Applies(**applies),
        needs_counsel=record.get("needs_counsel", False),
        top=record.get("top", False),
    )
