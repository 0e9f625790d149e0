"""The verb `match`: ids out, bad queries and bad rows answered."""

import io
import json
import sys
from pathlib import Path

import pytest

from handrail.__main__ import main


def event(key: str, text: str, lang: str = "en") -> str:
    record = {"$type": "app.bsky.feed.post", "createdAt": "2026-01-01T00:00:00Z", "langs": [lang], "text": text}
    commit = {"operation": "create", "collection": "app.bsky.feed.post", "rkey": key, "cid": "c", "rev": "1"}
    return json.dumps(
        {"did": "did:plc:a", "time_us": 1767225600000000, "kind": "commit", "commit": {**commit, "record": record}}
    )


@pytest.fixture
def posts(tmp_path: Path) -> str:
    path = tmp_path / "posts.jsonl"
    lines = [event("1", "The room was dirty"), event("2", "Zimmer dirty", "de"), "{broken", event("3", "lovely room")]
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_ids_of_matching_posts_stand_one_a_line(posts: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "room OR lang:de", posts]) == 0
    printed = capsys.readouterr()
    assert printed.out.split() == [f"at://did:plc:a/app.bsky.feed.post/{key}" for key in "123"]
    assert printed.err.startswith("Line 3: ")


def test_json_is_one_array_of_strings(posts: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "dirty AND NOT lang:de", posts, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == ["at://did:plc:a/app.bsky.feed.post/1"]


def test_no_match_is_a_finding_only_when_strict(posts: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "unheard", posts]) == 0
    assert main(["match", "unheard", posts, "--strict"]) == 1
    assert main(["match", "room", posts, "--strict"]) == 0
    assert main(["match", "unheard", posts, "--json"]) == 0
    assert capsys.readouterr().out.endswith("[]\n")


def test_a_csv_keeps_long_ids_as_they_stand(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = b'tweet_id,body\n570306133677760513,"dirty, old room"\n2,clean\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(table)))
    assert main(["match", "room", "-", "--id-column", "tweet_id", "--text-column", "body", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == ["570306133677760513"]


@pytest.mark.parametrize(
    ("query", "code", "place"),
    [
        ("AND room", "E008", 1),
        ("room AND (dirty", "E005", 10),
        ("NOT room", "E024", 1),
        ("", "E001", 1),
        ("*", "E012", 1),
    ],
)
def test_a_bad_query_gives_code_place_and_sentence(
    posts: str, query: str, code: str, place: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["match", query, posts]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"{code} at character {place}: ")
    assert "^" in printed.err


def test_a_bad_query_is_told_to_programs_too(posts: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "room AND", posts, "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert (told["code"], told["position"], told["end"]) == ("E009", 5, 8)


@pytest.mark.parametrize("query", ["room " * 10_000, "x" * 1_000_000, "(" * 60 + "a", "\udcff", "\0", "🏴\u200d"])
def test_a_hostile_query_is_answered(posts: str, query: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", query, posts]) in (0, 2)
    assert len(capsys.readouterr().err) < 2_000


def test_a_doubtful_query_is_warned_about_beside_its_matches(posts: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "lovely room", posts]) == 0
    printed = capsys.readouterr()
    assert printed.out.split() == ["at://did:plc:a/app.bsky.feed.post/3"]
    assert printed.err.startswith("W001 at character 8: ")


def test_explain_shows_how_the_query_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "room OR spa AND dirty", "--explain"]) == 0
    assert capsys.readouterr().out.splitlines()[:3] == ["room OR (spa AND dirty)", "", "any of these:"]
    assert main(["match", "room OR spa", "--explain", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["query"] == "room OR spa"


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "room"]) == 2
    assert main(["match", "room", "/nowhere.csv"]) == 2
    assert "/nowhere.csv can't be read" in capsys.readouterr().err
