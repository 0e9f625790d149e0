"""Does the check find the planted flaws of the golden policies, those and no others?"""

import pytest

from handrail.policy.lint import rules
from handrail.policy.lint.tests.golden_set import Golden, golden_set

GOLDEN = list(golden_set())


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.name)
def test_a_golden_policy_gives_the_planted_findings_and_no_others(golden: Golden) -> None:
    assert golden.found == golden.expected


def test_a_clean_policy_has_no_finding() -> None:
    clean = next(golden for golden in GOLDEN if golden.name == "harbour-hotels")
    assert clean.findings == []


def test_every_rule_fires_at_least_once_on_the_golden_set() -> None:
    fired = {finding.rule for golden in GOLDEN for finding in golden.findings}
    assert fired == set(rules())


def test_findings_come_in_the_order_of_the_lines() -> None:
    for golden in GOLDEN:
        lines = [finding.line for finding in golden.findings]
        assert lines == sorted(lines)


def test_each_finding_says_why_and_names_a_source_with_standing_and_date() -> None:
    for golden in GOLDEN:
        for finding in golden.findings:
            assert finding.why
            assert finding.sources
            assert all(source.status and source.checked_on == "2026-11-24" for source in finding.sources)
