"""Jobs are queued with their deed, done by one worker at a time, tried again with patience, and never doubled."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from handrail.kernel.actions import retry_job, tidy_jobs
from handrail.kernel.actions.queue import fail, finish, keep, take
from handrail.kernel.actions.schedules import queue_due_schedules, sync_schedules
from handrail.kernel.actions.workers import sign_in
from handrail.kernel.errors import NotNow
from handrail.kernel.jobs import daily, enqueue, every, report
from handrail.kernel.models import Job, Schedule, Worker
from handrail.kernel.rules import Rule, declared, withdraw
from handrail.kernel.tests import tasks_for_tests as tasks
from handrail.kernel.worker import Loop, do, work_off

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _forget_calls() -> None:
    tasks.calls.clear()


def test_a_job_is_done_once_and_keeps_its_result() -> None:
    job = enqueue(tasks.remember, 1, "two", [3])
    assert work_off() == 1
    assert work_off() == 0
    job.refresh_from_db()
    assert (job.state, job.result, job.tries) == ("done", [1, "two", [3]], 1)
    assert tasks.calls == [(1, "two", [3])]


def test_a_job_of_a_deed_that_rolls_back_does_not_exist() -> None:
    with transaction.atomic():
        enqueue(tasks.remember)
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_a_task_may_be_named_by_its_path() -> None:
    enqueue(tasks.remember.module_path, 1)
    work_off()
    assert tasks.calls == [(1,)]
    with pytest.raises(ImportError, match="not a task"):
        enqueue("handrail.kernel.jobs.enqueue")


def test_djangos_own_door_leads_to_the_same_queue() -> None:
    result = tasks.remember.enqueue(5, 6)
    assert result.status == TaskResultStatus.READY
    work_off()
    result.refresh()
    assert (result.status, result.return_value, result.attempts) == (TaskResultStatus.SUCCESSFUL, [5, 6], 1)
    assert tasks.remember.get_result(result.id).return_value == [5, 6]
    with pytest.raises(TaskResultDoesNotExist):
        tasks.remember.get_result("nonsense")


def test_the_context_counts_attempts() -> None:
    result = tasks.with_context.enqueue()
    work_off()
    result.refresh()
    assert result.return_value == 1


def test_the_same_key_is_queued_once_for_ever() -> None:
    first = enqueue(tasks.remember, 1, key="import 7")
    assert enqueue(tasks.remember, 2, key="import 7").pk == first.pk
    work_off()
    assert enqueue(tasks.remember, 3, key="import 7").state == "done"
    assert work_off() == 0
    assert tasks.calls == [(1,)]


def test_a_failure_is_tried_again_later_then_counts_as_failed() -> None:
    job = enqueue(tasks.stumble)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.tries) == ("waiting", 1)
    assert timezone.now() + timedelta(seconds=5) < job.due_at < timezone.now() + timedelta(seconds=15)
    Job.objects.update(due_at=timezone.now())
    work_off()
    job.refresh_from_db()
    assert (job.state, job.tries, len(job.errors)) == ("failed", 2, 2)
    assert "the wire broke" in job.errors[0]["trace"]
    assert "abc123" not in job.errors[0]["trace"]
    result = tasks.stumble.get_result(str(job.mark))
    assert result.status == TaskResultStatus.FAILED
    assert result.errors[0].exception_class is OSError


def test_a_refusal_is_final_and_keeps_its_sentence() -> None:
    job = enqueue(tasks.refuse)
    work_off()
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.errors[-1]["trace"].startswith("The file is empty.")
    assert tasks.calls == ["refuse"]


def test_a_failed_job_can_be_tried_again_by_hand_and_no_other() -> None:
    job = enqueue(tasks.refuse)
    with pytest.raises(NotNow):
        retry_job(job, who=None)
    work_off()
    retry_job(job, who=None)
    work_off()
    assert tasks.calls == ["refuse", "refuse"]


def test_two_workers_never_hold_the_same_job() -> None:
    enqueue(tasks.remember)
    assert take("one") is not None
    assert take("two") is None


def test_a_lease_that_ran_out_passes_the_job_on_and_the_first_worker_cannot_tick_it_off() -> None:
    enqueue(tasks.remember)
    first = take("one", lease=timedelta(seconds=-1))
    second = take("two")
    assert first is not None
    assert second is not None
    assert second.tries == 2
    assert not keep(first.pk, "one")
    assert not finish(first, "late")
    assert not fail(first, OSError())
    assert finish(second, "in time")
    assert Job.objects.get().result == "in time"


def test_a_job_that_takes_its_worker_down_each_time_is_given_up() -> None:
    job = enqueue(tasks.remember)
    for _ in range(job.max_tries):
        assert take("one", lease=timedelta(seconds=-1)) is not None
    assert take("one") is None
    job.refresh_from_db()
    assert job.state == "failed"
    assert "stopped in the middle" in job.errors[-1]["trace"]


def test_what_is_ticked_off_in_its_transaction_happens_once_even_if_two_do_it() -> None:
    enqueue(tasks.count_once)
    first = take("one", lease=timedelta(seconds=-1))
    second = take("two")
    assert first is not None
    assert second is not None
    assert do(second)
    assert not do(first)
    assert Worker.objects.count() == 1


def test_progress_is_told_and_the_last_of_it_always() -> None:
    job = enqueue(tasks.plod)
    work_off()
    job.refresh_from_db()
    assert (job.done, job.total, job.words) == (100, 100, "people")
    report(1, 2, "outside a job this does nothing")


def test_what_is_urgent_goes_first_and_what_is_later_waits() -> None:
    enqueue(tasks.remember, "plain")
    enqueue(tasks.urgent)
    enqueue(tasks.remember, "tomorrow", run_after=timezone.now() + timedelta(days=1))
    work_off()
    assert tasks.calls == ["urgent", ("plain",)]


def test_a_task_that_is_gone_fails_with_its_name() -> None:
    job = enqueue(tasks.remember)
    Job.objects.update(task="handrail.kernel.tests.tasks_for_tests.gone", max_tries=1)
    work_off()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "gone" in job.errors[0]["trace"]


def test_a_worker_signs_in_works_until_idle_and_signs_off() -> None:
    enqueue(tasks.remember, 1)
    enqueue(tasks.stumble)
    Loop().run(until_idle=True)
    assert tasks.calls == [(1,), "stumble"]
    assert not Worker.objects.exists()


def test_a_new_worker_frees_what_a_dead_one_of_this_machine_held() -> None:
    name = sign_in()
    Worker.objects.filter(name=name).update(pid=2**22 + 1)
    enqueue(tasks.remember, 1)
    assert take(name) is not None
    assert work_off() == 0
    Loop().run(until_idle=True)
    assert tasks.calls == [(1,)]


def test_a_living_worker_keeps_what_it_holds() -> None:
    name = sign_in()
    Worker.objects.filter(name=name).update(pid=os.getppid())
    enqueue(tasks.remember, 1)
    assert take(name) is not None
    Loop().run(until_idle=True)
    assert tasks.calls == []


@pytest.fixture
def _hourly() -> Iterator[None]:
    every(minutes=60)(tasks.remember)
    yield
    withdraw(tasks.remember)


@pytest.mark.usefixtures("_hourly")
def test_each_turn_of_a_schedule_is_queued_once_and_missed_turns_are_made_up_for_once() -> None:
    sync_schedules()
    row = Schedule.objects.get(task=tasks.remember.module_path)
    assert row.rule == "every 60 minutes"
    queue_due_schedules()
    assert not Job.objects.filter(task=row.task).exists()
    later = row.next_at + timedelta(hours=7)
    queue_due_schedules(later)
    queue_due_schedules(later)
    assert Job.objects.filter(task=row.task).count() == 1
    row.refresh_from_db()
    assert row.next_at == later + timedelta(hours=1)


@pytest.mark.usefixtures("_hourly")
def test_a_schedule_follows_what_the_code_declares() -> None:
    sync_schedules()
    daily(at="03:10")(tasks.remember)
    sync_schedules()
    assert Schedule.objects.get(task=tasks.remember.module_path).rule == "daily at 03:10"
    withdraw(tasks.remember)
    sync_schedules()
    assert not Schedule.objects.filter(task=tasks.remember.module_path).exists()
    assert set(Schedule.objects.values_list("task", flat=True)) == set(declared())


def test_a_daily_turn_is_local_and_keeps_its_hour_when_the_clocks_change(settings) -> None:
    with timezone.override("Europe/Lisbon"):
        daily(at="03:10")(tasks.remember)
        rule: Rule = declared()[tasks.remember.module_path]
        withdraw(tasks.remember)
        lisbon = ZoneInfo("Europe/Lisbon")
        before = datetime(2026, 10, 24, 12, 0, tzinfo=lisbon)
        assert rule.after(before) == datetime(2026, 10, 25, 3, 10, tzinfo=lisbon)
        assert rule.after(rule.after(before)) - rule.after(before) == timedelta(days=1)


def test_old_jobs_are_tidied_away_and_failed_ones_stay() -> None:
    enqueue(tasks.remember)
    enqueue(tasks.refuse)
    work_off()
    Job.objects.update(finished_at=timezone.now() - timedelta(days=40))
    assert tidy_jobs() == 1
    assert Job.objects.get().state == "failed"
