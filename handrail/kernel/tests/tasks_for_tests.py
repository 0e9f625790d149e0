"""Tasks that the tests of the queue run; module level, as Django's task API asks."""

from django.db import transaction
from django.utils import timezone

from handrail.kernel.errors import BadInput
from handrail.kernel.jobs import report, task, tick
from handrail.kernel.models import Worker

calls: list[object] = []


def leave_a_row(name: str) -> None:
    now = timezone.now()
    Worker.objects.create(name=name, host="t", pid=1, started_at=now, seen_at=now)


@task()
def remember(*words: object) -> list[object]:
    calls.append(words)
    return list(words)


@task(max_tries=2)
def stumble() -> None:
    calls.append("stumble")
    raise OSError("the wire broke at token=abc123")


@task()
def refuse() -> None:
    calls.append("refuse")
    raise BadInput("The file is empty. Save it again and bring it in once more.")


@task()
def plod() -> None:
    for number in range(1, 11):
        report(number * 10, 100, "people")
    calls.append("plod")


@task()
def count_once() -> None:
    with transaction.atomic():
        leave_a_row("counted")
        tick()


@task(takes_context=True)
def with_context(context) -> int:
    return context.attempt


@task(priority=50)
def urgent() -> None:
    calls.append("urgent")
