"""The cast, a full disk, and an installation of its own for the tests of bad input."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from handrail.people.testing import Cast, cast
from tests.bad_input.given import run_handrail


@pytest.fixture
def who(db) -> Cast:
    return cast()


@pytest.fixture
def full_disk(transactional_db) -> Iterator[Cast]:
    """The cast in a database that may not grow by more than a few pages."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite can be told how far it may grow")
    people = cast()
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 3}")
        yield people
        cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one governance owner."""
    place = tmp_path_factory.mktemp("home")
    done = run_handrail(place, "manage", "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    script = (
        "import django; django.setup(); from handrail.people.actions import create_first_owner as make; "
        "make('Ana Lind', 'ana@example.org', 'harbour-lantern-47-tide')"
    )
    env = {
        **os.environ,
        "HANDRAIL_HOME": str(place),
        "HANDRAIL_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "handrail.settings",
    }
    subprocess.run([sys.executable, "-c", script], env=env, check=True, timeout=60, capture_output=True)
    return place
