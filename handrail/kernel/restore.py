"""How a backup comes back: into an empty place only, checked file by file before anything is put there."""

import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from handrail.kernel.backup import (
    DUMP_NAME,
    FOLDERS,
    FORMAT,
    KIND,
    PUBLIC_FILES,
    SECRET_FILES,
    SQLITE_NAME,
    CannotSave,
    run_tool,
)

MANIFEST_LIMIT = 64 * 1024 * 1024
CHUNK = 1024 * 1024


def restore(source: Path) -> dict[str, Any]:
    """Put a backup into this installation's empty place and give its manifest. Raises CannotSave and leaves nothing."""
    home = Path(settings.HANDRAIL_HOME)
    _must_be_empty(home)
    home.mkdir(parents=True, exist_ok=True)
    staging = home / f".restoring.{os.getpid()}"
    try:
        staging.mkdir(mode=0o700)
        manifest = _unpack(source, staging)
        _put_in_place(staging, home, manifest)
    except tarfile.TarError as error:
        raise CannotSave(f"{source} is not a backup, or it is damaged: {error}. Nothing was restored.") from error
    except EOFError as error:
        raise CannotSave(f"{source} ends too early. Fetch it again; nothing was restored.") from error
    except OSError as error:
        raise CannotSave(f"{source} could not be restored: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return manifest


def _must_be_empty(home: Path) -> None:
    taken = [home / name for name in (*PUBLIC_FILES, "keys/checkpoint.key") if (home / name).exists()]
    taken += [home / name for name in FOLDERS if (home / name).is_dir() and any((home / name).iterdir())]
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        if path.exists() and _has_tables(path):
            taken.append(path)
    elif _postgresql_has_tables():
        raise CannotSave(
            "A backup is restored into an empty place only, and this database has tables. "
            "Make a new database and name it in HANDRAIL_DATABASE_URL."
        )
    if taken:
        raise CannotSave(
            f"A backup is restored into an empty place only, and {taken[0]} exists. "
            "Name a new folder in HANDRAIL_HOME, or move the old one away."
        )


def _has_tables(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path)) as file:
            return bool(file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except sqlite3.Error:
        return True


def _postgresql_has_tables() -> bool:
    try:
        return bool(connection.introspection.table_names())
    except DatabaseError as error:
        raise CannotSave(f"The database can’t be opened: {str(error).strip()}") from error


def _unpack(source: Path, staging: Path) -> dict[str, Any]:
    with tarfile.open(source, "r|gz") as tar:
        first = tar.next()
        if first is None or first.name != "manifest.json" or first.size > MANIFEST_LIMIT:
            raise CannotSave(f"{source} is not a backup made by “handrail backup”. Nothing was restored.")
        manifest = _manifest(tar, first, source)
        missing = dict(manifest["files"])
        while (member := tar.next()) is not None:
            said = missing.pop(member.name, None)
            if said is None or not member.isreg() or member.size != said["bytes"]:
                raise CannotSave(
                    f"{source} holds {member.name}, which its list does not name so. Nothing was restored."
                )
            _take_out(tar, member, staging / member.name, said["sha256"])
    if missing:
        raise CannotSave(f"{source} lacks {next(iter(missing))}. Fetch it again; nothing was restored.")
    return manifest


def _manifest(tar: tarfile.TarFile, member: tarfile.TarInfo, source: Path) -> dict[str, Any]:
    file = tar.extractfile(member)
    try:
        manifest = json.loads(file.read() if file else b"")
        if manifest["kind"] != KIND or not all(_is_ours(name) for name in manifest["files"]):
            raise ValueError
        format_, vendor = manifest["format"], manifest["database"]
    except (ValueError, KeyError, TypeError) as error:
        raise CannotSave(f"{source} is not a backup made by “handrail backup”. Nothing was restored.") from error
    if format_ != FORMAT:
        raise CannotSave(
            f"{source} was made by a newer Handrail ({manifest.get('version')}). Use that one to restore it."
        )
    if vendor != connection.vendor:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise CannotSave(
            f"{source} holds a {names.get(vendor, vendor)} database, and HANDRAIL_DATABASE_URL names "
            f"{names[connection.vendor]}. Restore it into the same kind."
        )
    return dict(manifest)


def _is_ours(name: str) -> bool:
    if name in (SQLITE_NAME, DUMP_NAME, *PUBLIC_FILES, *SECRET_FILES):
        return True
    path = PurePosixPath(name)
    return ".." not in path.parts and any(name.startswith(f"{folder}/") for folder in FOLDERS)


def _take_out(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path, expected: str) -> None:
    source = tar.extractfile(member)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    secret = member.name in SECRET_FILES
    digest = hashlib.sha256()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if secret else 0o644), "wb") as file:
        while source is not None and (chunk := source.read(CHUNK)):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != expected:
        raise CannotSave(f"{member.name} in the backup is damaged. Fetch it again; nothing was restored.")


def _put_in_place(staging: Path, home: Path, manifest: dict[str, Any]) -> None:
    if DUMP_NAME in manifest["files"]:
        run_tool("pg_restore", ["--no-owner", "--exit-on-error", "--single-transaction", str(staging / DUMP_NAME)])
    for name in manifest["files"]:
        if name in (SQLITE_NAME, DUMP_NAME):
            continue
        (home / name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (staging / name).replace(home / name)
    if SQLITE_NAME in manifest["files"]:
        # The database goes last: while it is missing, the place counts as empty and nothing is served from it.
        target = Path(str(connection.settings_dict["NAME"]))
        connection.close()
        for ending in ("-wal", "-shm"):
            target.with_name(target.name + ending).unlink(missing_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(staging / SQLITE_NAME, target)
