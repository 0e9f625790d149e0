"""A full disk: nothing half written, and a sentence that says so."""

import json
import re
import resource
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from handrail.__main__ import main
from handrail.people.actions import import_people
from handrail.policy.actions import import_policy
from handrail.strategy.actions import import_goals
from tests.bad_input.given import (
    DOORS,
    ENDING,
    FULL,
    KINDS,
    MANY,
    UPLOADS,
    assert_sentence,
    counts_in,
    rows_of_everything,
    run_handrail,
)


@pytest.mark.parametrize("kind", KINDS)
def test_on_a_full_disk_an_import_fails_whole_and_says_so(full_disk, tmp_path, capsys, kind) -> None:
    path = tmp_path / f"many.{ENDING[kind]}"
    path.write_text(MANY[kind])
    before = rows_of_everything()
    assert main(["import", kind, str(path)]) == 2
    assert_sentence(capsys.readouterr().err.strip(), FULL)
    after = rows_of_everything()
    if kind == "posts":  # the file's own row may stand, so that the import can go on
        before.pop("PostImport"), after.pop("PostImport")
    assert after == before
    actions = {"people": import_people, "goals": import_goals, "policy": import_policy}
    if kind in actions:
        with pytest.raises(OperationalError):
            actions[kind](MANY[kind].encode(), path.name, by=full_disk.ana)
        assert rows_of_everything() == before


@pytest.mark.parametrize("kind", KINDS)
def test_on_a_full_disk_page_and_api_answer_with_a_sentence(full_disk, kind) -> None:
    address, fields = UPLOADS[kind]
    client = Client(raise_request_exception=False)
    client.force_login(full_disk.ana)
    client.get("/goals/")
    before = rows_of_everything()
    name = f"many.{ENDING[kind]}"
    response = client.post(address, {"file": SimpleUploadedFile(name, MANY[kind].encode()), **fields})
    if response.status_code == 302 and kind in {"people", "posts"}:
        response = client.post(response.headers["Location"] + "/put-in")
    if kind == "goals":  # a chosen file is only looked at; its text goes in on the second press
        assert response.status_code == 200
        response = client.post(address, {"text": MANY[kind], "name": name, "put_in": "on"})
    assert response.status_code == 507
    assert re.search(FULL, response.content.decode())
    response = client.post(DOORS[kind], {"file": SimpleUploadedFile(name, MANY[kind].encode())})
    assert response.status_code == 507
    assert_sentence(response.json()["sentence"], FULL)
    after = rows_of_everything()
    for bookkeeping in ("PostImport", "PeopleImport"):
        before.pop(bookkeeping), after.pop(bookkeeping)
    assert after == before


def test_a_disk_that_takes_no_more_bytes_leaves_nothing_half_written(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text(MANY["people"])
    before = counts_in(home)

    def no_more() -> None:
        # The log that SQLite writes ahead starts empty, and two thousand people need far more of it than this.
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    done = run_handrail(home, "import", "people", str(path), preexec_fn=no_more)
    assert done.returncode == 2, done.stderr
    assert_sentence(done.stderr.strip(), FULL)
    assert counts_in(home) == before
    assert run_handrail(home, "verify").returncode == 0
    done = run_handrail(home, "import", "people", str(path), "--dry-run", "--json")
    assert json.loads(done.stdout)["new"] == 2000
