"""Does each one-press fix mend what it says, and bring no new finding of its rule?"""

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
        ("We follow the Data Protection Act 1998.", "CUR-03", "We follow the Data Protection Act 2018 and UK GDPR."),
        ("Lorem ipsum dolor sit.", "STR-01", ""),
    ],
)
def test_a_certain_fix_gives_the_one_right_wording(text: str, rule: str, after: str) -> None:
    assert first(text, rule)[1].after == after


def test_a_word_that_a_person_must_choose_has_no_fix() -> None:
    read = document("The aforementioned desk answers.")
    assert all(fix_of(each, read) is None for each in lint(read) if each.rule == "CLR-03")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=6))
def test_after_a_fix_the_rule_finds_less_and_nothing_new_of_its_kind(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    read = document(text)
    for found in lint(read):
        fix = fix_of(found, read)
        if fix is None:
            continue
        here = next(at for at, each in enumerate(read.clauses) if each.id == fix.clause_key)
        kept = [fix.after if at == here else line for at, line in enumerate(lines)]
        again = lint(document("\n\n".join(line for line in [*kept, "Be well."] if line)))
        before = sum(each.rule == found.rule for each in lint(read))
        assert sum(each.rule == found.rule for each in again) < before
