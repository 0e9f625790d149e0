"""Do the findings on real policies stay as right as a person found them? The policies are not kept here."""

import os
from datetime import date
from pathlib import Path

import pytest

from handrail.policy.lint import lint, rules
from handrail.policy.lint.tests.judged_set import GROUPS, Weighed, judged_set, weigh
from handrail.policy.text import read_policy

SHARED = Path(os.environ.get("HANDRAIL_SHARED", Path(__file__).parents[5] / "shared")) / "data" / "policies"
JUDGED = list(judged_set())


def test_every_judgement_names_a_rule_a_place_and_a_reason_in_words_of_our_own() -> None:
    assert len(JUDGED) >= 150
    assert len({(each.policy, each.rule, each.line) for each in JUDGED}) == len(JUDGED)
    for each in JUDGED:
        assert each.rule in rules()
        assert each.line >= 1
        assert each.verdict in ("right", "wrong")
        assert each.why.endswith(".")
        assert len(each.why.split()) <= 25
        assert not (each.absent and each.verdict == "wrong")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real policies of the shared folder are not here")
def test_nine_in_ten_findings_on_real_policies_are_right_in_each_group_and_none_is_unjudged() -> None:
    weighed: list[Weighed] = []
    for policy in sorted({each.policy for each in JUDGED}):
        document = read_policy((SHARED / policy).read_bytes(), policy)
        weighed += weigh(policy, lint(document, today=date(2026, 11, 24)), JUDGED)
    assert [(each.policy, each.rule, each.finding.line) for each in weighed if each.right is None] == []
    for group in GROUPS:
        mine = [each for each in weighed if each.rule.startswith(group)]
        assert sum(bool(each.right) for each in mine) >= 0.9 * len(mine)
