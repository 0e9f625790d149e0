"""Which next act comes first: a near day, then what lacks now, then days far off; one page is one thing that waits."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from handrail.kernel.evidence import Answer, Figure, NextAct
from handrail.people.testing import cast
from handrail.web.answers import Standing
from handrail.web.inbox import needs_you


def answer(number: int, words: str, due: date | None, who: str = "", href: str = "") -> Answer:
    act = NextAct(words, href or f"/goals/?{number}", who, due)
    return Answer(number, "open", 0, (), Figure(0, 0, ""), act, "", "")


def stands(*answers: Answer) -> Standing:
    return Standing(answers, frozenset(), timezone.now())


@pytest.mark.parametrize(("days", "first"), [(2, 1), (30, 1), (31, 2), (200, 2), (-5, 1)])
def test_an_open_lack_stands_above_a_date_more_than_a_month_off(days: int, first: int) -> None:
    due = timezone.localdate() + timedelta(days=days)
    chosen = stands(answer(1, "Look again", due), answer(2, "Name an owner", None)).due_first
    assert chosen is not None
    assert chosen.question == first


@pytest.mark.django_db
def test_acts_on_one_page_wait_as_one() -> None:
    ana = cast().ana
    far = timezone.localdate() + timedelta(days=90)
    given = stands(
        answer(1, "Look at the goals", far, ana.name, "/goals/"),
        answer(2, "Name an owner", None, ana.name, "/policies/"),
        answer(3, "Ask those five", far, ana.name, "/policies/"),
    )
    waiting = needs_you(ana, given)
    assert [(each.words, each.href, each.due) for each in waiting] == [
        ("Name an owner; ask those five", "/policies/", None),
        ("Look at the goals", "/goals/", far),
    ]
    assert waiting[0].because == "Question 2, Ownership; question 3, Vetting"
