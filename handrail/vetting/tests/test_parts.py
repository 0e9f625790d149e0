"""The matrix by parts of the text: one column for each part, and what its clauses add up to."""

import pytest

from handrail.people.testing import cast, signed_in
from handrail.vetting.actions import dispose, read_clauses, remark
from handrail.vetting.models import Round
from handrail.vetting.reads import by_part, matrix, part_of
from handrail.vetting.testing import opened
from handrail.vetting.text import TextClause

LONG = [
    TextClause("a", "(a)", "Our policy", "We are glad."),
    TextClause("b", "(b)", "Our policy", "In short."),
    TextClause("c", "1", "Who", "Everyone."),
    *(TextClause(f"g{n}", f"2.1({'abcd'[n]})", "Guests", f"Rule {n}.") for n in range(4)),
    TextClause("d", "2.2(a)", "Ask first", "Ask."),
    TextClause("e", "", "", "And again."),
]


@pytest.mark.parametrize(
    ("number", "part"),
    [("2.1(c)", "2.1"), ("4.1(a)(i)", "4.1"), ("5", "5"), ("(a)", ""), ("", ""), ("A1(b)", "A1"), ("Annex", "Annex")],
)
def test_a_clause_belongs_to_the_number_before_its_letter(number: str, part: str) -> None:
    assert part_of(number) == part


@pytest.mark.django_db
def test_clauses_of_one_part_stand_in_one_column_and_add_up() -> None:
    people = cast()
    round = opened(people, clauses=LONG)
    read_clauses(round, ["a", "b", "c", "g0", "g1", "d", "e"], by=people.ben)
    remark(round, by=people.ben, clause_key="g2", body="x")
    table = by_part(matrix(round))
    assert [(each.number, each.heading, each.clauses) for each in table.columns] == [
        ("Start", "Our policy", 2),
        ("1", "Who", 1),
        ("2.1", "Guests", 4),
        ("2.2", "Ask first", 2),
    ]
    legal = table.rows[0]
    assert [(each.is_read, each.remarks, each.seen) for each in legal.cells] == [
        (True, 0, 2),
        (True, 0, 1),
        (False, 1, 2),
        (True, 0, 2),
    ]
    assert (
        legal.cells[2].words == "one remark, one open; two of four clauses read" or "1 remark" in legal.cells[2].words
    )
    assert legal.cells[2].at == "g2"
    assert table.finished == 0
    assert table.hottest is not None
    assert table.hottest.number == "2.1"
    read_clauses(round, ["g2", "g3"], by=people.ben)
    assert by_part(matrix(round)).finished == 1


@pytest.mark.django_db
def test_the_desk_has_a_column_for_each_part_and_the_csv_a_line_for_each_clause() -> None:
    people = cast()
    round = opened(people, clauses=LONG)
    client = signed_in(people.eva)
    page = client.get(f"/vetting/{round.pk}/").content.decode()
    assert page.count('<th scope="col" class="col') == 4
    assert "2.1(a)" not in page.split("<tbody")[0]
    assert '<span class="vh">, 4 clauses</span>' in page or "four clauses</span>" in page
    lines = client.get(f"/vetting/{round.pk}/matrix.csv").content.decode().strip().splitlines()
    assert len(lines) == 1 + len(LONG)


@pytest.mark.django_db
def test_what_is_typed_never_becomes_markup_on_the_desk_or_in_the_text() -> None:
    people = cast()
    evil = "<script>alert(1)</script>\"'&"
    clauses = [TextClause('k"<i>', "1<b>", f"Head {evil}", f"Words {evil}")]
    round = opened(people, clauses=clauses)
    said, _ = remark(
        round, by=people.dev, clause_key='k"<i>', quote="Words", body=f"Said {evil}", suggested=f"Or {evil}"
    )
    remark(round, by=people.hana, parent=said, body=f"Reply {evil}")
    client = signed_in(people.eva)
    for path in ("", "read", f"remarks/{said.uid}"):
        page = client.get(f"/vetting/{round.pk}/{path}").content.decode()
        assert "<script>alert" not in page, path
        assert "<i>" not in page.replace("<i></i>", ""), path
        assert "&lt;script&gt;" in page, path


@pytest.mark.django_db
def test_many_settled_threads_come_when_they_are_opened() -> None:
    round = _many_settled()
    client = signed_in(round.opened_by)
    page = client.get(f"/vetting/{round.pk}/read").content.decode()
    assert "Settled remark 7" not in page
    assert 'hx-trigger="toggle once"' in page
    assert "Open remark" in page
    plain = client.get(f"/vetting/{round.pk}/read?settled=guests").content.decode()
    assert "Settled remark 7" in plain
    alone = client.get(f"/vetting/{round.pk}/read?settled=guests", HTTP_HX_REQUEST="true").content.decode()
    assert "Settled remark 7" in alone
    assert "Open remark" not in alone
    assert "<html" not in alone


def _many_settled() -> Round:
    people = cast()
    round = opened(people)
    for number in range(31):
        made, _ = remark(round, by=people.dev, clause_key="guests", body=f"Settled remark {number}.")
        dispose(made, "declined", "No.", by=people.eva)
    remark(round, by=people.dev, clause_key="guests", body="Open remark.")
    return round
