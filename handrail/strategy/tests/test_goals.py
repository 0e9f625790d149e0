"""Setting and changing goals."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from handrail.kernel.errors import BadInput, Refused
from handrail.kernel.models import JournalEntry
from handrail.people.testing import cast, signed_in
from handrail.strategy.actions import GoalText, change_goal, may_set_goals, set_goal
from handrail.strategy.evidence import answer
from handrail.strategy.models import Goal

pytestmark = pytest.mark.django_db


def test_the_governance_owner_writes_a_goal_and_the_journal_knows() -> None:
    people = cast()
    goal = set_goal(GoalText("Guests come back", "Guests", people.ana), by=people.ana)
    assert goal.key == "guests-come-back"
    assert JournalEntry.objects.filter(code="strategy.goal_set", who_id=people.ana.pk).count() == 1


def test_nobody_else_writes_a_goal() -> None:
    people = cast()
    for person in (people.ben, people.cleo, people.dev, people.eva, people.finn, people.gil, people.hana):
        assert not may_set_goals(person)
        with pytest.raises(Refused):
            set_goal(GoalText("Guests come back"), by=person)
    assert not Goal.objects.exists()


def test_a_goal_needs_words_and_an_end_after_its_start() -> None:
    people = cast()
    with pytest.raises(BadInput, match="one sentence"):
        set_goal(GoalText("   "), by=people.ana)
    with pytest.raises(BadInput, match="ends before it starts"):
        set_goal(GoalText("x", starts_on=date(2026, 5, 2), ends_on=date(2026, 5, 1)), by=people.ana)


def test_two_goals_with_the_same_words_get_two_keys() -> None:
    people = cast()
    first = set_goal(GoalText("Guests come back"), by=people.ana)
    second = set_goal(GoalText("Guests come back"), by=people.ana)
    assert first.key != second.key


def test_changing_a_goal_keeps_how_it_stood() -> None:
    people = cast()
    goal = set_goal(GoalText("Guests come back", "Guests", people.ana), by=people.ana)
    change_goal(goal, GoalText("Guests come back twice", "Guests", people.ana), by=people.ana, why="Q4")
    old = goal.revisions.get()
    assert (old.statement, old.why, old.by) == ("Guests come back", "Q4", people.ana)
    assert JournalEntry.objects.filter(code="strategy.goal_changed").count() == 1


def test_changing_nothing_writes_nothing() -> None:
    people = cast()
    text = GoalText("Guests come back", "Guests", people.ana)
    goal = set_goal(text, by=people.ana)
    change_goal(goal, text, by=people.ana)
    assert not goal.revisions.exists()
    assert not JournalEntry.objects.filter(code="strategy.goal_changed").exists()


def test_a_goal_cannot_stand_under_itself() -> None:
    people = cast()
    top = set_goal(GoalText("Top"), by=people.ana)
    below = set_goal(GoalText("Below", parent=top), by=people.ana)
    with pytest.raises(BadInput, match="under itself"):
        change_goal(top, GoalText("Top", parent=below), by=people.ana)


def test_question_one_is_open_without_goals_and_in_progress_with_them() -> None:
    people = cast()
    assert (answer().state, answer().score) == ("open", 0)
    end = timezone.localdate() + timedelta(days=30)
    set_goal(GoalText("Guests come back", "Guests", people.ana, None, end), by=people.ana)
    set_goal(GoalText("No harm"), by=people.ana)
    said = answer()
    assert (said.state, said.score) == ("in_progress", 1)
    assert said.facts == {"goals": 2, "owned": 1, "dated": 1, "past": 0, "purposes": 0}
    assert said.next_act is not None
    assert "No harm" in said.next_act.words


def test_a_goal_that_ran_out_makes_question_one_need_another_look() -> None:
    people = cast()
    yesterday = timezone.localdate() - timedelta(days=1)
    set_goal(GoalText("Guests come back", "Guests", people.ana, None, yesterday), by=people.ana)
    assert answer().state == "again"


def test_the_pages_show_goals_to_all_and_forms_to_the_owner() -> None:
    people = cast()
    goal = set_goal(GoalText("Guests <b>come</b> back", "Guests", people.ana), by=people.ana)
    page = signed_in(people.dev).get("/goals/")
    assert page.status_code == 200
    assert b"Guests &lt;b&gt;come&lt;/b&gt; back" in page.content
    assert b"Write a goal" not in page.content
    assert signed_in(people.dev).post(f"/goals/{goal.key}/edit", {"statement": "mine"}).status_code == 403
    said = signed_in(people.ana).post("/goals/new", {"statement": "", "owner": "nobody@example.org"})
    assert said.status_code == 422
    assert "Nobody here has the e-mail" in said.content.decode()


def test_goals_leave_as_csv_that_no_spreadsheet_runs_and_that_goes_back_in() -> None:
    people = cast()
    set_goal(GoalText("=HYPERLINK(1)", "Guests", people.ana), by=people.ana)
    text = signed_in(people.ana).get("/goals/goals.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
