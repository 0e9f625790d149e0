"""Bad rows among good ones: each is named with its line, and the good ones go in."""

import io
import json

import pytest

from handrail.__main__ import main
from handrail.listening.actions import import_posts
from handrail.listening.models import BadPost, Mention
from handrail.people.actions import import_people
from handrail.people.models import PeopleImportRow, Person
from handrail.people.testing import signed_in
from handrail.strategy.actions import import_goals
from handrail.strategy.models import Goal
from tests.bad_input.given import (
    BAD_FRAMES,
    BAD_GOALS,
    BAD_PEOPLE,
    BAD_POSTS,
    GOALS,
    POSTS,
    STAFF,
    among_good,
    assert_sentence,
    frame,
    rows_of_everything,
)


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
