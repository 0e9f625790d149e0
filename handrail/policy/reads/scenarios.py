"""Which situations test which clauses, and which verdicts a draft may flip."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from handrail.policy.models import Policy, Scenario, ScenarioCheck, Version
from handrail.policy.reads.ledger import Typing, typings_of

FLIPPING = ("tightened", "loosened", "new", "removed")


@dataclass(frozen=True, slots=True)
class Flip:
    """A scenario whose clauses change in a version: how, and what an author said of its verdict ("" while none)."""

    scenario: Scenario
    changed: tuple[Typing, ...]
    wordings_sha256: str
    said: str
    check: ScenarioCheck | None

    @property
    def is_open(self) -> bool:
        """Whether its verdict may flip and nobody has looked."""
        return not self.said

    @property
    def is_flipped(self) -> bool:
        """Whether an author gave it another verdict than it has today."""
        return bool(self.said) and self.said != self.scenario.verdict


def scenarios_of(policy: Policy) -> list[Scenario]:
    """The scenarios that are asked today, with the clauses each tests."""
    rows = policy.scenarios.filter(retired_at__isnull=True).select_related("made_by").prefetch_related("tests")
    return list(rows)


def scenarios_by_clause(policy: Policy) -> Mapping[str, list[Scenario]]:
    """For each clause the scenarios that test it."""
    found: dict[str, list[Scenario]] = {}
    for scenario in scenarios_of(policy):
        for test in scenario.tests.all():
            found.setdefault(test.key, []).append(scenario)
    return found


def untested(version: Version) -> list[str]:
    """The do's and don'ts of a version that no scenario tests, in reading order."""
    tested = scenarios_by_clause(version.policy)
    rows = version.clauses.filter(kind__in=("do", "don't")).order_by("position").values_list("key", flat=True)
    return [key for key in rows if key not in tested]


def flips_of(version: Version) -> list[Flip]:
    """The verdict run: every scenario one of whose clauses this version tightens, loosens, adds or removes."""
    changed = {each.key: each for each in typings_of(version) if each.stands in FLIPPING}
    if not changed:
        return []
    checks = {each.scenario_id: each for each in version.scenario_checks.select_related("by")}
    found = []
    for scenario in scenarios_of(version.policy):
        touched = tuple(changed[test.key] for test in scenario.tests.all() if test.key in changed)
        if touched:
            sha = sha256("\x00".join(sorted(each.wordings_sha256 for each in touched)).encode()).hexdigest()
            check = checks.get(scenario.pk)
            valid = check if check is not None and check.wordings_sha256 == sha else None
            found.append(Flip(scenario, touched, sha, valid.said if valid else "", valid))
    return found
