"""What follows a fact happens after the commit, once, and never stands in the deed's way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce, follow_up_due, follow_up_now, retry_follow_up
from handrail.kernel.actions import follow as follow_module
from handrail.kernel.errors import NotNow
from handrail.kernel.facts import Fact
from handrail.kernel.models import FollowUp, JournalEntry, Worker
from handrail.kernel.when import doer_named, forget, when

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True, slots=True)
class BellRung(Fact):
    """A bell was rung; stands in for a room's fact."""

    code: ClassVar[str] = "testing.bell_rung"
    times: int


def trace(words: str) -> None:
    """Leave a row that a rolled-back transaction would not leave."""
    now = timezone.now()
    Worker.objects.create(name=f"{words}-{Worker.objects.count()}", host="t", pid=1, started_at=now, seen_at=now)


@pytest.fixture
def heard() -> Iterator[list[int]]:
    """A follow-up that remembers what it heard."""
    calls: list[int] = []

    @when(BellRung, name="testing.hear")
    def hear(fact: BellRung) -> None:
        calls.append(fact.times)
        trace("heard")
        if fact.times == 13:
            raise ValueError("thirteen is unlucky, password=hunter2")

    yield calls
    forget("testing.hear")


def test_it_runs_after_the_commit_and_is_ticked_off(heard: list[int]) -> None:
    with transaction.atomic():
        announce(BellRung(3), who=None)
        assert heard == []
    assert heard == [3]
    row = FollowUp.objects.get()
    assert (row.name, row.state, row.tries) == ("testing.hear", "done", 0)
    assert row.done_at is not None


def test_it_does_not_run_when_the_deed_rolls_back(heard: list[int]) -> None:
    with transaction.atomic():
        announce(BellRung(3), who=None)
        transaction.set_rollback(True)
    assert heard == []
    assert not FollowUp.objects.exists()


def test_a_failure_leaves_the_deed_and_waits_with_its_reason(heard: list[int]) -> None:
    with transaction.atomic():
        announce(BellRung(13), who=None)
    assert JournalEntry.objects.count() == 1
    row = FollowUp.objects.get()
    assert (row.state, row.tries) == ("waiting", 1)
    assert "thirteen is unlucky" in row.error
    assert "hunter2" not in row.error
    assert row.due_at > timezone.now() + timedelta(seconds=5)
    assert not Worker.objects.exists(), "what a failed follow-up wrote is rolled back with it"


def test_it_is_tried_again_when_due_and_then_done(heard: list[int]) -> None:
    with transaction.atomic():
        announce(BellRung(13), who=None)
    assert follow_up_due() == 0, "it is not due yet"
    FollowUp.objects.update(due_at=timezone.now())
    forget("testing.hear")

    @when(BellRung, name="testing.hear")
    def mended(fact: BellRung) -> None:
        heard.append(100)

    assert follow_up_due() == 1
    assert FollowUp.objects.get().state == "done"
    assert heard == [13, 100]


def test_once_done_it_never_runs_again(heard: list[int]) -> None:
    with transaction.atomic():
        entry = announce(BellRung(3), who=None)
    FollowUp.objects.update(due_at=timezone.now())
    follow_up_now(entry.id)
    follow_up_due()
    assert heard == [3]


def test_after_many_failures_it_asks_for_someone(heard: list[int]) -> None:
    with transaction.atomic():
        announce(BellRung(13), who=None)
    for _ in range(follow_module.MAX_TRIES):
        FollowUp.objects.update(due_at=timezone.now())
        follow_up_due()
    row = FollowUp.objects.get()
    assert (row.state, len(heard)) == ("stuck", follow_module.MAX_TRIES)
    retry_follow_up(row, who=None)
    assert FollowUp.objects.get().state == "waiting"
    with pytest.raises(NotNow):
        retry_follow_up(row, who=None)


def test_one_that_takes_its_worker_down_each_time_is_given_up(heard: list[int], monkeypatch) -> None:
    monkeypatch.setattr(follow_module, "_attempt", lambda pk: None)
    with transaction.atomic():
        announce(BellRung(3), who=None)
    for _ in range(follow_module.MAX_TRIES + 1):
        FollowUp.objects.update(due_at=timezone.now())
        follow_up_due()
    row = FollowUp.objects.get()
    assert row.state == "stuck"
    assert "stopped each time" in row.error


def test_one_failing_follow_up_does_not_hold_up_another(heard: list[int]) -> None:
    @when(BellRung, name="testing.also")
    def also(fact: BellRung) -> None:
        heard.append(-fact.times)

    try:
        with transaction.atomic():
            announce(BellRung(13), who=None)
    finally:
        forget("testing.also")
    assert sorted(heard) == [-13, 13]
    assert set(FollowUp.objects.values_list("name", "state")) == {("testing.hear", "waiting"), ("testing.also", "done")}


def test_a_new_follow_up_starts_from_now(heard: list[int]) -> None:
    with transaction.atomic():
        announce(BellRung(1), who=None)
    late: list[int] = []

    @when(BellRung, name="testing.late")
    def listen(fact: BellRung) -> None:
        late.append(fact.times)

    try:
        follow_up_due()
        with transaction.atomic():
            announce(BellRung(2), who=None)
    finally:
        forget("testing.late")
    assert late == [2]


def test_a_follow_up_may_announce_a_fact_of_its_own(heard: list[int]) -> None:
    @when(BellRung, name="testing.echo")
    def echo(fact: BellRung) -> None:
        if fact.times > 1:
            announce(BellRung(fact.times - 1), who=None)

    try:
        with transaction.atomic():
            announce(BellRung(3), who=None)
    finally:
        forget("testing.echo")
    assert sorted(heard) == [1, 2, 3]
    assert list(JournalEntry.objects.values_list("id", flat=True)) == [1, 2, 3]


def test_a_follow_up_nobody_declares_any_more_waits_and_says_so(heard: list[int]) -> None:
    with transaction.atomic():
        announce(BellRung(13), who=None)
    forget("testing.hear")
    FollowUp.objects.update(due_at=timezone.now())
    follow_up_due()
    assert "No room declares" in FollowUp.objects.get().error


def test_a_follow_up_is_known_by_module_and_function_unless_named() -> None:
    @when(BellRung)
    def quietly(fact: BellRung) -> None: ...

    name = f"{quietly.__module__}.{quietly.__qualname__}"
    assert doer_named(name) is not None
    forget(name)
