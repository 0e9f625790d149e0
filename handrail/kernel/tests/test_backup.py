"""A backup made while others write comes back whole, and only into an empty place."""

import io
import json
import os
import sqlite3
import tarfile
import threading
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction

from handrail.kernel import backup as backup_module
from handrail.kernel import restore as restore_module
from handrail.kernel.actions import announce
from handrail.kernel.actions.seal import keys_folder
from handrail.kernel.backup import CannotSave, back_up
from handrail.kernel.canon import Line
from handrail.kernel.checkpoints import read_all
from handrail.kernel.proof import check
from handrail.kernel.refs import Ref
from handrail.kernel.restore import restore
from handrail.kernel.signing import known_keys
from handrail.kernel.tests.test_announce import LanternLit


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> Path:
    """A home whose SQLite file is real, standing in for the test database in memory."""
    home = tmp_path / "home"
    home.mkdir()
    settings.HANDRAIL_HOME = home
    path = home / "handrail.sqlite3"
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("CREATE TABLE kernel_journalentry (id INTEGER PRIMARY KEY, words TEXT)")
        file.execute("INSERT INTO kernel_journalentry VALUES (1, 'first')")
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setitem(connection.settings_dict, "NAME", str(path))
    monkeypatch.setattr(backup_module, "_sealed", str)
    monkeypatch.setattr(connection, "close", lambda: None)
    (home / "keys").mkdir()
    for name in ("checkpoint.key", "secret-key"):
        (home / "keys" / name).write_text("private")
    (home / "keys" / "checkpoint.pub").write_text("ab" * 32)
    (home / "checkpoints").mkdir()
    (home / "checkpoints" / "2026-11.jsonl").write_text("{}\n")
    (home / "checkpoints" / ".lock").write_text("")
    (home / "uploads").mkdir()
    (home / "uploads" / "a.csv").write_text("x,y\n")
    return home


def empty(settings, monkeypatch, tmp_path: Path, name: str = "new") -> Path:
    home = tmp_path / name
    settings.HANDRAIL_HOME = home
    monkeypatch.setitem(connection.settings_dict, "NAME", str(home / "handrail.sqlite3"))
    return home


def test_everything_but_the_private_keys_comes_back(place: Path, tmp_path, settings, monkeypatch) -> None:
    made = back_up(tmp_path / "b.tar.gz")
    assert not any(name.endswith(("checkpoint.key", "secret-key")) for name in made["files"])
    assert (tmp_path / "b.tar.gz").stat().st_mode & 0o777 == 0o600
    home = empty(settings, monkeypatch, tmp_path)
    restore(tmp_path / "b.tar.gz")
    with sqlite3.connect(home / "handrail.sqlite3") as file:
        assert file.execute("SELECT words FROM kernel_journalentry").fetchall() == [("first",)]
    assert (home / "uploads" / "a.csv").read_text() == "x,y\n"
    assert (home / "checkpoints" / "2026-11.jsonl").exists()
    assert not (home / "keys" / "checkpoint.key").exists()
    assert [each.name for each in home.iterdir() if each.name.startswith(".")] == []


def test_the_private_keys_come_only_when_asked_for_and_stay_private(place, tmp_path, settings, monkeypatch) -> None:
    back_up(tmp_path / "b.tar.gz", with_key=True)
    home = empty(settings, monkeypatch, tmp_path)
    restore(tmp_path / "b.tar.gz")
    assert (home / "keys" / "checkpoint.key").stat().st_mode & 0o777 == 0o600


def test_a_copy_made_while_another_writes_is_whole(place: Path, tmp_path, settings, monkeypatch) -> None:
    stop = threading.Event()

    def write() -> None:
        with sqlite3.connect(place / "handrail.sqlite3", timeout=20) as file:
            while not stop.is_set():
                file.execute("INSERT INTO kernel_journalentry (words) VALUES (?)", ("x" * 500,))
                file.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            back_up(tmp_path / f"b{number}.tar.gz")
    finally:
        stop.set()
        writer.join()
    home = empty(settings, monkeypatch, tmp_path)
    restore(tmp_path / "b2.tar.gz")
    with sqlite3.connect(home / "handrail.sqlite3") as file:
        count, highest = file.execute("SELECT count(*), max(id) FROM kernel_journalentry").fetchone()
        assert count == highest > 1


def test_a_place_that_is_not_empty_is_left_alone(place: Path, tmp_path, settings, monkeypatch) -> None:
    back_up(tmp_path / "b.tar.gz")
    before = sorted(path for path in place.rglob("*") if "sqlite3-" not in path.name)
    with pytest.raises(CannotSave, match="empty place only"):
        restore(tmp_path / "b.tar.gz")
    assert sorted(path for path in place.rglob("*") if "sqlite3-" not in path.name) == before
    with pytest.raises(CannotSave, match="exists already"):
        back_up(tmp_path / "b.tar.gz")


def repacked(source: Path, target: Path, change) -> Path:
    """The backup with its members changed: `change` maps (name, raw) to a new pair or None."""
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            file = old.extractfile(member)
            pair = change(member.name, file.read() if file else b"")
            if pair is not None:
                told = tarfile.TarInfo(pair[0])
                told.size = len(pair[1])
                new.addfile(told, io.BytesIO(pair[1]))
    return target


def edit_manifest(raw: bytes, **changes: object) -> bytes:
    return json.dumps({**json.loads(raw), **changes}).encode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda n, raw: (n, raw[:-1] + b"!") if n == "uploads/a.csv" else (n, raw), "is damaged"),
        (lambda n, raw: None if n == "uploads/a.csv" else (n, raw), "lacks uploads/a.csv"),
        (lambda n, raw: ("uploads/../../evil", raw) if n == "uploads/a.csv" else (n, raw), "does not name so"),
        (lambda n, raw: (n, edit_manifest(raw, format=99)) if n == "manifest.json" else (n, raw), "newer Handrail"),
        (lambda n, raw: (n, edit_manifest(raw, kind="x")) if n == "manifest.json" else (n, raw), "is not a backup"),
        (
            lambda n, raw: (n, edit_manifest(raw, files={"../evil": {}})) if n == "manifest.json" else (n, raw),
            "is not a backup",
        ),
        (
            lambda n, raw: (n, edit_manifest(raw, database="postgresql")) if n == "manifest.json" else (n, raw),
            "holds a PostgreSQL database",
        ),
        (lambda n, raw: None if n == "manifest.json" else (n, raw), "is not a backup"),
    ],
)
def test_a_backup_that_was_tampered_with_restores_nothing(
    change, sentence, place, tmp_path, settings, monkeypatch
) -> None:
    back_up(tmp_path / "b.tar.gz")
    bad = repacked(tmp_path / "b.tar.gz", tmp_path / "bad.tar.gz", change)
    home = empty(settings, monkeypatch, tmp_path)
    with pytest.raises(CannotSave, match=sentence):
        restore(bad)
    assert list(home.rglob("*")) == []
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize("raw", [b"", b"not a tar", b"\x1f\x8b\x08\x00garbage"])
def test_a_file_that_is_no_backup_restores_nothing(raw: bytes, tmp_path, settings, monkeypatch) -> None:
    monkeypatch.setattr(connection, "vendor", "sqlite")
    home = empty(settings, monkeypatch, tmp_path)
    (tmp_path / "odd").write_bytes(raw)
    with pytest.raises(CannotSave):
        restore(tmp_path / "odd")
    assert list(home.rglob("*")) == []


def test_a_backup_cut_short_restores_nothing(place: Path, tmp_path, settings, monkeypatch) -> None:
    back_up(tmp_path / "b.tar.gz")
    raw = (tmp_path / "b.tar.gz").read_bytes()
    (tmp_path / "cut.tar.gz").write_bytes(raw[: len(raw) // 2])
    home = empty(settings, monkeypatch, tmp_path)
    with pytest.raises(CannotSave):
        restore(tmp_path / "cut.tar.gz")
    assert list(home.rglob("*")) == []


def test_a_disk_that_fills_up_leaves_no_half_backup(place: Path, tmp_path, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(backup_module, "_pack", full)
    with pytest.raises(CannotSave, match="No space left"):
        back_up(tmp_path / "b.tar.gz")
    assert [each.name for each in tmp_path.iterdir()] == ["home"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only")
def test_postgresql_is_dumped_and_comes_back_whole(tmp_path, settings) -> None:
    with transaction.atomic():
        for number in range(5):
            announce(LanternLit(Ref("lantern", number), True), who=None)
    made = back_up(tmp_path / "b.tar.gz")
    assert made["database"] == "postgresql"
    name = "handrail_restored"
    old = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    settings.HANDRAIL_HOME = tmp_path / "new"
    connection.settings_dict["NAME"] = name
    try:
        restore(tmp_path / "b.tar.gz")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, at AT TIME ZONE 'UTC', code, who_id, who_label, record, previous, hash "
                "FROM kernel_journalentry ORDER BY id"
            )
            rows = cursor.fetchall()
        lines = [Line(row[0], f"{row[1].isoformat(timespec='microseconds')}+00:00", *row[2:]) for row in rows]
        checkpoints, _ = read_all(tmp_path / "new" / "checkpoints")
        verdict = check(lines, checkpoints, known_keys(keys_folder()))
        assert (verdict.is_whole, verdict.facts, verdict.signed) == (True, 5, 5)
        with pytest.raises(CannotSave, match="has tables"):
            restore(tmp_path / "b.tar.gz")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = old
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
    assert tmp_path / "new" == django_settings.HANDRAIL_HOME
    assert restore_module.KIND == "handrail backup"
