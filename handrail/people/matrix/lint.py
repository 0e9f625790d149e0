"""Runs every rule over a table and leaves out what somebody waived; the list of rules is the register."""

from collections.abc import Collection
from dataclasses import dataclass

from handrail.people.matrix.rules import days, letters, people, whole
from handrail.people.matrix.rules.register import Rule, by_id
from handrail.people.matrix.table import Finding, Table

_MODULES = (letters, people, days, whole)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found: findings with their rule, waived ones apart, and how many rules hold."""

    found: tuple[tuple[Rule, Finding], ...]
    waived: tuple[tuple[Rule, Finding], ...]
    checked: int

    @property
    def holding(self) -> int:
        """How many rules have nothing to say."""
        return self.checked - len({rule.id for rule, _ in self.found})

    @property
    def stopping(self) -> tuple[tuple[Rule, Finding], ...]:
        """Findings that keep a proposal from being agreed."""
        return tuple(each for each in self.found if each[0].stops)


def rules() -> list[Rule]:
    """Every rule, by id."""
    return [by_id[key] for key in sorted(by_id)] if _MODULES else []


def lint(table: Table, waived: Collection[str] = ()) -> Verdict:
    """Check a table; findings whose key somebody waived are set apart, not lost. What must be mended comes first."""
    found: list[tuple[Rule, Finding]] = []
    apart: list[tuple[Rule, Finding]] = []
    for rule in rules():
        for finding in rule.check(table):
            (apart if finding.key in waived and rule.may_be_waived else found).append((rule, finding))
    found.sort(key=lambda each: (not each[0].stops, each[0].severity != "fix"))
    return Verdict(tuple(found), tuple(apart), len(rules()))
