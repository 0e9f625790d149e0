"""The loop that does what waits: follow-ups first, then schedules that are due, then one job, and again."""

import logging
import os
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import close_old_connections, connection
from django_tasks.base import TaskContext

from handrail.kernel.actions.follow import follow_up_due
from handrail.kernel.actions.queue import LEASE, fail, finish, keep, take, task_named
from handrail.kernel.actions.schedules import queue_due_schedules, sync_schedules
from handrail.kernel.actions.workers import sign_in, sign_off, still_here
from handrail.kernel.backend import JobBackend
from handrail.kernel.jobs import Doing, LostLease, doing
from handrail.kernel.models import Job

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.5
LIFE_SECONDS = 10.0


class Loop:
    """One worker. `stop()` lets it finish what it does and leave."""

    def __init__(self, queues: tuple[str, ...] = (), lease: timedelta = LEASE, idle: float = IDLE_SECONDS) -> None:
        self.queues = queues
        self.lease = lease
        self.idle = idle
        self.name = ""
        self._job: int | None = None
        self._stopped = threading.Event()
        self._parent = os.getppid()

    def stop(self, *_: object) -> None:
        """Ask the loop to end after the work in hand; fit to be called when the process is told to terminate."""
        self._stopped.set()

    def run(self, until_idle: bool = False, with_parent: bool = False) -> None:
        """Work until told to stop, until nothing is due, or until the process that started this one is gone."""
        self.name = sign_in()
        sync_schedules()
        pulse = threading.Thread(target=self._pulse, daemon=True)
        pulse.start()
        try:
            while not self._stopped.is_set() and not (with_parent and os.getppid() != self._parent):
                did_something = self._guarded_round()
                if until_idle and not did_something:
                    break
                if not did_something:
                    self._stopped.wait(self.idle)
        finally:
            self._stopped.set()
            sign_off(self.name)

    def _guarded_round(self) -> bool:
        try:
            return self.one_round()
        except Exception:
            log.exception("The worker met a trouble of its own and goes on in a moment")
            close_old_connections()
            self._stopped.wait(1.0)
            return False

    def one_round(self) -> bool:
        """Everything that is due now, at most one job; whether there was anything."""
        close_old_connections()
        followed = follow_up_due()
        queued = queue_due_schedules()
        job = take(self.name, self.queues, self.lease)
        if job is not None:
            self._job = job.pk
            try:
                do(job)
            finally:
                self._job = None
        return bool(followed or queued or job)

    def _pulse(self) -> None:
        lease_beat = self.lease.total_seconds() / 3
        seen = time.monotonic()
        try:
            while not self._stopped.wait(min(lease_beat, LIFE_SECONDS)):
                self._beat(lambda: self._job is None or keep(self._job, self.name, self.lease))
                if time.monotonic() - seen >= LIFE_SECONDS:
                    seen = time.monotonic()
                    self._beat(lambda: still_here(self.name))
        finally:
            connection.close()

    def _beat(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Exception:
            log.warning("A sign of life could not be written; the next one follows", exc_info=True)
            connection.close()


def do(job: Job) -> bool:
    """Do one leased job and write down how it ended; True when it succeeded."""
    now = Doing(job)
    token = doing.set(now)
    try:
        result = _call(job)
    except LostLease:
        log.warning("Job %s was taken over by another worker; what this one did is undone", job.pk)
        return False
    except Exception as error:
        log.exception("Job %s (%s) failed", job.pk, job.task)
        fail(job, error)
        return False
    finally:
        doing.reset(token)
    return now.ticked or finish(job, result)


def _call(job: Job) -> Any:
    task = task_named(job.task)
    if not task.takes_context:
        return task.call(*job.args, **job.kwargs)
    backend = task.get_backend()
    if not isinstance(backend, JobBackend):
        raise TypeError(f"{job.task} belongs to another task backend")
    return task.call(TaskContext(task_result=backend.get_result(str(job.mark))), *job.args, **job.kwargs)


def work_off(limit: int = 1000) -> int:
    """Do everything that is due, here and now; returns how many jobs were done. For tests and one-off commands."""
    done = 0
    for _ in range(limit):
        followed = follow_up_due()
        job = take("here")
        if job is None and not followed:
            break
        if job is not None:
            do(job)
            done += 1
    return done
