"""The door to background work: queue a job, say how far it has come, tick it off, repeat it.

A room keeps its tasks in `tasks.py`, decorated with `@task()` from here. A job is tried until it succeeds, so a task
must stand being run again after a crash: pass a `key`, or end its transaction with `tick()`.
"""

import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from datetime import time as time_of_day
from typing import Any, TypeVar

from django_tasks import task
from django_tasks.base import Task

from handrail.kernel.actions.queue import finish, note_progress, put, task_named
from handrail.kernel.models import Job
from handrail.kernel.rules import Rule, declare

T = TypeVar("T", bound=Task[Any, Any])
QUIET_SECONDS = 0.5

__all__ = ["LostLease", "daily", "enqueue", "every", "report", "task", "tick"]


class LostLease(Exception):
    """Another worker has this job by now; what this one did is rolled back with its transaction."""


@dataclass(slots=True)
class Doing:
    """The job this process is doing right now."""

    job: Job
    told_at: float = 0.0
    ticked: bool = False


doing: ContextVar[Doing | None] = ContextVar("doing", default=None)


def enqueue(task: Task[Any, Any] | str, *args: Any, key: str | None = None, run_after: datetime | None = None) -> Job:
    """Queue a job in the present transaction: it is there when that commits, and gone when it rolls back.

    With a `key` the same work is queued once only; a second call gives the job that is there already. An action whose
    task calls actions of the same room names the task by its path, "handrail.people.tasks.send_letter", so that
    neither module imports the other.
    """
    if isinstance(task, str):
        task = task_named(task)
    return put(task.using(run_after=run_after) if run_after else task, list(args), {}, key)


def report(done: int, total: int | None = None, words: str = "") -> None:
    """Say how far the present job has come, such as 300 of 1,000 people. Outside a job it does nothing."""
    now = doing.get()
    if now is None or (time.monotonic() - now.told_at < QUIET_SECONDS and done != total):
        return
    now.told_at = time.monotonic()
    note_progress(now.job.pk, done, total, words)


def tick() -> None:
    """Tick the present job off inside the caller's transaction, so that its effect happens exactly once.

    Call it last in the transaction that does the work. Raises LostLease when another worker took the job over.
    """
    now = doing.get()
    if now is None:
        return
    if not finish(now.job, None):
        raise LostLease(f"job {now.job.pk} is another worker’s by now")
    now.ticked = True


def every(*, minutes: int) -> Callable[[T], T]:
    """Queue the task again and again, `minutes` apart. Put it above `@task()`."""

    def wrap(repeated: T) -> T:
        declare(Rule(repeated, minutes=minutes))
        return repeated

    return wrap


def daily(*, at: str) -> Callable[[T], T]:
    """Queue the task once a day at a local time such as "03:10". Put it above `@task()`."""

    def wrap(repeated: T) -> T:
        declare(Rule(repeated, at=time_of_day.fromisoformat(at)))
        return repeated

    return wrap
