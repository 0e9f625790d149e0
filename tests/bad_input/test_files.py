"""Files that can’t be used, and those of usual encodings: by the command, the page and the API."""

import json
import re
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.__main__ import main
from handrail.kernel.models import JournalEntry
from handrail.listening.models import Mention
from handrail.people.models import Person
from handrail.people.testing import signed_in
from handrail.policy.models import Version
from handrail.strategy.models import Goal
from tests.bad_input.given import (
    DOORS,
    ENDING,
    GOALS,
    KINDS,
    LONG,
    POSTS,
    ROWS,
    STAFF,
    UPLOADS,
    WHOLE_FILES,
    assert_sentence,
    docx,
    rows_of_everything,
    unescaped,
)

CASES = pytest.mark.parametrize(("kind", "name", "raw", "said"), WHOLE_FILES, ids=lambda value: str(value)[:24])


@CASES
def test_a_file_that_cant_be_used_is_refused_by_the_command(who, tmp_path, capsys, kind, name, raw, said) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    before = rows_of_everything()
    assert main(["import", kind, str(path)]) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert_sentence(out.err.strip(), said)
    assert rows_of_everything() == before


@CASES
def test_a_file_that_cant_be_used_is_refused_by_the_page(who, kind, name, raw, said) -> None:
    address, fields = UPLOADS[kind]
    client, before = signed_in(who.ana), rows_of_everything()
    response = client.post(address, {"file": SimpleUploadedFile(name, raw), **fields})
    if kind == "people" and response.status_code == 302:  # columns may still be matched by hand; nobody is in
        page = client.get(response.headers["Location"]).content.decode()
        assert re.search(said, page)
        assert rows_of_everything() == before | {"PeopleImport": 1}
        return
    if kind == "posts" and response.status_code == 302:  # a table whose columns a person may still match by hand
        response = client.post(response.headers["Location"] + "/put-in")
        assert not Mention.objects.exists()
        before |= {"PostImport": 1}
    assert response.status_code == 422
    said_on_page = re.findall(r'class="msg"[^>]*>(?:<svg.*?</svg>)?(?:<span>)?([^<]+)', response.content.decode(), re.S)
    assert said_on_page, "the page shows no refusal"
    if raw:
        assert_sentence(unescaped(said_on_page[0]), said)
    assert rows_of_everything() == before


@CASES
def test_a_file_that_cant_be_used_is_refused_by_the_api(who, kind, name, raw, said) -> None:
    before = rows_of_everything()
    response = signed_in(who.ana).post(DOORS[kind], {"file": SimpleUploadedFile(name, raw)})
    assert response.status_code == 422
    assert_sentence(response.json()["sentence"], said)
    assert rows_of_everything() == before


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_a_usual_encoding_is_read_and_no_letter_is_lost(who, tmp_path, capsys, kind, encoding) -> None:
    text = ROWS[kind] if encoding != "latin-1" else ROWS[kind].replace("’", "'")
    path = tmp_path / f"file.{ENDING[kind]}"
    path.write_bytes(text.encode(encoding))
    assert main(["import", kind, str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["bad_rows"] == []
    kept = {
        "people": lambda: Person.objects.get(staff_number="21").name,
        "goals": lambda: Goal.objects.get().statement,
        "posts": lambda: Mention.objects.get().text,
        "policy": lambda: Version.objects.get().markdown,
    }[kind]()
    assert "Zoë" in kept if kind == "people" else "café" in kept


def test_macros_in_a_word_file_are_left_behind(who, tmp_path, capsys) -> None:
    path = tmp_path / "policy.docm"
    path.write_bytes(docx(word__vbaProject_bin=b"Sub AutoOpen() evil"))
    assert main(["import", "policy", str(path), "--title", "Kind"]) == 0
    kept = Version.objects.get()
    assert "Be kind." in kept.markdown
    assert "AutoOpen" not in kept.markdown


@pytest.mark.parametrize("name", ["laughs.docx", "outside.docx", "bomb.docx", "empty.md", "bell.md"])
@pytest.mark.parametrize("verb", ["clauses", "lint"])
def test_the_pure_verbs_refuse_with_a_sentence_too(tmp_path, capsys, name, verb) -> None:
    raw = next(raw for _, each, raw, _ in WHOLE_FILES if each == name)
    path = tmp_path / name
    path.write_bytes(raw)
    assert main([verb, str(path), "--json"]) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert_sentence(out.err.strip(), re.escape(name))


@pytest.mark.parametrize("verb", ["clauses", "lint", "sentiment"])
def test_a_file_that_isnt_there_or_is_a_folder_gets_a_sentence(tmp_path, capsys, verb) -> None:
    for path in (tmp_path / "gone.md", tmp_path):
        assert main([verb, str(path)]) == 2
        assert_sentence(capsys.readouterr().err.strip(), re.escape(str(path)))


def test_a_megabyte_on_one_line_takes_seconds_and_no_more(who, tmp_path, capsys) -> None:
    began = time.perf_counter()
    for kind, raw in (
        ("people", STAFF + LONG),
        ("goals", GOALS + LONG),
        ("posts", POSTS + LONG),
        ("policy", "word " * 200_000),
    ):
        path = tmp_path / f"long.{ENDING[kind]}"
        path.write_text(raw)
        assert main(["import", kind, str(path), "--dry-run", "--json"]) in {0, 2}
        out = capsys.readouterr()
        assert out.out or out.err
        assert "Traceback" not in out.err
    assert time.perf_counter() - began < 20


def test_nothing_above_announced_a_fact_of_its_own(who) -> None:
    """The counts above include the journal: a refused input leaves no fact."""
    assert "JournalEntry" in rows_of_everything()
    assert JournalEntry.objects.count() == 0
