"""What the tests of bad input share: good and bad files, what counts as a sentence, and rows counted."""

import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

from django.apps import apps
from docx import Document as Word

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


def rows_of_everything() -> dict[str, int]:
    """How many rows each of our tables holds, sign-ins aside."""
    rooms = ("kernel", "people", "vetting", "strategy", "policy", "listening")
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


def unescaped(text: str) -> str:
    return text.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&").strip()


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


def frame(text: str, key: str) -> str:
    record = {"text": text, "createdAt": "2026-07-04T07:38:06Z", "langs": ["en"]}
    commit = {"operation": "create", "collection": "app.bsky.feed.post", "rkey": key, "record": record}
    return json.dumps({"did": "did:plc:a", "time_us": 1_783_175_888_090_631, "kind": "commit", "commit": commit})


MANY = {
    "people": STAFF + "".join(f"{n},Person {n},p{n}@h.example,,Head,IT,IE,en,2020-01-01\n" for n in range(1000, 3000)),
    "goals": GOALS + "".join(f"k{n},Guests return {'x' * 200} {n},Guests,,,\n" for n in range(400)),
    "posts": POSTS + "".join(f'{n},2026-07-01 10:05,"The lift {n} {"again " * 40}",en\n' for n in range(900)),
    "policy": "# Post\n\n" + "\n\n".join(f"You must ask person {n} first, {'always ' * 30}." for n in range(300)),
}

FULL = r"disk is full, so nothing was changed"


def run_handrail(home: Path, *words: str, **given) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "HANDRAIL_HOME": str(home), "HANDRAIL_DATABASE_URL": "", "HANDRAIL_LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-m", "handrail", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False, **given)


def counts_in(home: Path) -> dict[str, int]:
    with sqlite3.connect(home / "handrail.sqlite3") as found:
        names = [name for (name,) in found.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: found.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
