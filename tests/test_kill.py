"""kill -9 at random moments under load: nothing acknowledged is lost, nothing happens twice, the chain stays whole."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

HERE = Path(__file__).resolve().parent
KILLS = int(os.environ.get("HANDRAIL_KILLS", "50"))

pytestmark = pytest.mark.killing


def played(home: Path, database: str) -> dict:
    """The scene, played to its end in a process of its own."""
    seed = random.randrange(10**6)
    env = {
        **os.environ,
        "HANDRAIL_HOME": str(home),
        "HANDRAIL_DATABASE_URL": database,
        "HANDRAIL_LOG_LEVEL": "CRITICAL",
        "PYTHONPATH": os.pathsep.join([str(HERE / "killing"), str(HERE.parent)]),
    }
    command = [sys.executable, str(HERE / "killing" / "scene.py"), str(KILLS), str(seed)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, f"seed {seed}\n{done.stderr[-3000:]}"
    return {"seed": seed, **json.loads(done.stdout)}


def holds(result: dict) -> None:
    """Every promise, against what was counted."""
    assert result["acknowledged"] >= KILLS, result
    assert result["lost"] == [], result
    assert result["invented"] == [], result
    assert result["doubled"] == {"fact": [], "deed": [], "heard": [], "counted": []}, result
    assert result["differ"] == {"deed": [], "heard": [], "counted": []}, result
    assert result["whole"], result
    assert result["notes"] == [], result
    assert result["signed"] > 0, result
    assert result["follow_ups_not_done"] == 0, result
    assert result["jobs_not_done"] == [], result


def test_on_sqlite_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    holds(played(tmp_path, f"sqlite:///{tmp_path}/killed.sqlite3"))


def test_on_postgresql_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    server = os.environ.get("HANDRAIL_TEST_PG")
    if not server:
        pytest.skip("no PostgreSQL server named in HANDRAIL_TEST_PG")
    psycopg = pytest.importorskip("psycopg")
    name = f"handrail_killed_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            holds(played(tmp_path, urlunsplit(urlsplit(server)._replace(path=f"/{name}"))))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
