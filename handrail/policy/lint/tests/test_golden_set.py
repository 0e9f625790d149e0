"""Does the check find the planted flaws of the golden policies, those and no others?"""

import pytest

from handrail.policy.lint import rules
from handrail.policy.lint.tests.golden_set import Golden, golden_set, whole_set

GOLDEN = list(golden_set())
WHOLE = list(whole_set())


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.name)
def test_a_golden_policy_gives_the_planted_findings_and_no_others(golden: Golden) -> None:
    assert golden.found == golden.expected


def test_a_clean_policy_has_no_finding() -> None:
    clean = next(golden for golden in GOLDEN if golden.name == "harbour-hotels")
    assert clean.findings == []


def test_every_rule_fires_at_least_once_on_the_golden_set() -> None:
    fired = {rule for golden in [*GOLDEN, *WHOLE] for rule, _ in golden.found}
    assert fired == set(rules()) - {"COV-08"}


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


@pytest.mark.parametrize("golden", [each for each in WHOLE if not each.held_out], ids=lambda golden: golden.name)
def test_coverage_law_and_balance_find_what_was_planted_in_the_policies_they_were_made_with(golden: Golden) -> None:
    assert golden.found == golden.expected


def test_policies_held_out_keep_a_precision_and_a_recall_of_four_in_five() -> None:
    held = [each for each in WHOLE if each.held_out]
    assert len(held) == 3
    wanted = [(each.name, *place) for each in held for place in each.expected]
    found = [(each.name, *place) for each in held for place in each.found]
    right = [place for place in found if place in wanted]
    assert len(right) >= 0.8 * len(found)
    assert len(right) >= 0.8 * len(wanted)


def test_two_whole_policies_are_clean_of_gaps_and_of_challenged_wording() -> None:
    clean = [each for each in WHOLE if each.name in ("tidewater-bank", "saltmarsh-hotel")]
    assert [each.findings for each in clean] == [[], []]
