"""The seam to Django's task API: `task.enqueue(…)` writes a Job row in the caller's transaction."""

from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import ValidationError
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from handrail.kernel.actions.queue import put, task_named
from handrail.kernel.models import Job

T = TypeVar("T")
P = ParamSpec("P")
STATUS = {
    Job.State.WAITING: TaskResultStatus.READY,
    Job.State.RUNNING: TaskResultStatus.RUNNING,
    Job.State.DONE: TaskResultStatus.SUCCESSFUL,
    Job.State.FAILED: TaskResultStatus.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTask(Task[P, T]):
    """A task that also says how often it is tried before it counts as failed."""

    max_tries: int = 5


class JobBackend(BaseTaskBackend):
    """Keeps jobs in the database, on SQLite and PostgreSQL alike; `handrail work` runs them."""

    task_class = JobTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[T]:
        """Write the job down; it exists when the transaction around it commits."""
        self.validate_task(task)
        return self._result(put(task, list(args), dict(kwargs)))

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """How a job stands, by the id that enqueue gave."""
        try:
            return self._result(Job.objects.get(mark=result_id))
        except (Job.DoesNotExist, ValidationError) as error:
            raise TaskResultDoesNotExist(result_id) from error

    def _result(self, job: Job) -> TaskResult[Any]:
        result: TaskResult[Any] = TaskResult(
            task=task_named(job.task),
            id=str(job.mark),
            status=STATUS[Job.State(job.state)],
            enqueued_at=job.enqueued_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
            last_attempted_at=job.tried_at,
            args=job.args,
            kwargs=job.kwargs,
            backend=self.alias,
            errors=[TaskError(exception_class_path=each["class"], traceback=each["trace"]) for each in job.errors],
            worker_ids=job.workers,
        )
        object.__setattr__(result, "_return_value", job.result)
        return result
