"""The golden policies, written for these tests, and what the check has to find in each."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handrail.policy.lint import Finding, lint
from handrail.policy.text import read_policy

TODAY = date(2026, 11, 24)
FOLDER = Path(__file__).with_name("golden")


@dataclass(frozen=True, slots=True)
class Golden:
    """One policy, the findings it gives, and the places (rule, line) that are expected."""

    name: str
    findings: list[Finding]
    expected: list[tuple[str, int]]

    @property
    def found(self) -> list[tuple[str, int]]:
        """The places of the findings."""
        return sorted((finding.rule, finding.line) for finding in self.findings)


def golden_set() -> Iterator[Golden]:
    """Every golden policy, checked on a fixed day."""
    for path in sorted(FOLDER.glob("*.md")):
        raw = path.read_bytes()
        record = tomllib.loads(path.with_suffix(".toml").read_text())
        lines = raw.decode().splitlines()
        expected = [(rule, _line(lines, words)) for rule, places in record["expected"].items() for words in places]
        findings = lint(read_policy(raw, path.name), today=TODAY, organisation=record["organisation"])
        yield Golden(path.stem, findings, sorted(expected))


def _line(lines: list[str], words: str) -> int:
    if words in lines:
        return lines.index(words) + 1
    return next(number for number, line in enumerate(lines, 1) if words in line)
