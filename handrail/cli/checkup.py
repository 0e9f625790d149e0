"""What `handrail doctor` looks at, one function each: it says that all is well, or what is off and how to mend it."""

import os
import platform
import shutil
import sqlite3
import stat
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from handrail.cli.ready import not_ready
from handrail.kernel.models import FollowUp, Job, JournalEntry
from handrail.kernel.reads import chain_now, workers_alive
from handrail.kernel.words import counted

State = Literal["well", "advice", "mend"]
Found = tuple[State, str]
GIB = 1024**3
LATE = timedelta(hours=1)
# This version was written in 2026; a clock before that is certainly wrong.
BORN = datetime(2026, 1, 1, tzinfo=UTC)


def look() -> list[dict[str, str]]:
    """Every check in order; once the database can't be read, those that need it are left out."""
    found: list[dict[str, str]] = []
    for about, check, needs_database in CHECKS:
        if needs_database and any(each["state"] == "mend" and each["about"] in BASIC for each in found):
            continue
        try:
            state, sentence = check()
        except (OSError, DatabaseError, ValueError) as error:
            state, sentence = "mend", f"This could not be looked at: {error}."
        found.append({"about": about, "state": state, "sentence": sentence})
    return found


def _python() -> Found:
    if sys.prefix == sys.base_prefix:
        return (
            "advice",
            f"Python {platform.python_version()}, outside a virtual environment. Better give it one of its own.",
        )
    return "well", f"Python {platform.python_version()}."


def _database() -> Found:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        return "mend", f"It can’t be opened: {str(error).strip()}. Check HANDRAIL_DATABASE_URL and HANDRAIL_HOME."
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
            state = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
        if state != "ok":
            return "mend", f"SQLite finds damage ({state}). Stop the server and restore the last good backup."
        if mode != "wal":
            return (
                "mend",
                f"SQLite runs in {mode} mode, not WAL. Is the file on a network drive? Move it to a local disk.",
            )
        return "well", f"SQLite {sqlite3.sqlite_version} in WAL mode, at {connection.settings_dict['NAME']}."
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
        cursor.execute("SHOW fsync")
        if cursor.fetchone()[0] != "on":
            return "mend", f"PostgreSQL {version} runs with fsync off: a power cut loses data. Turn fsync on."
    return "well", f"PostgreSQL {version}."


def _tables() -> Found:
    sentence = not_ready()
    return ("mend", sentence) if sentence else ("well", "All tables are up to date.")


def _disk() -> Found:
    free = shutil.disk_usage(settings.HANDRAIL_HOME).free
    if free < 0.2 * GIB:
        return "mend", f"Only {free / GIB:.2f} GB are free under {settings.HANDRAIL_HOME}. Make room before it is full."
    if free < 2 * GIB:
        return "advice", f"{free / GIB:.1f} GB are free under {settings.HANDRAIL_HOME}. A backup needs as much again."
    return "well", f"{free / GIB:,.0f} GB are free under {settings.HANDRAIL_HOME}."


def _clock() -> Found:
    now = datetime.now(UTC)
    if now < BORN:
        return "mend", f"The clock says {now:%-d %B %Y}, which is past. Set it, best by NTP."
    last = JournalEntry.objects.order_by("-id").values_list("at", flat=True).first()
    if last and last > now + timedelta(minutes=2):
        return (
            "mend",
            f"The last fact is from {last:%-d %B %Y %H:%M} UTC, which is still to come. Set the clock, best by NTP.",
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            apart = abs(float(cursor.fetchone()[0]) - time.time())
        if apart > 5:
            return "mend", f"This machine and the database are {apart:.0f} seconds apart. Set both by NTP."
    return "well", f"{timezone.localtime():%-d %B %Y %H:%M}, {settings.TIME_ZONE}."


def _keys() -> Found:
    folder = Path(settings.HANDRAIL_HOME) / "keys"
    if not folder.exists():
        return "well", "No key has been made yet; the first checkpoint makes one."
    secret = [path for path in (folder / "checkpoint.key", folder / "secret-key") if path.exists()]
    open_ones = [path for path in secret if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    if open_ones:
        return "mend", f"Others can read {open_ones[0]}. Run: chmod 600 {open_ones[0]}"
    foreign = [path for path in secret if path.stat().st_uid != os.getuid()]
    if foreign:
        return "advice", f"{foreign[0]} belongs to another user than the one who runs this."
    return "well", f"{counted(len(secret), 'private key')}, readable by the owner alone."


def _guards() -> Found:
    missing = chain_now().missing_guards
    if missing:
        return (
            "mend",
            f"The database no longer refuses changes to the journal ({', '.join(missing)} missing). "
            "Run “handrail verify” first, then “handrail manage guard_journal”.",
        )
    return "well", "The database refuses any change to the journal."


def _chain() -> Found:
    chain = chain_now()
    if chain.is_short:
        return "mend", f"{chain.signed:,} facts were signed, but only {chain.facts:,} are here. Run “handrail verify”."
    if chain.sealed_at is None:
        if not chain.facts:
            return "well", "Nothing has happened yet."
        return (
            "advice",
            "No checkpoint has been signed yet. A worker signs one every ten minutes, "
            "or run “handrail verify --checkpoint”.",
        )
    if chain.unsigned and timezone.now() - chain.sealed_at > LATE:
        return (
            "mend",
            f"{chain.unsigned:,} facts wait for a checkpoint since {timezone.localtime(chain.sealed_at):%-d %B %H:%M}. "
            "Is a worker running? See the page Jobs for the reason.",
        )
    return "well", f"{chain.signed:,} of {chain.facts:,} facts are signed. “handrail verify” proves them."


def _worker() -> Found:
    alive = workers_alive().count()
    waiting = Job.objects.filter(state="waiting", due_at__lt=timezone.now() - timedelta(minutes=2)).count()
    if not alive:
        return "advice" if not waiting else "mend", (
            f"No worker is running, and {waiting} jobs are late. Start “handrail serve” or “handrail work”."
            if waiting
            else "No worker is running. “handrail serve” starts one."
        )
    if waiting:
        return "advice", f"{alive} at work, and {waiting} jobs are late. Start another with “handrail work”."
    return "well", f"{alive} at work."


def _failed() -> Found:
    jobs = Job.objects.filter(state="failed").count()
    stuck = FollowUp.objects.filter(state="stuck").count()
    if jobs or stuck:
        return (
            "mend",
            f"{jobs} jobs and {stuck} follow-ups failed for good. The page Jobs says why and can try them again.",
        )
    return "well", "No job and no follow-up has failed."


def _fonts() -> Found:
    missing = [name for name in FONTS if find_spec(name) is None]
    if missing:
        return "mend", f"The font package {missing[0]} is missing. Install Handrail again with pip."
    return "well", "The three typefaces are installed."


def _extras() -> Found:
    if find_spec("numba") is None:
        return (
            "advice",
            "numba is not installed, so matching posts is slower. Add it with: pip install 'handrail[fast]'",
        )
    return "well", "numba is installed; matching posts runs at full speed."


FONTS = ("fontpkg_source_serif_4", "fontpkg_source_sans_3", "fontpkg_ibm_plex_mono")
BASIC = {"database", "tables"}
CHECKS: tuple[tuple[str, Callable[[], Found], bool], ...] = (
    ("python", _python, False),
    ("disk", _disk, False),
    ("keys", _keys, False),
    ("database", _database, False),
    ("tables", _tables, False),
    ("clock", _clock, True),
    ("journal", _guards, True),
    ("checkpoints", _chain, True),
    ("worker", _worker, True),
    ("jobs", _failed, True),
    ("fonts", _fonts, False),
    ("speed", _extras, False),
)
