"""What stands under a clause where people read it: the procedures that carry it out, what tests it, why it is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from handrail.policy.doors.numbers import numbers_of
from handrail.policy.ledger import reading
from handrail.policy.models import Policy, Procedure, Version
from handrail.policy.reads.ledger import because_of
from handrail.policy.reads.procedures import procedures_by_clause
from handrail.policy.reads.scenarios import scenarios_by_clause
from handrail.policy.sheet import sheet


@dataclass(frozen=True, slots=True)
class ClauseNote:
    """The line under one clause; `because` is the latest reason, `reasons` how many there are."""

    procedures: tuple[Procedure, ...] = ()
    situations: int = 0
    because: str = ""
    reasons: int = 0


@lru_cache(maxsize=32)
def _numbers(markdown: str) -> Mapping[str, str]:
    return numbers_of(sheet(reading(markdown)))


def clause_numbers(version: Version) -> Mapping[str, str]:
    """How the clauses of a version are cited, by id: 2.1(c). Never to be changed in place."""
    return _numbers(version.markdown)


def policy_numbers(policy: Policy) -> Mapping[str, str]:
    """How the clauses of a policy are cited by its latest version that has each, for links from other pages."""
    found: dict[str, str] = {}
    for version in policy.versions.order_by("number"):
        found |= clause_numbers(version)
    return found


def clause_notes(version: Version) -> Mapping[str, ClauseNote]:
    """The line under each clause that has one, by id; four queries however many clauses there are."""
    procedures = procedures_by_clause(version.policy)
    scenarios = scenarios_by_clause(version.policy)
    reasons = because_of(version)
    found = {}
    for key in procedures.keys() | scenarios.keys() | reasons.keys():
        why = reasons.get(key, [])
        found[key] = ClauseNote(
            procedures=tuple(procedures.get(key, ())),
            situations=len(scenarios.get(key, ())),
            because=why[-1].words if why else "",
            reasons=len(why),
        )
    return found
