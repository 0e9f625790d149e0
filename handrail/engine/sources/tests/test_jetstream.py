"""Jetstream lines become posts, and whatever else stands in the file is named or counted."""

import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.engine.post import BadRow, Post
from handrail.engine.sources.files import Unreadable, open_posts, read_jsonl

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MICROS = 1_783_175_888_090_631


def frame(text="Lovely stay", rkey="3k", operation="create", collection="app.bsky.feed.post", **record):
    commit = {"rev": "r", "operation": operation, "collection": collection, "rkey": rkey}
    if operation != "delete":
        commit["record"] = {"text": text, "createdAt": "2026-07-04T14:38:06.240Z", "langs": ["en-GB"], **record}
    return json.dumps({"did": "did:plc:a", "time_us": MICROS, "kind": "commit", "commit": commit}).encode()


def read(*lines, encoding=None):
    raw = b"\n".join(lines)
    reader = read_jsonl(io.BytesIO(raw.decode().encode(encoding) if encoding else raw), NOW)
    return reader, list(reader)


def test_a_created_post_is_read_with_its_address_language_and_time():
    _, [post] = read(frame(reply={"parent": {"uri": "at://x/y/z", "cid": "c"}, "root": {"uri": "at://r"}}))
    assert post.uri == "at://did:plc:a/app.bsky.feed.post/3k"
    assert (post.text, post.langs, post.platform) == ("Lovely stay", ("en",), "bluesky")
    assert post.posted_at == datetime(2026, 7, 4, 14, 38, 6, 240000, UTC)
    assert post.reply_to == "at://x/y/z"


def test_deletes_likes_updates_and_profiles_are_skipped_and_counted():
    profile = b'{"did":"did:plc:a","time_us":1,"kind":"identity","identity":{"handle":"a.example"}}'
    like = frame(collection="app.bsky.feed.like")
    reader, rows = read(frame(), frame(operation="delete"), frame(operation="update"), like, profile)
    assert [type(row) for row in rows] == [Post]
    assert reader.skipped == 4
    assert reader.lines == 5


@pytest.mark.parametrize("created", ["2099-01-01T00:00:00Z", "1987-01-01T00:00:00Z", "yesterday", "", "0000-13-40"])
def test_a_clock_nobody_can_believe_is_replaced_by_the_relays(created):
    reader, [post] = read(frame(createdAt=created))
    assert post.posted_at.year == 2026
    assert post.posted_at.month == 7
    assert reader.redated == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"did":"did:plc:a","kind":"commit"', "breaks off"),
        (b"hello", "no JSON object"),
        (b'{"id": 7, "text": "no frame"}', "has no “did”"),
        (frame().replace(b'"Lovely stay"', b"12"), "“text” holds another kind"),
        (frame().replace(b'"Lovely', b'"Lovely \xe9'), "isn’t UTF-8"),
        (b"\x00\x00\x00", "zero bytes"),
        (frame(text="x" * 30_000), "at most 20,000"),
        (frame(text="x" * (1 << 21)), "longer than 1,048,576"),
        (frame(rkey=""), "no address"),
    ],
)
def test_a_bad_line_is_named_and_its_neighbours_go_in(line, says):
    _, rows = read(frame(rkey="a"), line, frame(rkey="b"))
    assert [type(row) for row in rows] == [Post, BadRow, Post]
    assert rows[1].line == 2
    assert says in rows[1].reason


def test_control_characters_and_lone_surrogates_never_reach_a_post():
    _, [post] = read(frame(text="a\x00b\x07c").replace(b"Lovely", b"Lovely"))
    assert post.text == "a b c"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_other_encodings_are_read_too(encoding):
    _, rows = read(frame(text="Olá, çedilha"), frame(rkey="b"), encoding=encoding)
    assert [row.text for row in rows] == ["Olá, çedilha", "Lovely stay"]


@pytest.mark.parametrize(
    ("raw", "says"), [(b"", "empty"), (b"\n \n", "empty"), (b"PK\x03\x04rest", "workbook"), (b"\x1f\x8bzz", "gzip")]
)
def test_a_file_that_is_none_is_refused_with_a_sentence(raw, says):
    with pytest.raises(Unreadable, match=says):
        open_posts(io.BytesIO(raw))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(st.binary(max_size=60), st.text(max_size=30).map(lambda t: frame(text=t))), max_size=12))
def test_every_line_is_a_post_a_bad_row_or_counted_whatever_it_holds(lines):
    raw = b"\n".join([frame(), *(line.replace(b"\n", b" ").replace(b"\r", b" ") for line in lines)])
    reader = read_jsonl(io.BytesIO(raw), NOW)
    rows = list(reader)
    blank = sum(1 for line in raw.split(b"\n") if not line.strip())
    assert len(rows) + reader.skipped + blank == len(raw.split(b"\n"))
