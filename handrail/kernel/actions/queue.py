"""What happens to a job's row: queued, taken under a lease, finished, failed, tried again, tidied away."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task
from django_tasks.utils import get_module_path, normalize_json

from handrail.kernel.actions.backoff import later
from handrail.kernel.errors import Refusal
from handrail.kernel.models import FollowUp, Job
from handrail.kernel.trace import last_lines

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
KEPT_DAYS = 30
FOLLOW_UPS_KEPT_DAYS = 90
STOPPED = "The worker stopped in the middle of this, {tries} times. Look at what it does before trying it again."


def task_named(path: str) -> Task[Any, Any]:
    """The task whose function has this dotted path; raises ImportError when it is gone."""
    found = import_string(path)
    if not isinstance(found, Task):
        raise ImportError(f"{path} is not a task any more")
    return found


def put(task: Task[Any, Any], args: list[Any], kwargs: dict[str, Any], key: str | None = None) -> Job:
    """Queue a job in the caller's transaction. A key that was used before gives the job that has it."""
    row = Job(
        task=task.module_path,
        args=normalize_json(args),
        kwargs=normalize_json(kwargs),
        queue=task.queue_name,
        priority=task.priority,
        due_at=task.run_after or timezone.now(),
        max_tries=getattr(task, "max_tries", 5),
        key=key,
    )
    if key is None:
        row.save(force_insert=True)
        return row
    Job.objects.bulk_create([row], ignore_conflicts=True)
    return Job.objects.get(key=key)


def take(worker: str, queues: tuple[str, ...] = (), lease: timedelta = LEASE) -> Job | None:
    """Lease the job that is due first to `worker`, or None. A job whose lease ran out counts as due."""
    now = timezone.now()
    due = Q(state="waiting", due_at__lte=now) | Q(state="running", lease_until__lt=now)
    rows = Job.objects.filter(due)
    if queues:
        rows = rows.filter(queue__in=queues)
    if not rows.exists():
        return None
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        job = rows.select_for_update(skip_locked=skip).order_by("-priority", "due_at", "id").first()
        if job is None:
            return None
        if job.tries >= job.max_tries:
            _give_up(job, now)
            return None
        job.state = Job.State.RUNNING
        job.tries += 1
        job.worker = worker
        job.workers = [*job.workers, worker][-20:]
        job.started_at = job.started_at or now
        job.tried_at = now
        job.lease_until = now + lease
        job.done, job.total, job.words = 0, None, ""
        job.save()
        return job


def _give_up(job: Job, now: datetime) -> None:
    sentence = STOPPED.format(tries=job.tries)
    job.state = Job.State.FAILED
    job.finished_at = now
    job.lease_until = None
    job.errors = [*job.errors, {"class": "builtins.RuntimeError", "trace": sentence}]
    job.save()


def keep(job_id: int, worker: str, lease: timedelta = LEASE) -> bool:
    """Lengthen the lease of a job that is still being done; False when another worker has it by now."""
    held = Job.objects.filter(pk=job_id, worker=worker, state="running")
    return held.update(lease_until=timezone.now() + lease) == 1


def finish(job: Job, result: Any) -> bool:
    """Tick a job off; False when the lease was lost to another worker, whose outcome counts."""
    held = Job.objects.filter(pk=job.pk, worker=job.worker, tries=job.tries, state="running")
    return (
        held.update(state=Job.State.DONE, result=normalize_json(result), finished_at=timezone.now(), lease_until=None)
        == 1
    )


def fail(job: Job, error: BaseException) -> bool:
    """Write down why a try failed and when the next one is. A refusal is final: trying again changes nothing."""
    final = isinstance(error, Refusal) or job.tries >= job.max_tries
    sentence = error.sentence if isinstance(error, Refusal) else last_lines(error)
    errors = [*job.errors, {"class": get_module_path(type(error)), "trace": sentence}][-10:]
    held = Job.objects.filter(pk=job.pk, worker=job.worker, tries=job.tries, state="running")
    if final:
        changed = held.update(state=Job.State.FAILED, errors=errors, finished_at=timezone.now(), lease_until=None)
    else:
        changed = held.update(state=Job.State.WAITING, errors=errors, due_at=later(job.tries), lease_until=None)
    return changed == 1


def hand_back(worker: str) -> int:
    """Free at once what a worker that is known to be gone still holds, so that nobody waits for the lease."""
    held = Job.objects.filter(worker=worker, state="running")
    return held.update(lease_until=timezone.now() - timedelta(seconds=1))


def note_progress(job_id: int, done: int, total: int | None, words: str) -> None:
    """Write down how far a running job has come."""
    Job.objects.filter(pk=job_id).update(done=done, total=total, words=words[:200])


def tidy_jobs(days: int = KEPT_DAYS) -> int:
    """Remove what was done more than `days` ago; what failed stays until someone looked at it."""
    before = timezone.now() - timedelta(days=days)
    gone, _ = Job.objects.filter(state="done", finished_at__lt=before).delete()
    return gone


def tidy_follow_ups(days: int = FOLLOW_UPS_KEPT_DAYS) -> int:
    """Remove the ticks of follow-ups that were done more than `days` ago; the facts themselves stay for ever."""
    before = timezone.now() - timedelta(days=days)
    gone, _ = FollowUp.objects.filter(state="done", done_at__lt=before).delete()
    return gone
