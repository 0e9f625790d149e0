"""Does each one-press fix mend what it says, and bring no new finding of its rule?"""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.policy.clause import Document
from handrail.policy.lint import Finding, lint
from handrail.policy.lint.fixes import Fix, fix_of
from handrail.policy.text import read_policy

LINES = [
    "Staff shall ask first.", "Shall we post, we ask.", "This follows pursuant to the rule.", "Ask in the event that it rains.",
    "We follow the Data Protection Act 1998.", "This template will help you write a policy.", "Lorem ipsum dolor sit amet.",
    "Be kind to guests.", "Be kind to guests.", "Write prior to noon, and **shall** you wait, wait.", "Utilise the desk.",
    "Staff must ask first.", "All staff shall post for the the desk and utilise it.", "No one shall be named.",
    "[Click here](https://a.example/b) to read the guide on pictures.", "Ask [here](mailto:desk@a.example) to to find us.",
    "We keep to Directive 95/46 in every country.", "See the Privacy Act 1993 in New Zealand.",
    "Never share confidential details, and do not criticise the company.",
]  # fmt: skip


def document(text: str) -> Document:
    return read_policy(text.encode(), "policy.md")


def mended(text: str, fix: Fix) -> str:
    assert fix.before in text
    return text.replace(fix.before, fix.after, 1)


def first(text: str, rule: str) -> tuple[Finding, Fix]:
    read = document(text)
    found = next(each for each in lint(read) if each.rule == rule)
    fix = fix_of(found, read)
    assert fix
    return found, fix


@pytest.mark.parametrize(
    ("text", "rule", "after"),
    [
        ("Staff shall ask.", "CLR-03", "Staff must ask."),
        ("Write prior to noon.", "CLR-03", "Write before noon."),
        (
            "We follow the Data Protection Act 1998.",
            "CUR-03",
            "We follow the Data Protection Act 2018 and UK General Data Protection Regulation (GDPR).",
        ),
        ("Lorem ipsum dolor sit.", "STR-01", ""),
        ("Everyone who posts shall ask the desk.", "CLR-03", "Everyone who posts must ask the desk."),
        ("Ask the the desk.", "STR-05", "Ask the desk."),
        ("[Click here](https://a.example/b) to read the guide.", "STR-05", "[Read the guide](https://a.example/b)."),
        (
            "Write to us [here](mailto:desk@a.example).",
            "STR-05",
            "Write to us at [desk@a.example](mailto:desk@a.example).",
        ),
        ("We follow the DPA 1998 and UK GDPR.", "CUR-03", "We follow the Data Protection Act 2018 and UK GDPR."),
        ("See the Privacy Act (1993).", "CUR-03", "See the Privacy Act 2020."),
    ],
)
def test_a_certain_fix_gives_the_one_right_wording(text: str, rule: str, after: str) -> None:
    assert first(text, rule)[1].after == after


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The aforementioned desk answers.", "CLR-03"),
        ("Accounts shall be closed in May.", "CLR-03"),
        ("No employee shall post for us.", "CLR-03"),
        ("Staff shall be deemed to agree.", "CLR-03"),
        ("We shall answer within a day.", "CLR-03"),
        ("Send the form [here](mailto:desk@a.example).", "STR-05"),
        ("For the guide, [click here](https://a.example/b).", "STR-05"),
        ("See section 7 of the Data Protection Act 1998.", "CUR-03"),
        ("We keep to Directive 95/46 and the GDPR.", "CUR-03"),
    ],
)
def test_where_a_person_must_choose_there_is_no_fix(text: str, rule: str) -> None:
    read = document(text)
    found = [each for each in lint(read) if each.rule == rule]
    assert found
    assert [fix_of(each, read) for each in found] == [None] * len(found)


# So many plain English words that one line more or less doesn't change the language a text seems to have.
BASE = [
    "We are glad when people here talk about the work they do, because readers learn from it.",
    "If you are not sure whether a post is fine, ask the desk and wait for what they have to say.",
    "When something goes wrong, tell us at once and we will help you to put it right.",
]


def counts(text: str) -> Counter[str]:
    return Counter(rule for each in lint(document(text)) for rule in (each.rule, *each.also))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=6))
def test_a_fix_mends_its_rule_brings_no_new_finding_and_changes_nothing_but_its_clause(some: list[str]) -> None:
    lines = [*BASE, *some]
    text = "\n\n".join(lines)
    read, before = document(text), counts(text)
    for found in lint(read):
        fix = fix_of(found, read)
        if fix is None:
            continue
        here = next(at for at, each in enumerate(read.clauses) if each.id == fix.clause_key)
        assert fix.before == lines[here]
        kept = [fix.after if at == here else line for at, line in enumerate(lines)]
        again = "\n\n".join(line for line in kept if line)
        if not again:
            continue
        others = [line for at, line in enumerate(lines) if at != here and line != fix.after]
        assert [each.markup for each in document(again).clauses if each.markup != fix.after] == others
        after = counts(again)
        assert after[found.rule] < before[found.rule]
        # A line of a template that goes may lay bare a gap it only seemed to fill.
        laid_bare = {rule for rule in after if fix.removes and rule.startswith("COV")}
        assert {rule for rule in after - before if rule not in laid_bare} == set()
