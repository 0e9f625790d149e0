"""`handrail clauses` and `handrail diff`: the shapes that scripts rely on, and the sentences people read."""

import io
import json
import sys
from pathlib import Path

import pytest

from handrail.__main__ import main
from handrail.policy.tests.oracle import missing, words_of_markdown

POLICY = """---
title: Posting
---
# Posts

## Empty part

## Guests

You must not:

- Name a guest.

### Last
"""


def out(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


def test_clauses_as_json_have_exactly_the_promised_keys_and_every_word(tmp_path: Path, capsys) -> None:
    file = tmp_path / "policy.md"
    file.write_text(POLICY, encoding="utf-8")
    rows = json.loads(out(capsys, "clauses", str(file), "--json"))
    assert all(list(row) == ["id", "kind", "heading", "text", "line_start", "line_end"] for row in rows)
    item = next(row for row in rows if row["text"] == "Name a guest.")
    assert (item["kind"], item["heading"], item["line_start"], item["line_end"]) == ("don't", "Guests", 12, 12)
    said = [
        word for row in rows for word in f"{row['heading']} {row['text']}".replace(".", "").replace(":", "").split()
    ]
    assert not missing(words_of_markdown(POLICY), said)
    assert "Posting" in said
    assert len({row["id"] for row in rows}) == len(rows)


def test_clauses_give_the_same_ids_every_time(tmp_path: Path, capsys) -> None:
    file = tmp_path / "policy.md"
    file.write_text(POLICY, encoding="utf-8")
    assert out(capsys, "clauses", str(file), "--json") == out(capsys, "clauses", str(file), "--json")


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(POLICY.encode())))
    assert "Name a guest." in out(capsys, "clauses", "-")


def test_diff_as_json_lists_every_clause_with_its_words(tmp_path: Path, capsys) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text(POLICY, encoding="utf-8")
    new.write_text(POLICY.replace("a guest.", "a guest, a room or a table."), encoding="utf-8")
    rows = json.loads(out(capsys, "diff", str(old), str(new), "--json"))
    assert [row["change"] for row in rows] == ["unchanged", "tightened"]
    assert all(list(row) == ["clause", "change", "words"] for row in rows)
    assert rows[1]["words"] == [
        {"op": "equal", "text": "Name a guest"},
        {"op": "ins", "text": ", a room or a table"},
        {"op": "equal", "text": "."},
    ]
    assert "{+, a room or a table+}" in out(capsys, "diff", str(old), str(new)).replace(" {+", "{+")


@pytest.mark.parametrize("arguments", [("clauses", "nowhere.md"), ("diff", "-", "-"), ("clauses", ".")])
def test_what_cant_be_read_gives_two_and_a_sentence(arguments: tuple[str, ...], capsys) -> None:
    assert main(list(arguments)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.strip().endswith(".")


def test_an_empty_file_gives_two_and_a_sentence(tmp_path: Path, capsys) -> None:
    file = tmp_path / "empty.md"
    file.write_bytes(b"")
    assert main(["clauses", str(file), "--json"]) == 2
    assert "is empty" in capsys.readouterr().err
