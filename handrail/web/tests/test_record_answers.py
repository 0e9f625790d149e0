"""Answers are written down once per question and day, moves are announced, and history stays as it was."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from handrail.kernel.errors import NotNow
from handrail.kernel.models import JournalEntry
from handrail.people.testing import cast, signed_in
from handrail.strategy.actions import GoalText, set_goal
from handrail.web.actions import record_answers
from handrail.web.models import AnswerDay
from handrail.web.reads import history, last_states

pytestmark = pytest.mark.django_db


def test_one_row_per_question_and_day_however_often_it_is_written() -> None:
    record_answers()
    record_answers()
    assert AnswerDay.objects.count() == 7
    assert list(AnswerDay.objects.values_list("question", flat=True)) == list(range(1, 8))


def test_a_day_gone_by_cant_be_worked_out_again() -> None:
    with pytest.raises(NotNow, match="can’t be worked out again"):
        record_answers(timezone.localdate() - timedelta(days=1))
    assert not AnswerDay.objects.exists()


def test_a_move_is_announced_once() -> None:
    people = cast()
    record_answers()
    assert last_states()[1] == "open"
    set_goal(GoalText("Guests come back"), by=people.ana)
    record_answers()
    record_answers()
    moves = JournalEntry.objects.filter(code="web.answer_moved")
    assert moves.count() == 1
    assert '"after":"in_progress"' in moves.get().record


def test_history_keeps_yesterday_as_it_was() -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    AnswerDay.objects.create(question=1, day=yesterday, state="answered", score=2, sentence="It held.")
    record_answers()
    rows = history(timezone.localdate(), 3)
    strategy = rows[0].days
    assert strategy[0] is None
    assert strategy[1] is not None
    assert strategy[1].sentence == "It held."
    assert strategy[2] is not None
    assert strategy[2].state == "open"


def test_the_history_page_shows_the_sentence_of_the_day_asked_for() -> None:
    people = cast()
    day = date(2026, 3, 3)
    AnswerDay.objects.create(question=2, day=day, state="again", score=1, sentence="Ruth had left.", why="Ruth left")
    page = signed_in(people.ana).get(f"/history?day={day}").content.decode()
    assert "Ruth had left." in page
    assert "3 March 2026" in page


def test_a_day_that_cant_be_read_shows_the_newest_instead() -> None:
    people = cast()
    record_answers()
    assert signed_in(people.ana).get("/history?day=31-31-31").status_code == 200


def test_only_the_owner_writes_today_down_from_the_page() -> None:
    people = cast()
    assert signed_in(people.eva).post("/answers/recompute").status_code == 403
    assert not AnswerDay.objects.exists()
    assert signed_in(people.ana).post("/answers/recompute").status_code == 302
    assert AnswerDay.objects.count() == 7


def test_before_any_day_is_written_history_is_one_sentence() -> None:
    people = cast()
    client = signed_in(people.ana)
    empty = client.get("/history").content.decode()
    assert "<table" not in empty
    assert "The first row is written within the hour" in empty
    record_answers()
    first = client.get("/history").content.decode()
    assert "begins with the second day" in first
    assert first.count('<th scope="row">') == 7
    AnswerDay.objects.create(question=1, day=timezone.localdate() - timedelta(days=1), state="open", score=0)
    assert 'class="history"' in client.get("/history").content.decode()
