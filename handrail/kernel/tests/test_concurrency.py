"""Many who announce at once still make one chain, and many workers share the work without doubling it."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import close_old_connections, connection, transaction

from handrail.kernel.actions import announce
from handrail.kernel.jobs import enqueue
from handrail.kernel.models import Job, JournalEntry
from handrail.kernel.record import check_journal
from handrail.kernel.refs import Ref
from handrail.kernel.tests import tasks_for_tests as tasks
from handrail.kernel.tests.test_announce import LanternLit
from handrail.kernel.worker import work_off

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share one connection to SQLite in memory"),
]


def at_once(act: Callable[[int], None], count: int) -> list[Exception]:
    """Run `act` in so many threads at once; the errors they met."""
    errors: list[Exception] = []

    def one(number: int) -> None:
        try:
            act(number)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()
    return errors


def test_eight_who_announce_at_once_make_one_chain() -> None:
    def announce_some(who: int) -> None:
        for number in range(12):
            with transaction.atomic():
                announce(LanternLit(Ref("lantern", f"{who}-{number}"), True), who=None)

    assert at_once(announce_some, 8) == []
    verdict, _ = check_journal()
    assert (verdict.is_whole, verdict.facts) == (True, 96)
    assert JournalEntry.objects.order_by("-id").values_list("id", flat=True).first() == 96


def test_four_workers_do_each_job_once() -> None:
    for number in range(60):
        enqueue(tasks.remember, number)
    tasks.calls.clear()
    assert at_once(lambda _: work_off() and None, 4) == []
    assert Counter(tasks.calls) == Counter((number,) for number in range(60))
    assert not Job.objects.exclude(state="done").exists()


def test_the_same_key_from_eight_at_once_is_one_job() -> None:
    assert at_once(lambda _: enqueue(tasks.remember, key="once") and None, 8) == []
    assert Job.objects.count() == 1
