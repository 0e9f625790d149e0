"""What a person thought of each finding on real policies, kept as places and reasons; the texts are not ours to keep."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handrail.policy.lint import Finding

FOLDER = Path(__file__).with_name("judged")
GROUPS = {"COV": "coverage", "LAW": "lawful", "BAL": "balance"}
_MISSING = re.compile(r"Missing here: (.+)\.$")


@dataclass(frozen=True, slots=True)
class Judged:
    """One finding on a real policy and the verdict; `absent` are the parts that the text truly lacks."""

    policy: str
    rule: str
    line: int
    verdict: str
    why: str
    clause: str = ""
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """A finding of today beside its judgement: None where nobody has judged such a finding yet."""

    policy: str
    rule: str
    finding: Finding
    right: bool | None


def judged_set() -> Iterator[Judged]:
    """Every judgement, policy by policy."""
    for path in sorted(FOLDER.glob("*.toml")):
        for record in tomllib.loads(path.read_text())["judged"]:
            yield Judged(path.stem, **{**record, "absent": tuple(record.get("absent", ()))})


def weigh(policy: str, findings: list[Finding], judged: list[Judged]) -> Iterator[Weighed]:
    """Each finding on coverage, law and balance with its judgement; what it names missing must truly be absent."""
    known = {(each.rule, each.line): each for each in judged if each.policy == policy}
    for finding in findings:
        for rule in (finding.rule, *finding.also):
            if rule[:3] in GROUPS:
                yield Weighed(policy, rule, finding, _right(known.get((rule, finding.line)), finding))


def _right(judged: Judged | None, finding: Finding) -> bool | None:
    if judged is None:
        return None
    named = _MISSING.search(finding.message)
    if judged.verdict == "right" and judged.absent and named:
        return set(named[1].split(", ")) <= set(judged.absent)
    return judged.verdict == "right"
