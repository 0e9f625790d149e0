"""Reading a staff file: encodings, delimiters, columns, cells; random damage never blocks a good row."""

import csv
import io
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.kernel.errors import BadInput
from handrail.people import cells
from handrail.people.cells import Wrong
from handrail.people.circles import circles, without_circles
from handrail.people.columns import chosen_columns, guess_columns
from handrail.people.csv_rows import CsvFile, read_csv
from handrail.people.difference import Difference, compare
from handrail.people.file_rows import read_rows
from handrail.people.who_is_who import Known

TEXT = "Staff no;Known as;Work email;Start\n1;Zoë Ångström;zoe@h.example;13/02/2020\n2;Łukasz;l@h.example;01/03/2021\n"
HEAD = ("Staff no", "Known as", "Work email", "Reports to", "Property", "Dept", "Country", "Lang", "Start")


def written(rows: list[tuple[str, ...]], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([HEAD, *rows])
    return out.getvalue().encode()


def worked_out(raw: bytes, known: list[Known] | None = None, complete: bool = False) -> Difference:
    file: CsvFile = read_csv(raw)
    reading = read_rows(file, guess_columns(file.header, file.rows), {})
    return compare(reading, known or [], [], file_is_complete=complete)


def row(number: int, boss: int | None = None, /, **given: str) -> tuple[str, ...]:
    values = {
        "number": str(number), "name": f"Person {number}", "email": f"p{number}@h.example",
        "boss": f"p{boss}@h.example" if boss is not None else "", "place": "Porto", "function": "Spa", "country": "PT",
        "language": "pt", "start": f"{number % 28 + 1:02}/02/2020",
    }  # fmt: skip
    return tuple((values | given).values())


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_reads_the_same(codec):
    file = read_csv(TEXT.encode(codec))
    assert file.header == ["Staff no", "Known as", "Work email", "Start"]
    assert file.rows[0][1][1] == "Zoë Ångström"
    assert file.delimiter == ";"


def test_windows_1252_is_read_and_said():
    file = read_csv("Staff no,Name\n1,Renée\n2,Señor “Q”\n".encode("cp1252"))
    assert file.encoding == "Windows-1252"
    assert [typed[1] for _, typed in file.rows] == ["Renée", "Señor “Q”"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_gives_the_same_lines(ending):
    file = read_csv(TEXT.replace("\n", ending).encode())
    assert [line for line, _ in file.rows] == [2, 3]


def test_a_quotation_mark_never_closed_costs_its_own_line_only():
    rows = "".join(f"{n},Person {n}\n" for n in range(5, 90))
    file = read_csv(f'Staff no,Name\n1,Ana\n2,"Ben\n3,Cleo\n4,Dev 5" Patel\n{rows}'.encode())
    assert [bad.line for bad in file.broken] == [3]
    assert "never closed" in file.broken[0].wrong
    assert [typed[0] for _, typed in file.rows][:3] == ["1", "3", "4"]
    assert len(file.rows) == 88


def test_a_cell_that_runs_over_lines_keeps_the_line_numbers_right():
    file = read_csv(b'Staff no,Name\n1,"Ana\nLind"\n2,Ben\n')
    assert file.rows == [(2, ["1", "Ana\nLind"]), (4, ["2", "Ben"])]


def test_a_line_of_a_megabyte_is_one_bad_line():
    file = read_csv(b"Staff no,Name\n1,Ana\n2," + b"x" * 1_000_000 + b"\n3,Cleo\n")
    assert [bad.line for bad in file.broken] == [3]
    assert len(file.rows) == 2


@settings(deadline=None, max_examples=200)
@given(raw=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_answered_with_a_sentence(raw):
    try:
        file = read_csv(raw, "people.csv")
        worked_out(raw) if {"staff_number", "name"} <= {c.kind for c in guess_columns(file.header, file.rows)} else None
    except BadInput as refusal:
        assert refusal.sentence.endswith(".")


def test_columns_are_guessed_from_headings_and_cells():
    kinds = [column.kind for column in guess_columns(list(HEAD), [(2, list(row(13, 2)))])]
    assert kinds == [
        "staff_number",
        "name",
        "email",
        "manager_email",
        "unit",
        "function",
        "country",
        "language",
        "starts_on",
    ]
    by_number = guess_columns(["Employee ID", "Name", "Manager"], [(2, ["1", "A", "7"])])
    assert by_number[2].kind == "manager_number"


@pytest.mark.parametrize("heading", ["IBAN", "Bank account", "Sort code", "Salary", "Date of birth", "Religion", "SSN"])
def test_what_handrail_has_no_use_for_is_refused_and_never_shown(heading):
    column = guess_columns(["Staff no", heading], [(2, ["1", "secret"])])[1]
    assert column.refused
    assert "secret" not in column.sample
    assert "keeps none" in column.reason
    with pytest.raises(BadInput):
        chosen_columns([column], ["name"])


def test_a_bank_account_is_known_by_its_cells_whatever_its_heading():
    column = guess_columns(["Staff no", "Ref"], [(n, ["1", "IE29 AIBK 9311 5212 3456 78"]) for n in range(5)])[1]
    assert column.refused


@pytest.mark.parametrize(
    ("dates", "field", "look"),
    [(["13/02/2020", "01/03/2020"], "starts_on", False), (["02/13/2020", "03/01/2020"], "starts_on/month", False),
     (["01/02/2020"], "starts_on", True), (["2020-02-13"], "starts_on", False), (["13/02/2020", "02/14/2020"], "starts_on", True)],
)  # fmt: skip
def test_the_order_of_dates_is_decided_from_the_whole_column(dates, field, look):
    column = guess_columns(["Staff no", "Start"], [(n, [str(n), day]) for n, day in enumerate(dates)])[1]
    assert (column.field, column.look) == (field, look)


@pytest.mark.parametrize(
    ("typed", "month_first", "day"),
    [("31/12/2026", False, date(2026, 12, 31)), ("12/31/2026", True, date(2026, 12, 31)), ("2026-02-03", False, date(2026, 2, 3)),
     ("3.2.26", False, date(2026, 2, 3)), ("3 Feb 2026", False, date(2026, 2, 3)), ("2026-02-03T00:00:00", False, date(2026, 2, 3)),
     ("", False, None)],
)  # fmt: skip
def test_days_are_read_as_typed(typed, month_first, day):
    assert cells.day(typed, month_first) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("31/11/2026", "November has 30 days."), ("29/02/2023", "February 2023 has 28 days."), ("soon", "is no date"),
     ("01/13/2026", "There is no month 13."), ("01/01/0201", "The year 201"), ("46335", "is no date"), ("0/1/2026", "January has 31")],
)  # fmt: skip
def test_a_day_that_is_none_says_why(typed, sentence):
    with pytest.raises(Wrong, match=sentence):
        cells.day(typed, False)


def test_every_kind_of_bad_row_is_held_back_with_its_line_and_the_rest_goes_in():
    wrong = [
        (row(2, number=""), "staff number is missing"), (row(3), "same staff number as line 5"),
        (row(3, email="x@h.example"), "same staff number as line 4"), (row(4), "same address as line 7"),
        (row(15, email="p4@h.example"), "same address as line 6"), (row(5, email="p5@h"), "no whole e-mail"),
        (row(6, start="31/11/2020"), "November has 30 days"), (row(7, country="Atlantis"), "no country we know"),
        (row(8, language="klingon"), "no language we know"), (row(9)[:-1], "8 cells where the heading has 9"),
        (row(10, 77), "neither in the file nor in Handrail"), (row(11, name="Bell\x07"), "hidden character"),
        (row(12, name="x" * 201), "201 characters"), (row(13, name=""), "name is missing"),
        (row(14, name="Evil \u202egnp"), "hidden character"),
    ]  # fmt: skip
    found = worked_out(written([row(1), *(each for each, _ in wrong), row(30, 1)]))
    assert [bad.line for bad in found.bad] == list(range(3, 3 + len(wrong)))
    for bad, (_, sentence) in zip(found.bad, wrong, strict=True):
        assert sentence in bad.wrong
        assert bad.mend
    assert [each.staff_number for each in found.new] == ["1", "30"]
    assert found.boss["30"] == "1"


def test_lines_with_one_staff_number_are_all_held_whatever_else_is_wrong_with_one():
    rows = [row(1), row(11, language="klingon"), row(11, email="other@h.example"), row(12)]
    found = worked_out(written(rows))
    assert [(bad.line, bad.wrong) for bad in found.bad] == [
        (3, "“klingon” is no language we know."),
        (4, "The same staff number as line 3."),
    ]
    assert [each.staff_number for each in found.new] == ["1", "12"]
    cut = worked_out(written([row(1), row(11)[:-2], row(11)]))
    assert [bad.line for bad in cut.bad] == [3, 4]
    three = worked_out(written([row(11), row(11), row(11)]))
    assert [bad.wrong for bad in three.bad] == [
        "The same staff number as line 3 and 1 more.", *["The same staff number as line 2 and 1 more."] * 2
    ]  # fmt: skip


def test_a_line_that_is_cut_by_a_quotation_mark_still_holds_its_number():
    raw = written([row(1), row(12)]) + b'11,"Open,p11@h.example\n' + written([row(11)]).split(b"\n", 1)[1]
    found = worked_out(raw)
    assert [bad.line for bad in found.bad] == [4, 5]
    assert "same staff number as line 4" in found.bad[1].wrong


def test_lines_with_one_address_are_all_held_whatever_else_is_wrong_with_one():
    found = worked_out(written([row(1), row(2, start="31/11/2020"), row(3, email="P2@h.example"), row(4)]))
    assert [bad.line for bad in found.bad] == [3, 4]
    assert found.bad[1].wrong == "The same address as line 3."
    assert "Person 2 and Person 3" in found.bad[1].mend


def known(number: str, name: str, email: str, /, from_file: bool = True) -> Known:
    values = (name, email, "", "", "", "", None)
    return Known(1, number, name, email, values, "", None, active=True, from_file=from_file)


@pytest.mark.parametrize("turned", [False, True])
def test_somebody_added_by_hand_is_the_row_of_their_name_and_only_the_other_is_blamed(turned):
    rows = [row(7, name="Lind, Ana", email="ana@h.example"), row(8, name="Ben", email="ana@h.example")]
    found = worked_out(
        written(rows[::-1] if turned else rows), [known("first-owner", "Ana Lind", "ana@h.example", from_file=False)]
    )
    assert [(change.row.staff_number, change.known.name) for change in found.changed] == [("7", "Ana Lind")]
    [bad] = found.bad
    assert bad.cells[0] == "8"
    assert bad.wrong == f"The same address as line {3 if turned else 2}, and it is Ana Lind’s in Handrail."
    assert bad.mend.startswith("Give this person another address")


def test_nobody_takes_over_somebody_added_by_hand_whose_own_row_is_bad():
    rows = [
        row(7, name="Ana Lind", email="ana@h.example", language="klingon"),
        row(8, name="Ben", email="ana@h.example"),
    ]
    found = worked_out(written(rows), [known("first-owner", "Ana Lind", "ana@h.example", from_file=False)])
    assert (found.new, found.changed) == ([], [])
    assert [bad.line for bad in found.bad] == [2, 3]


def test_an_address_stays_with_whom_handrail_has_it_for():
    rows = [row(8, email="p7@h.example"), row(7)]
    found = worked_out(written(rows), [known("7", "Person 7", "p7@h.example")])
    assert [bad.line for bad in found.bad] == [2]
    assert [change.row.staff_number for change in found.changed] == ["7"]


def test_a_cut_off_address_of_a_line_manager_is_offered_whole():
    found = worked_out(written([row(1, email="hana.sato@h.example"), row(2, None, boss="hana.sato@")]))
    assert "no @" not in found.bad[0].wrong
    assert found.bad[0].suggestion == "hana.sato@h.example"


def test_a_row_whose_line_manager_is_held_back_goes_in_without_one():
    found = worked_out(written([row(1, start="99/99/2020"), row(2, 1)]))
    assert [each.staff_number for each in found.new] == ["2"]
    assert found.boss["2"] == ""
    assert found.held_links[0].why == "The row of their line manager, p1@h.example, can’t go in yet."


def test_the_order_of_rows_makes_no_difference():
    rows = [row(n, n // 3 if n else None, function=f"F{n % 4}") for n in range(60)] + [
        row(90, 4000),
        row(91, start="no"),
    ]
    first = worked_out(written(rows))
    for seed in range(5):
        shuffled = rows[:]
        random.Random(seed).shuffle(shuffled)
        other = worked_out(written(shuffled))
        assert {each.staff_number: each.values for each in first.new} == {
            each.staff_number: each.values for each in other.new
        }
        assert first.boss == other.boss
        assert {bad.wrong for bad in first.bad} == {bad.wrong for bad in other.bad}


bad_cell = st.sampled_from(["", "\x00", "31/11/2020", "no@", "XX", "x" * 300, "\u202e", '"', "a,b", "ünïcode", "=1+1"])


@settings(deadline=None, max_examples=150)
@given(spoilt=st.lists(st.tuples(st.integers(0, 8), bad_cell), max_size=12))
def test_random_damage_never_blocks_a_good_row(spoilt):
    good = [row(n, 0 if n else None) for n in range(8)]
    damaged = []
    for number, (column, cell) in enumerate(spoilt):
        typed = list(row(100 + number, 0))
        typed[column] = cell
        damaged.append(tuple(typed))
    found = worked_out(written([*good, *damaged]))
    going_in = {each.staff_number for each in found.new}
    assert {str(n) for n in range(8)} <= going_in
    assert len(found.new) + len(found.bad) == found.rows == len(good) + len(damaged)
    assert found.good == len(found.new)


links = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["", *"abcdefgh"]), max_size=8)


@settings(deadline=None, max_examples=300)
@given(wished=links, order=st.permutations("abcdefgh"))
def test_after_mending_no_circle_is_left_and_only_circles_are_touched(wished, order):
    rank = {name: n for n, name in enumerate(order)}
    today = {name: max((b for b in order if rank[b] < rank[name]), default="") for name in order}
    whole = {**today, **wished}
    mended, found = without_circles(whole, today)
    assert circles(mended) == []
    touched = {name for circle in found for name in circle}
    assert all(mended[name] == boss for name, boss in whole.items() if name not in touched)
    if not circles(whole):
        assert mended == whole
