"""The golden policies, written for these tests, and what the check has to find in each."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handrail.policy.lint import Finding, lint, rules
from handrail.policy.text import read_policy

TODAY = date(2026, 11, 24)
FOLDER = Path(__file__).with_name("golden")
WHOLE_TEXT = "*"
FIRST_GROUPS = ("structure", "currency", "clarity")
LATER_GROUPS = ("coverage", "lawful", "balance")


@dataclass(frozen=True, slots=True)
class Golden:
    """One policy, the findings it gives, and the places (rule, line) that are expected; line 0 is the whole text.

    `held_out` says that its labels were never looked at while the rules were made better.
    """

    name: str
    findings: list[Finding]
    expected: list[tuple[str, int]]
    held_out: bool = False

    @property
    def found(self) -> list[tuple[str, int]]:
        """The places of the findings, with those that another finding on the same sentence names."""
        anywhere = {rule for rule, line in self.expected if not line}
        said = [(rule, each.line) for each in self.findings for rule in (each.rule, *each.also)]
        return sorted((rule, 0 if rule in anywhere else line) for rule, line in said)


def golden_set() -> Iterator[Golden]:
    """The first four policies, labelled for the rules on structure, currency and clarity, on a fixed day."""
    yield from _golden_in(FOLDER, FIRST_GROUPS)


def whole_set() -> Iterator[Golden]:
    """The eight later policies, labelled for the rules on coverage, law and balance."""
    yield from _golden_in(FOLDER / "whole", LATER_GROUPS)


def _golden_in(folder: Path, groups: tuple[str, ...]) -> Iterator[Golden]:
    for path in sorted(folder.glob("*.md")):
        raw = path.read_bytes()
        record = tomllib.loads(path.with_suffix(".toml").read_text())
        lines = raw.decode().splitlines()
        expected = [(rule, _line(lines, words)) for rule, places in record["expected"].items() for words in places]
        findings = lint(
            read_policy(raw, path.name),
            today=TODAY,
            organisation=record["organisation"],
            countries=record.get("countries", ()),
            sector=record.get("sector", ""),
            public=record.get("public", False),
        )
        asked = [finding for finding in findings if rules()[finding.rule].group in groups]
        yield Golden(path.stem, asked, sorted(expected), record.get("held_out", False))


def _line(lines: list[str], words: str) -> int:
    if words == WHOLE_TEXT:
        return 0
    if words in lines:
        return lines.index(words) + 1
    return next(number for number, line in enumerate(lines, 1) if words in line)
