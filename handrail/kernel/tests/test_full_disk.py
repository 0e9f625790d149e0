"""A full disk refuses the deed with a sentence, and nothing half written is left; reading goes on."""

import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, OperationalError, connections, transaction
from django.test import RequestFactory

from handrail.kernel.actions import announce
from handrail.kernel.errors import Busy, NoRoom, NotNow
from handrail.kernel.jobs import enqueue
from handrail.kernel.models import Job, JournalEntry
from handrail.kernel.record import check_journal
from handrail.kernel.refs import Ref
from handrail.kernel.refusals import as_refusal, refusal_page
from handrail.kernel.tests import tasks_for_tests as tasks
from handrail.kernel.tests.test_announce import LanternLit


@pytest.fixture
def _small_disk() -> Iterator[None]:
    """A database that may not grow beyond a few pages more than it has."""
    connection = connections["default"]
    if connection.vendor != "sqlite":
        pytest.skip("the limit on pages is SQLite’s")
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 8}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_small_disk")
def test_the_deed_its_job_and_its_fact_are_refused_together() -> None:
    done, refusal = 0, None
    while refusal is None and done < 1000:
        try:
            with transaction.atomic():
                enqueue(tasks.remember, "x" * 3000)
                announce(LanternLit(Ref("lantern", done), True, colours=("y" * 3000,)), who=None)
            done += 1
        except DatabaseError as error:
            refusal = as_refusal(error)
    assert isinstance(refusal, NoRoom)
    assert refusal.status == 507
    assert refusal.sentence.startswith("The disk is full, so nothing was changed.")
    assert Job.objects.count() == JournalEntry.objects.count() == done
    assert check_journal()[0].is_whole


def test_the_system_that_has_no_room_is_told_in_the_same_words() -> None:
    assert isinstance(as_refusal(OSError(errno.ENOSPC, "No space left on device")), NoRoom)
    assert as_refusal(OSError(errno.ENOENT, "No such file")) is None


def test_a_database_that_stays_locked_is_busy() -> None:
    assert isinstance(as_refusal(OperationalError("database is locked")), Busy)
    assert as_refusal(OperationalError("no such table: x")) is None
    assert as_refusal(ValueError("disk is full")) is None
    refusal = NotNow("Not now.")
    assert as_refusal(refusal) is refusal


def test_the_api_says_it_as_json() -> None:
    response = refusal_page(RequestFactory().get("/api/v1/x"), NoRoom("No room."))
    assert (response.status_code, response.content) == (507, b'{"sentence": "No room."}')


def test_a_real_file_that_may_not_grow_keeps_what_it_had(tmp_path: Path) -> None:
    file = sqlite3.connect(tmp_path / "small.sqlite3")
    file.execute("PRAGMA journal_mode=WAL")
    file.execute("CREATE TABLE t (words TEXT)")
    file.execute("PRAGMA max_page_count = 10")
    file.commit()
    kept, refusal = 0, None
    while refusal is None and kept < 200:
        try:
            with file:
                file.execute("INSERT INTO t VALUES (?)", ("x" * 3000,))
                file.execute("INSERT INTO t VALUES (?)", ("x" * 3000,))
            kept += 2
        except sqlite3.OperationalError as error:
            refusal = as_refusal(OperationalError(str(error)))
    assert isinstance(refusal, NoRoom)
    assert file.execute("SELECT count(*) FROM t").fetchone()[0] == kept
    file.close()
