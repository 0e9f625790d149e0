"""Bringing goals in from a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.kernel.errors import BadInput, Refused
from handrail.people.testing import cast, signed_in
from handrail.strategy.actions import import_goals
from handrail.strategy.goal_rows import read_goals
from handrail.strategy.models import Goal

FILE = b"""key,goal,theme,owner,start,end
return,Guests come back,Guests,ana@example.org,2026-01-01,31/12/2026
work,People want to work here,People,nobody@example.org,,
harm,We do no harm,Trust,,2026-05-01,2026-04-01
,,,,,
late,A goal with a wrong date,Trust,,soon,
"""


@pytest.mark.django_db
def test_good_rows_go_in_and_bad_rows_say_why() -> None:
    people = cast()
    report = import_goals(FILE, "goals.csv", by=people.ana)
    assert [row.key for row in report.new] == ["return"]
    assert [bad.line for bad in report.held_back] == [3, 4, 6]
    assert "nobody@example.org" in report.held_back[0].reason
    assert "ends before it starts" in report.held_back[1].reason
    assert "not a date" in report.held_back[2].reason
    assert Goal.objects.get().owner == people.ana


@pytest.mark.django_db
def test_the_same_file_twice_changes_nothing() -> None:
    people = cast()
    import_goals(FILE, "goals.csv", by=people.ana)
    again = import_goals(FILE, "goals.csv", by=people.ana)
    assert (len(again.new), len(again.changed), again.unchanged) == (0, 0, 1)


@pytest.mark.django_db
def test_a_dry_run_writes_nothing_and_shows_the_difference() -> None:
    people = cast()
    assert len(import_goals(FILE, "goals.csv", by=people.ana, dry_run=True).new) == 1
    assert not Goal.objects.exists()
    import_goals(FILE, "goals.csv", by=people.ana)
    changed = FILE.replace(b"Guests come back", b"Guests come back twice")
    report = import_goals(changed, "goals.csv", by=people.ana, dry_run=True)
    assert report.changed[0][1] == (("statement", "Guests come back", "Guests come back twice"),)
    assert Goal.objects.get().statement == "Guests come back"


@pytest.mark.django_db
def test_an_employee_brings_nothing_in() -> None:
    with pytest.raises(Refused):
        import_goals(FILE, "goals.csv", by=cast().dev)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"PK\x03\x04rest", "is a workbook"),
        (b"name,owner\nx,y\n", "no column for the goal"),
        (b"goal\n\x00\x01\n", "not text"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(raw: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_goals(raw, "goals.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_accents_survive_every_usual_encoding(encoding: str) -> None:
    rows, bad = read_goals("goal,theme\nGäste kommen gern zurück,Gäste\n".encode(encoding), "goals.csv")
    assert not bad
    assert rows[0].statement == "Gäste kommen gern zurück"


def test_an_open_quote_costs_its_own_line_and_no_other() -> None:
    rows, bad = read_goals(b'goal,theme\nGood one,x\nBad,"never closed\nGood two,x\n', "goals.csv")
    assert [(row.line, row.statement) for row in rows] == [(2, "Good one"), (4, "Good two")]
    assert [(each.line, "never closed" in each.reason) for each in bad] == [(3, True)]


def test_a_goal_written_over_two_lines_is_one_row() -> None:
    rows, bad = read_goals(b'goal,theme\n"Guests\nreturn",x\nGood two,x\n', "goals.csv")
    assert [(row.line, row.statement) for row in rows] == [(2, "Guests return"), (4, "Good two")]
    assert not bad


@given(st.binary(max_size=400))
@settings(deadline=None, max_examples=200)
def test_any_bytes_give_rows_or_a_sentence(raw: bytes) -> None:
    try:
        rows, bad = read_goals(b"goal\n" + raw, "goals.csv")
    except BadInput as refusal:
        assert refusal.sentence
        return
    assert all(row.statement and row.key for row in rows)
    assert all(each.reason for each in bad)


@pytest.mark.django_db
def test_the_page_looks_first_lets_the_text_be_mended_and_then_puts_it_in() -> None:
    client = signed_in(cast().ana)
    seen = client.post("/goals/import", {"file": SimpleUploadedFile("goals.csv", FILE), "put_in": "on"})
    assert not Goal.objects.exists(), "a file that was only just chosen writes nothing"
    page = seen.content.decode()
    assert "1 goal would be new" in page
    assert "nobody@example.org" in page
    mended = FILE.decode().replace("nobody@example.org", "ana@example.org")
    said = client.post("/goals/import", {"text": mended, "name": "goals.csv", "put_in": "on"})
    assert Goal.objects.count() == 2
    assert "2 went in, 2 wait to be mended" in said.content.decode()


@pytest.mark.django_db
def test_columns_that_are_not_read_are_named() -> None:
    report = import_goals(b"goal,Status,Cost\nGuests come back,red,9\n", "goals.csv", by=cast().ana, dry_run=True)
    assert report.left_out == ("Status", "Cost")
