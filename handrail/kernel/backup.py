"""How everything is saved into one file while the server runs: database, checkpoints, public key, uploaded files.

The checkpoints are copied before the database, so that no checkpoint ever counts facts that the copy lacks.
"""

import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from handrail import __version__
from handrail.kernel.actions.seal import make_checkpoint
from handrail.kernel.errors import Refusal

KIND = "handrail backup"
FORMAT = 1
FOLDERS = ("checkpoints", "keys/earlier", "uploads", "media")
PUBLIC_FILES = ("keys/checkpoint.pub",)
SECRET_FILES = ("keys/checkpoint.key", "keys/secret-key")
SQLITE_NAME = "database.sqlite3"
DUMP_NAME = "database.pgdump"


class CannotSave(Exception):
    """A backup or a restore that could not be done; the text is the sentence. Nothing half done is left behind."""


def back_up(target: Path, with_key: bool = False) -> dict[str, Any]:
    """Save this installation into `target`, a .tar.gz; it appears under its name when it is complete."""
    if target.exists():
        raise CannotSave(f"{target} exists already. Choose another name; a backup never overwrites one.")
    home = Path(settings.HANDRAIL_HOME)
    staging = target.absolute().with_name(f".{target.name}.{os.getpid()}.parts")
    part = staging.with_suffix(".part")
    try:
        staging.mkdir(mode=0o700)
        note = _sealed()
        files = _copied(home, staging, with_key)
        files.append(_database(staging))
        manifest = {
            "kind": KIND,
            "format": FORMAT,
            "version": __version__,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "database": connection.vendor,
            "with_key": with_key,
            "files": {name: _digest(staging / name) for name in files},
        }
        _pack(part, staging, manifest)
        part.replace(target)
    except OSError as error:
        raise CannotSave(f"The backup could not be written: {error.strerror}. Nothing was left behind.") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        part.unlink(missing_ok=True)
    return {**manifest, "note": note, "bytes": target.stat().st_size}


def _sealed() -> str:
    try:
        make_checkpoint()
    except Refusal as refusal:
        return f"{refusal.sentence} The backup was made all the same."
    return ""


def _copied(home: Path, staging: Path, with_key: bool) -> list[str]:
    wanted = [home / name for name in (*PUBLIC_FILES, *(SECRET_FILES if with_key else ()))]
    for folder in FOLDERS:
        wanted += [path for path in sorted((home / folder).rglob("*")) if not path.name.startswith(".")]
    names = []
    for path in wanted:
        if path.is_file() and not path.is_symlink():
            name = path.relative_to(home).as_posix()
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            try:
                shutil.copyfile(path, staging / name)
            except FileNotFoundError:
                # An upload that was brought in while we copied is no longer needed.
                continue
            names.append(name)
    return names


def _database(staging: Path) -> str:
    if connection.vendor == "postgresql":
        _dump(staging / DUMP_NAME)
        return DUMP_NAME
    _copy_sqlite(staging / SQLITE_NAME)
    return SQLITE_NAME


def _copy_sqlite(target: Path) -> None:
    source = f"file:{Path(str(connection.settings_dict['NAME'])).absolute()}?mode=ro"
    try:
        with closing(sqlite3.connect(source, uri=True, timeout=20)) as live, closing(sqlite3.connect(target)) as copy:
            # In one go: a reader's snapshot in WAL mode holds up no writer, and no writer makes it start over.
            live.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")
            found = copy.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
        raise CannotSave(f"The database could not be copied: {error}. Nothing was left behind.") from error
    if found != "ok":
        raise CannotSave(f"The database is damaged ({found}). Nothing was saved; restore the last good backup.")


def _dump(target: Path) -> None:
    run_tool("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])


def run_tool(name: str, options: list[str]) -> None:
    """Run one of PostgreSQL's own programs against this installation's database; the password stays out of sight."""
    program = shutil.which(name)
    if program is None:
        raise CannotSave(f"{name} is not on this machine. Install PostgreSQL’s client programs and try again.")
    there = connection.settings_dict
    env = {**os.environ, "PGPASSWORD": there["PASSWORD"] or os.environ.get("PGPASSWORD", "")}
    place = [f"--dbname={there['NAME']}"]
    for option, value in (("--host", there["HOST"]), ("--port", there["PORT"]), ("--username", there["USER"])):
        place += [f"{option}={value}"] if value else []
    done = subprocess.run([program, *place, *options], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise CannotSave(f"{name} could not do it: {said}")


def _digest(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"sha256": hashlib.file_digest(file, "sha256").hexdigest(), "bytes": path.stat().st_size}


def _pack(part: Path, staging: Path, manifest: dict[str, Any]) -> None:
    (staging / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=5) as packed:
        with tarfile.open(fileobj=packed, mode="w") as tar:
            for name in ("manifest.json", *manifest["files"]):
                tar.add(staging / name, arcname=name)
        packed.flush()
        raw.flush()
        os.fsync(raw.fileno())
