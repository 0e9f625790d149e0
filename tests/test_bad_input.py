"""Bad input of any kind, by page, API and command: a sentence that says what, where and how; good rows still go in."""

import io
import json
import os
import re
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from docx import Document as Word

from handrail.__main__ import main
from handrail.kernel.errors import BadInput, Refusal
from handrail.kernel.models import JournalEntry
from handrail.listening.actions import import_posts, save_topic
from handrail.listening.models import BadPost, Mention, Topic
from handrail.people.actions import import_people, set_audience
from handrail.people.models import PeopleImportRow, Person
from handrail.people.testing import Cast, cast, signed_in
from handrail.policy.actions import entrust, import_policy, publish
from handrail.policy.models import Policy, Version
from handrail.policy.testing import published
from handrail.strategy.actions import GoalText, import_goals, set_goal
from handrail.strategy.models import Goal

STAFF = "Staff no,Name,E-mail,Line manager e-mail,Place,Function,Country,Language,Start\n"
GOALS = "key,goal,theme,owner,start,end\n"
POSTS = "id,date,text,lang\n"
POLICY = "# Post\n\nDon’t name a guest in a café.\n"
ROWS = {
    "people": STAFF + "21,Zoë Faherty,zoe@h.example,,Head,IT,IE,en,2020-01-01\n",
    "goals": GOALS + "stay,Guests stay a café longer,Guests,,2026-01-01,2026-12-31\n",
    "posts": POSTS + "1,2026-07-01 10:05,The café lift is broken again,en\n",
    "policy": POLICY,
}
ENDING = {"people": "csv", "goals": "csv", "posts": "csv", "policy": "md"}
KINDS = list(ROWS)
UPLOADS = {
    "people": ("/people/import", {}),
    "goals": ("/goals/import", {}),
    "posts": ("/listening/import", {}),
    "policy": ("/policies/import", {"keep": "yes"}),
}
DOORS = {
    "people": "/api/v1/people/import",
    "goals": "/api/v1/goals/import",
    "posts": "/api/v1/posts/import",
    "policy": "/api/v1/policies/import",
}
# Words by which a sentence tells its reader what to do.
MENDS = re.compile(
    r"\b(Save|Choose|Write|Split|Type|Close|Add|Remove|Give|Export|Unpack|Bring|Name|Check|Leave|Look|Ask|Open|Take|"
    r"Keep|Make|Stop|Shorten|Put|Drop|Match|Mend|Start|send|must|needs?|Set|Type|Use|Send|choose|join|check|give)\b"
)
GIBBERISH = re.compile(r"Traceback|Error\b|Exception|<class|\bNone\b|codec can't|line \d+, in |0x[0-9a-f]{6}")


@pytest.fixture
def who(db) -> Cast:
    return cast()


def rows_of_everything() -> dict[str, int]:
    """How many rows each of our tables holds, sign-ins aside."""
    rooms = ("kernel", "people", "strategy", "policy", "listening")
    models = [model for room in rooms for model in apps.get_app_config(room).get_models()]
    return {model.__name__: model.objects.count() for model in models if model.__name__ not in {"SignIn", "SignInTry"}}


def assert_sentence(text: str, *parts: str) -> None:
    """Short, whole, without a programmer's words, and telling what to do."""
    assert text == text.strip()
    assert "\n" not in text
    assert 20 < len(text) < 400, text
    assert text[-1] in ".”", text
    assert not GIBBERISH.search(text), text
    assert MENDS.search(text), f"This doesn't say how to mend it: {text}"
    for part in parts:
        assert re.search(part, text), f"{text!r} doesn't say {part!r}"


def docx(**parts: bytes) -> bytes:
    """A Word file, with parts of it exchanged or added: word__document_xml is word/document.xml."""
    plain, out = io.BytesIO(), io.BytesIO()
    word = Word()
    word.add_paragraph("Be kind.")
    word.save(plain)
    wanted = {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()}
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in wanted:
                new.writestr(entry.filename, old.read(entry))
        for name, part in wanted.items():
            new.writestr(name, part)
    return out.getvalue()


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'

WHOLE_FILES = [
    *[(kind, f"empty.{ENDING[kind]}", b"", "empty") for kind in KINDS],
    *[(kind, f"blank.{ENDING[kind]}", b" \r\n\n\t", "empty") for kind in KINDS],
    *[(kind, f"bom.{ENDING[kind]}", b"\xef\xbb\xbf", "empty") for kind in KINDS],
    *[(kind, f"book.{ENDING[kind]}", b"PK\x03\x04" + b"\0" * 60, "workbook|damaged") for kind in KINDS],
    *[
        (kind, f"cut.{ENDING[kind]}", (ROWS[kind] * 2).encode("utf-16")[:-1], "")
        for kind in ("people", "goals", "policy")
    ],
    *[(kind, f"zeros.{ENDING[kind]}", b"a,b\0\0\0c\n" * 50, "") for kind in KINDS],
    ("people", "other.csv", b"colour,shape\nred,round\n", "staff number"),
    ("goals", "other.csv", b"colour,shape\nred,round\n", "no column for the goal"),
    ("posts", "other.csv", b"colour,shape\nred,round\nblue,square\n", "text|date"),
    ("policy", "headings.md", b"# Only\n\n## Headings\n", "no clause"),
    ("policy", "bell.md", b"# Post\n\nBe \x07kind.\n", r"Line 3 .*U\+0007"),
    ("policy", "laughs.docx", docx(word__document_xml=LAUGHS), "entities"),
    ("policy", "outside.docx", docx(word__document_xml=OUTSIDE), "entities"),
    ("policy", "styles.docx", docx(word__styles_xml=OUTSIDE), "entities"),
    ("policy", "bomb.docx", docx(word__media__big_bin=b"\0" * 60_000_000), "unpacks to"),
    ("policy", "cut.docx", docx()[:2000], "damaged"),
    ("policy", "broken.docx", docx(word__document_xml=b"<w:document"), "not well-formed"),
    ("policy", "large.md", b"x" * (20 * 1024 * 1024 + 1), "20"),
    ("people", "large.csv", STAFF.encode() + b"x" * (64 * 1024 * 1024), "64 MB"),
]
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


def unescaped(text: str) -> str:
    return text.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&").strip()


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


LONG = "x" * 1_000_000
BAD_PEOPLE = [
    ("55,Doubled,double@h.example,,Head,IT,IE,en,2020-01-01", "same staff number as line 4"),
    ("55,Doubled Too,double.too@h.example,,Head,IT,IE,en,2020-01-01", "same staff number as line 3"),
    ("6,Wrong Day,six@h.example,,Head,IT,IE,en,31/02/2020", "29 days"),
    ("7,Too Early,seven@h.example,,Head,IT,IE,en,01/01/0800", "year 800"),
    ("8,Too Late,eight@h.example,,Head,IT,IE,en,9999-12-31", "year 9999"),
    ("9,Bell \x07Rung,nine@h.example,,Head,IT,IE,en,2020-01-01", r"U\+0007"),
    ("10,Turned \u202eRound,ten@h.example,,Head,IT,IE,en,2020-01-01", r"U\+202E"),
    ("11,No Address,not-an-address,,Head,IT,IE,en,2020-01-01", "no e-mail address"),
    ("12,too,many,cells,a,b,c,d,e,f,g,h,i", "13 cells"),
    ("13,few", "2 cells"),
    (",No Number,nn@h.example,,Head,IT,IE,en,2020-01-01", "staff number is missing"),
    (f"14,{LONG},x@h.example,,Head,IT,IE,en,2020-01-01", "1,000,042 characters"),
    ('15,"Never closed,o@h.example,,Head,IT,IE,en,2020-01-01', "never closed"),
    ("16,Unled,b@h.example,nobody@h.example,Head,IT,IE,en,2020-01-01", "neither in the file"),
]
BAD_GOALS = [
    ("early,From long ago,Guests,,0800-01-01,2026-12-31", "0800-01-01"),
    ("late,For all time,Guests,,2026-01-01,9999-12-31", "9999-12-31"),
    ("never,On no day,Guests,,2026-02-31,2026-12-31", "2026-02-31"),
    ("turned,Ends first,Guests,,2026-12-31,2026-01-01", "ends before"),
    ("first,The same key,Guests,,2026-01-01,2026-12-31", "stands on line 2 too"),
    ("empty,,Guests,,2026-01-01,2026-12-31", "goal is missing"),
    ("bell,Ring the \x07bell,Guests,,2026-01-01,2026-12-31", r"U\+0007"),
    ("unowned,Owned by nobody,Guests,nobody@h.example,2026-01-01,2026-12-31", "Nobody here"),
    (f"long,{LONG},Guests,,2026-01-01,2026-12-31", "1,000,0|longer"),
    ('open,"Never closed,Guests,,2026-01-01,2026-12-31', "[Qq]uot"),
]
BAD_POSTS = [
    ("2,2026-07-02,,en", "text is empty"),
    ("3,never,words,en", "isn’t a date"),
    ("4,0800-01-01,words of long ago,en", "out of range"),
    ("5,9999-12-31,words of some day,en", "out of range"),
    ("6,2026-07-02,too few", "3 cells"),
    ("7,2026-07-02,one,too,many", "5 cells"),
    ("first,2026-07-03,twice,en", "same post as line 2"),
    (f"8,2026-07-02,{LONG},en", "characters"),
    ('9,2026-07-02,"never closed,en', "quotation mark"),
]
BAD_FRAMES = [
    ("{", "breaks off|malformed"),
    ("not json at all", "no JSON object"),
    ("[1, 2]", "no JSON object"),
    ('{"did": 5}', "did"),
    ('{"did":"did:plc:a","time_us":1,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"k","record":{"createdAt":"2026-07-04T00:00:00Z"}}}', "text"),
    ("{" + '"a":' * 100_000 + "1" + "}" * 100_000, "JSON|nested|malformed"),
    ('{"x":"' + "y" * 1_100_000 + '"}', "longer than"),
    ("\x07\x07\x07", "no JSON object"),
]  # fmt: skip


def among_good(head: str, first: str, bad: list[tuple[str, str]], last: str) -> bytes:
    return (head + "\n".join([first, *(row for row, _ in bad), last]) + "\n").encode()


def assert_each_named(found: list[tuple[int, str]], bad: list[tuple[str, str]], start: int = 3) -> None:
    """Every bad row is named once, by its line, with a sentence that says what is wrong and how to mend it."""
    assert [line for line, _ in found] == list(range(start, start + len(bad)))
    for (_, reason), (_, said) in zip(found, bad, strict=True):
        assert_sentence(reason, said)


def test_good_people_go_in_and_each_bad_row_is_named_with_its_line(who) -> None:
    first = "5,Good Five,five@h.example,ana@example.org,Head,IT,IE,en,2020-01-01"
    last = "99,Good Last,last@h.example,,Head,IT,IE,en,2020-01-01"
    done = import_people(among_good(STAFF, first, BAD_PEOPLE, last), "staff.csv", by=who.ana)
    assert_each_named([(bad.line, f"{bad.wrong} {bad.mend}") for bad in done.bad], BAD_PEOPLE)
    assert set(Person.objects.filter(joined_in__isnull=False).values_list("staff_number", flat=True)) == {"5", "99"}
    assert PeopleImportRow.objects.count() == len(BAD_PEOPLE)
    page = signed_in(who.ana).get(f"/people/import/{done.key}")
    assert page.status_code == 200
    assert "never closed" in page.content.decode()


def test_good_goals_go_in_and_each_bad_row_is_named_with_its_line(who) -> None:
    first, last = "first,Guests return,Guests,,2026-01-01,2026-12-31", "last,Nobody is hurt,Care,,2026-01-01,2026-12-31"
    done = import_goals(among_good(GOALS, first, BAD_GOALS, last), "goals.csv", by=who.ana)
    assert_each_named([(bad.line, bad.reason) for bad in done.held_back], BAD_GOALS)
    assert set(Goal.objects.values_list("key", flat=True)) == {"first", "last"}


def test_good_posts_go_in_and_each_bad_row_of_a_table_is_named_with_its_line(who) -> None:
    first, last = "first,2026-07-01,The lift again,en", "last,2026-07-05,Lovely stay,en"
    done = import_posts(io.BytesIO(among_good(POSTS, first, BAD_POSTS, last)), "posts.csv", by=who.ana)
    assert_each_named([(bad.line, bad.reason) for bad in done.bad_rows], BAD_POSTS)
    assert done.new == Mention.objects.count() == 2
    assert BadPost.objects.count() == len(BAD_POSTS)


def frame(text: str, key: str) -> str:
    record = {"text": text, "createdAt": "2026-07-04T07:38:06Z", "langs": ["en"]}
    commit = {"operation": "create", "collection": "app.bsky.feed.post", "rkey": key, "record": record}
    return json.dumps({"did": "did:plc:a", "time_us": 1_783_175_888_090_631, "kind": "commit", "commit": commit})


def test_good_posts_go_in_and_each_bad_line_of_jsonl_is_named(who) -> None:
    raw = among_good("", frame("The lift again", "a"), BAD_FRAMES, frame("Lovely \x07stay", "b"))
    done = import_posts(io.BytesIO(raw), "posts.jsonl", by=who.ana)
    assert_each_named([(bad.line, bad.reason) for bad in done.bad_rows], BAD_FRAMES, start=2)
    assert set(Mention.objects.values_list("text", flat=True)) == {"The lift again", "Lovely  stay"}


@pytest.mark.parametrize(
    ("kind", "raw", "lines"),
    [
        (
            "people",
            among_good(STAFF, "5,Good,five@h.example,,Head,IT,IE,en,2020-01-01", BAD_PEOPLE, ""),
            len(BAD_PEOPLE),
        ),
        ("goals", among_good(GOALS, "first,Guests return,Guests,,,", BAD_GOALS, ""), len(BAD_GOALS)),
        ("posts", among_good(POSTS, "first,2026-07-01,The lift again,en", BAD_POSTS, ""), len(BAD_POSTS)),
    ],
)
@pytest.mark.parametrize("dry", [True, False])
def test_the_command_lists_bad_rows_and_a_dry_run_writes_nothing(who, tmp_path, capsys, kind, raw, lines, dry) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(raw)
    before = rows_of_everything()
    assert main(["import", kind, str(path), "--json", *(["--dry-run"] if dry else [])]) == 0
    report = json.loads(capsys.readouterr().out)
    assert len(report["bad_rows"]) == lines
    assert report["new"] == 1
    for bad in report["bad_rows"]:
        assert bad["line"] >= 3
        assert_sentence(bad["reason"])
    assert (rows_of_everything() == before) is dry


CIRCLE = (
    STAFF
    + "1,Ada One,ada@h.example,bea@h.example,Head,IT,IE,en,2020-01-01\n"
    + "2,Bea Two,bea@h.example,cy@h.example,Head,IT,IE,en,2020-01-01\n"
    + "3,Cy Three,cy@h.example,ada@h.example,Head,IT,IE,en,2020-01-01\n"
    + "4,Self Four,self@h.example,self@h.example,Head,IT,IE,en,2020-01-01\n"
)


def test_a_circle_of_line_managers_goes_in_without_the_circle(who, tmp_path, capsys) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(CIRCLE)
    assert main(["import", "people", str(path)]) == 0
    said = capsys.readouterr().out
    for person in Person.objects.filter(joined_in__isnull=False):
        seen, current = set(), person
        while current is not None:
            assert current.pk not in seen, "the org chart runs in a circle"
            seen.add(current.pk)
            current = current.line_manager
    assert Person.objects.filter(joined_in__isnull=False).count() == 4
    assert "circle" in said
    assert "their own line manager" in said
    for line in (2, 3, 4, 5):
        assert f"line {line}:" in said


SCRIPTED = """<!doctype html><html><head><title>Post</title><style>p{color:red}</style></head><body onload="alert(1)">
<h1>Post <img src=x onerror=alert(2)></h1><script>alert('nor me')</script>
<p onclick="alert(3)">Ask <a href="javascript:alert(4)">first</a>.</p>
<p>Write &lt;script&gt;alert(5)&lt;/script&gt; in a post.</p><iframe src="//evil.example"></iframe></body></html>"""
SCRIPTED_MARKDOWN = """# Post <script>alert(1)</script>

Ask <img src=x onerror=alert(2)> [first](javascript:alert(4)).

<script>alert('nor me')</script>

Write `<script>alert(5)</script>` in a post, <b onclick=alert(6)>boldly</b>.
"""


@pytest.mark.parametrize(("name", "text"), [("post.html", SCRIPTED), ("post.md", SCRIPTED_MARKDOWN)])
def test_scripts_in_a_policy_are_never_markup_on_any_of_its_pages(who, name, text) -> None:
    report = import_policy(text.encode(), name, title="Post", by=who.ana)
    published(report.version, who)
    later = import_policy(
        text.replace("boldly", "so").replace("Ask", "Always ask").encode(), name, title="Post", by=who.ana
    )
    client = signed_in(who.ana)
    looked = client.post(
        "/policies/import", {"file": SimpleUploadedFile(name, text.replace("Ask", "Do").encode()), "title": "Post"}
    )
    pages = [looked] + [
        client.get(f"/policies/{end}")
        for end in ("", "post", "post/1", "post/1/review", f"post/{later.version.number}/review", "post/history", "post/1/text.html")
    ]  # fmt: skip
    for page in pages:
        assert page.status_code == 200
        shown = page.content.decode()
        assert "alert(" not in "".join(re.findall(r"<script.*?</script>|<style.*?</style>", shown, re.S))
        assert not re.search(r"<[^>]*\son\w+\s*=", shown)
        assert not re.search(r"(?:href|src)\s*=\s*[\"']?(?:javascript:|//evil|x[\s>])", shown)
        assert "<iframe" not in shown


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


DEEP = {
    "fifty-one brackets": ("(" * 51 + "lift" + ")" * 51, "E003"),
    "fifty-one nots": ("lift AND " + "NOT " * 51 + "hotel", "E003"),
    "a hundred thousand brackets": ("(" * 100_000, "E002|longer than"),
    "a megabyte of words": ("lift OR " * 125_000 + "lift", "E002|longer than"),
    "a megabyte in one word": ("x" * 1_000_000, "E002|longer than"),
    "never closed": ('lift AND "late', "E007"),
    "only control characters": ("\x07\x08", "E0|hidden character"),
}


@pytest.mark.parametrize("why", DEEP)
def test_a_query_too_deep_or_too_long_gets_its_code_and_a_sentence(who, why) -> None:
    query, said = DEEP[why]
    before, began = rows_of_everything(), time.perf_counter()
    with pytest.raises(BadInput) as refusal:
        save_topic(None, name="Lifts", query=query, purpose="Mend them", by=who.gil)
    assert_sentence(refusal.value.sentence, said)
    for address in ("/listening/topics/new", "/listening/topics/preview"):
        response = signed_in(who.gil).post(address, {"name": "Lifts", "query": query, "purpose": "Mend them"})
        assert response.status_code in {200, 422}
        assert re.search(said, response.content.decode())
    asked = json.dumps({"name": "Lifts", "query": query, "purpose": "Mend them"})
    response = signed_in(who.gil).post("/api/v1/topics", asked, content_type="application/json")
    assert response.status_code == 422
    assert_sentence(response.json()["sentence"], said)
    assert rows_of_everything() == before
    assert time.perf_counter() - began < 5


def test_a_query_exactly_fifty_levels_deep_is_read(who) -> None:
    topic = save_topic(None, name="Lifts", query="(" * 50 + "lift" + ")" * 50, purpose="Mend them", by=who.gil)
    assert Topic.objects.get() == topic
    import_posts(io.BytesIO(ROWS["posts"].encode()), "posts.csv", by=who.gil)
    assert topic.mentions.count() == 1


@pytest.mark.parametrize("why", DEEP)
def test_the_command_match_refuses_such_a_query(tmp_path, capsys, why) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text(frame("The lift", "a"))
    assert main(["match", DEEP[why][0], str(path)]) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert re.search(r"E0\d\d", out.err)
    assert "Traceback" not in out.err


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1066-10-14"])
def test_a_day_out_of_range_is_refused_where_a_day_is_typed(who, day) -> None:
    client = signed_in(who.ana)
    policy = import_policy(POLICY.encode(), "p.md", by=who.ana).policy
    before = rows_of_everything()
    tried = [
        client.post("/goals/new", {"statement": "Guests return", "starts_on": day}),
        client.post("/goals/new", {"statement": "Guests return", "ends_on": day}),
        client.post(f"/policies/{policy.key}/1/publish", {"effective_on": day}),
        client.post(f"/policies/{policy.key}/owner", {"review_by": day}),
        client.post("/api/v1/goals", json.dumps({"statement": "Guests return", "ends_on": day}), content_type="application/json"),
        client.post(f"/api/v1/policies/{policy.key}/1/publish?effective_on={day}"),
        client.post(f"/policies/{policy.key}/1/publish", {"effective_on": day}),
    ]  # fmt: skip
    assert [response.status_code for response in tried] == [422] * len(tried)
    assert rows_of_everything() == before
    assert Version.objects.get().state == Version.State.DRAFT
    assert Policy.objects.get().review_by is None


def test_days_out_of_range_are_refused_by_the_verbs_themselves(who) -> None:
    from_long_ago = Goal(starts_on=None)._meta.get_field("starts_on").to_python("0001-01-01")
    policy = import_policy(POLICY.encode(), "p.md", by=who.ana).policy
    for deed in (
        lambda: set_goal(GoalText("Guests return", starts_on=from_long_ago), by=who.ana),
        lambda: publish(Version.objects.get(), by=who.ana, effective_on=from_long_ago),
        lambda: entrust(policy, owner=None, contact="", review_by=from_long_ago, by=who.ana),
    ):
        with pytest.raises(BadInput) as refusal:
            deed()
        assert_sentence(refusal.value.sentence)


def test_a_span_longer_than_time_itself_is_refused_in_an_audience(who) -> None:
    for months in ("99999999999999999999", "-5", "many", "1e9"):
        rule = {"join": "all", "lines": [{"field": "tenure", "op": "at_least", "value": [months]}]}
        with pytest.raises(Refusal) as refusal:
            set_audience("Old hands", rule, by=who.ana)
        assert_sentence(refusal.value.sentence)


NASTY = (
    "\x00",
    "a\x00b\x07",
    "-1",
    "9" * 30,
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "0001-01-01",
    "9999-12-31",
    "²",
    "٣",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe",
    "%s%n{0}{{1}}",
    "' OR 1=1 --",
    "x" * 5000,
)
ADDRESSES = {
    "/": "show day",
    "/find": "q",
    "/history": "day",
    "/journal": "code words since until before",
    "/journal.csv": "code since",
    "/people": "q show function country after page",
    "/people/roles": "person show",
    "/policies/post/1/review": "against",
    "/goals/": "show",
    "/listening/": "topic span show since until mark",
    "/listening/more": "mark",
    "/listening/since": "after topic",
    "/listening/posts.csv": "since until",
    "/api/v1/people": "q after function",
    "/api/v1/posts": "topic sentiment mark",
    "/sign-in": "next",
}


@pytest.mark.parametrize("nasty", NASTY, ids=lambda value: ascii(value)[:24])
def test_nothing_in_an_address_breaks_a_page(who, nasty) -> None:
    import_policy(POLICY.encode(), "p.md", by=who.ana)
    import_posts(io.BytesIO(ROWS["posts"].encode()), "posts.csv", by=who.ana)
    client = Client(raise_request_exception=False)
    client.force_login(who.ana)
    broken = []
    for page, names in ADDRESSES.items():
        for name in names.split():
            status = client.get(page, {name: nasty}).status_code
            if status >= 500:
                broken.append(f"{page}?{name}= answered {status}")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/sign-in", {"username": "ana@example.org\x00", "password": "a\x00b"}),
        ("/password/new", {"email": "ana\x00@example.org"}),
        ("/goals/new", {"statement": "Guests\x00 return"}),
        ("/goals/new", {"statement": "Ring the \x07bell"}),
        ("/policies/import", {"text": "# Post\n\nBe \x00kind.", "keep": "yes"}),
        ("/policies/import", {"text": "# Post\n\nBe \x07kind.", "keep": "yes"}),
        ("/listening/topics/new", {"name": "Li\x00fts", "query": "lift\x00", "purpose": "Mend\x00"}),
        ("/listening/topics/preview", {"query": "lift\x00"}),
        ("/people/roles/give", {"person": "\x00", "role": "\x00"}),
        ("/people/audiences/new", {"name": "All\x00"}),
        ("/account", {"language": "\x00"}),
    ],
)
def test_control_characters_in_a_form_break_nothing_and_go_nowhere(who, address, fields) -> None:
    client = Client(raise_request_exception=False) if address in {"/sign-in", "/password/new"} else signed_in(who.ana)
    before = rows_of_everything()
    response = client.post(address, fields)
    assert response.status_code < 500
    assert rows_of_everything() == before


@pytest.mark.parametrize(
    "body", ["{", "[]", "null", '{"statement": 5}', '{"statement": "x", "starts_on": "never"}', "\x00"]
)
def test_a_body_the_api_cant_read_gets_a_sentence(who, body) -> None:
    before = rows_of_everything()
    response = signed_in(who.ana).post("/api/v1/goals", body, content_type="application/json")
    assert response.status_code in {400, 422}
    assert_sentence(response.json()["sentence"])
    assert rows_of_everything() == before


# A full disk.


@pytest.fixture
def full_disk(transactional_db) -> Iterator[Cast]:
    """The cast in a database that may not grow by more than a few pages."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite can be told how far it may grow")
    people = cast()
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 3}")
        yield people
        cursor.execute("PRAGMA max_page_count = 1073741823")


MANY = {
    "people": STAFF + "".join(f"{n},Person {n},p{n}@h.example,,Head,IT,IE,en,2020-01-01\n" for n in range(1000, 3000)),
    "goals": GOALS + "".join(f"k{n},Guests return {'x' * 200} {n},Guests,,,\n" for n in range(400)),
    "posts": POSTS + "".join(f'{n},2026-07-01 10:05,"The lift {n} {"again " * 40}",en\n' for n in range(900)),
    "policy": "# Post\n\n" + "\n\n".join(f"You must ask person {n} first, {'always ' * 30}." for n in range(300)),
}
FULL = r"disk is full, so nothing was changed"


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


# The installed command, in processes of its own.


def run_handrail(home: Path, *words: str, **given) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "HANDRAIL_HOME": str(home), "HANDRAIL_DATABASE_URL": "", "HANDRAIL_LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-m", "handrail", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False, **given)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one governance owner."""
    place = tmp_path_factory.mktemp("home")
    done = run_handrail(place, "manage", "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    script = (
        "import django; django.setup(); from handrail.people.actions import create_first_owner as make; "
        "make('Ana Lind', 'ana@example.org', 'harbour-lantern-47-tide')"
    )
    env = {
        **os.environ,
        "HANDRAIL_HOME": str(place),
        "HANDRAIL_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "handrail.settings",
    }
    subprocess.run([sys.executable, "-c", script], env=env, check=True, timeout=60, capture_output=True)
    return place


def counts_in(home: Path) -> dict[str, int]:
    with sqlite3.connect(home / "handrail.sqlite3") as found:
        names = [name for (name,) in found.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: found.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def test_a_disk_that_takes_no_more_bytes_leaves_nothing_half_written(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text(MANY["people"])
    before = counts_in(home)
    largest = max(file.stat().st_size for file in home.glob("handrail.sqlite3*"))

    def no_more() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 40_000, largest + 40_000))

    done = run_handrail(home, "import", "people", str(path), preexec_fn=no_more)
    assert done.returncode == 2, done.stderr
    assert_sentence(done.stderr.strip(), FULL)
    assert counts_in(home) == before
    assert run_handrail(home, "verify").returncode == 0
    done = run_handrail(home, "import", "people", str(path), "--dry-run", "--json")
    assert json.loads(done.stdout)["new"] == 2000


def test_a_second_server_on_the_same_sqlite_file_is_refused(home: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "HANDRAIL_HOME": str(home), "HANDRAIL_DATABASE_URL": ""}
    first = subprocess.Popen(
        [sys.executable, "-m", "handrail", "serve", "--no-worker", "--port", str(port)],
        env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        second = run_handrail(home, "serve", "--no-worker", "--port", str(port + 1))
        assert second.returncode == 2
        assert_sentence(second.stderr.strip(), "Another server already serves", str(first.pid))
        assert first.poll() is None, "the first server goes on"
    finally:
        first.send_signal(signal.SIGTERM)
        first.wait(timeout=30)


def test_the_command_says_in_one_line_what_is_wrong_with_its_words(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(ROWS["people"])
    for words in (
        ("import", "people", str(tmp_path / "gone.csv")),
        ("import", "people", str(path), "--as", "nobody@example.org"),
        ("import", "policy", str(path.with_suffix(".none"))),
    ):
        done = run_handrail(home, *words)
        assert done.returncode == 2
        assert_sentence(done.stderr.strip())
    assert run_handrail(home, "import", "weather", str(path)).returncode == 2


# Memory is measured on the way to what follows: a 200 MB file is read as a stream, in a process that may not hold it.
READ_IT = """
import resource, sys
from handrail.engine.post import Post
from handrail.engine.sources.files import open_posts
with open(sys.argv[1], "rb") as stream:
    start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    good = bad = 0
    for row in open_posts(stream):
        if isinstance(row, Post): good += 1
        else: bad += 1
print(good, bad, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) // 1024)
"""
SIZE = 200 * 1024 * 1024


def big_file(path: Path, first: bytes, again: bytes, last: bytes = b"") -> Path:
    block = again * (1_000_000 // len(again) + 1)
    with path.open("wb") as out:
        out.write(first)
        while out.tell() < SIZE:
            out.write(block)
        out.write(last)
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "first", "again", "last", "good", "bad"),
    [
        ("likes.jsonl", frame("a", "a").encode() + b"\n", b'{"did":"did:plc:a","time_us":1783175888090631,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.like","rkey":"k","record":{"pad":"' + b"x" * 800 + b'"}}}\n', frame("b", "b").encode(), 2, 0),
        ("one-line.jsonl", frame("a", "a").encode() + b'\n{"x":"', b"y" * 1000, b'"}\n' + frame("b", "b").encode(), 2, 1),
        ("one-line.csv", POSTS.encode() + b"1,2026-07-01,The lift,en\n2,2026-07-01,", b"y" * 1000, b",en\n3,2026-07-01,Again,en\n", 2, 1),
    ],
    ids=["likes", "one line of JSONL", "one line of CSV"],
)  # fmt: skip
def test_200_megabytes_of_posts_are_read_as_a_stream(tmp_path, name, first, again, last, good, bad) -> None:
    path = big_file(tmp_path / name, first, again, last)
    assert path.stat().st_size >= SIZE
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", READ_IT, str(path)], capture_output=True, text=True, timeout=120, check=False
    )
    path.unlink()
    assert done.returncode == 0, done.stderr
    found_good, found_bad, grown = map(int, done.stdout.split())
    assert (found_good, found_bad) == (good, bad)
    assert grown < 60, f"reading grew the process by {grown} MB"
    assert time.perf_counter() - began < 20


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["people", "goals", "policy"])
def test_200_megabytes_of_anything_else_are_refused_with_their_size(home: Path, tmp_path: Path, kind: str) -> None:
    path = big_file(tmp_path / f"big.{ENDING[kind]}", ROWS[kind].encode(), b"word " * 10 + b"\n")
    before = counts_in(home)
    done = run_handrail(home, "import", kind, str(path))
    path.unlink()
    assert done.returncode == 2
    assert_sentence(done.stderr.strip(), r"200 MB|\d+ MB|more than")
    assert counts_in(home) == before


def test_nothing_above_announced_a_fact_of_its_own(who) -> None:
    """The counts above include the journal: a refused input leaves no fact."""
    assert "JournalEntry" in rows_of_everything()
    assert JournalEntry.objects.count() == 0
