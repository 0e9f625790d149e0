"""Each rule of the matrix speaks up where it is broken, and keeps quiet at the nearest thing that is fine."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from handrail.people.matrix import ACTIVITIES, Cell, Holder, Row, Someone, Stand, Table, lint, rules

TODAY = date(2026, 11, 24)
WHO = {
    1: ("Ana", "Communications"),
    2: ("Ben", "Legal"),
    3: ("Cleo", "Front office"),
    4: ("Dev", "Front office"),
    5: ("Eva", "Communications"),
    6: ("Gil", "Guest care"),
}
# A whole matrix in which nothing is wrong: activity, then person and letters.
SOUND = {
    "draft": {5: "A", 6: "R", 2: "C"},
    "vet": {6: "A", 2: "R", 3: "R"},
    "approve": {1: "A", 2: "R", 3: "C", 4: "I"},
    "publish": {5: "AR", 1: "R", 4: "I"},
    "inform": {3: "A", 4: "R"},
    "monitor": {6: "AR", 4: "R"},
    "revise": {1: "A", 6: "R", 3: "I"},
}
Change = Callable[[Table], Table]


def sound() -> Table:
    """The table in which every rule holds."""
    cells = [Cell(f"activity:{row}", f"person:{who}", told) for row, all in SOUND.items() for who, told in all.items()]
    return Table(
        rows=tuple(Row(f"activity:{key}", title) for key, title in ACTIVITIES.items()),
        holders=tuple(Holder(f"person:{key}", name, (key,), function) for key, (name, function) in WHO.items()),
        cells=tuple(cells),
        people=tuple(Someone(key, name, function) for key, (name, function) in WHO.items()),
        touched=("Front office", "Legal"),
        interests={"Legal": (2,)},
        today=TODAY,
    )


def _fresh(table: Table, **given: object) -> Table:
    return replace(table, **given)


def put(row: str, who: int | str, letters: str) -> Change:
    """A cell set, or emptied."""
    key = row if ":" in row else f"activity:{row}"
    holder = who if isinstance(who, str) else f"person:{who}"

    def change(table: Table) -> Table:
        kept = [cell for cell in table.cells if (cell.row, cell.holder) != (key, holder)]
        return _fresh(table, cells=(*kept, *([Cell(key, holder, letters)] if letters else [])))

    return change


def bare(*rows: str) -> Change:
    """Rows without a letter."""
    keys = {row if ":" in row else f"activity:{row}" for row in rows}
    return lambda table: _fresh(table, cells=tuple(cell for cell in table.cells if cell.row not in keys))


def person(key: int, **given: object) -> Change:
    """A person as they are not in the sound table."""
    return lambda table: _fresh(
        table, people=tuple(replace(each, **given) if each.key == key else each for each in table.people)
    )


def more(number: int, *, first: int = 20, function: str = "Rooms") -> Change:
    """More people with a column each."""
    keys = range(first, first + number)
    return lambda table: _fresh(
        table,
        people=(*table.people, *(Someone(key, f"Person {key}", function) for key in keys)),
        holders=(*table.holders, *(Holder(f"person:{key}", f"Person {key}", (key,), function) for key in keys)),
    )


def all_put(row: str, letters: str, number: int, *, first: int = 20) -> Change:
    """The same letters for as many new people in one row."""

    def change(table: Table) -> Table:
        for key in range(first, first + number):
            table = put(row, key, letters)(table)
        return table

    return change


def holder(key: str, name: str, *people: int) -> Change:
    """A column for a role or a seat."""
    return lambda table: _fresh(table, holders=(*table.holders, Holder(key, name, people)))


def row(key: str, title: str, *, known: bool = True) -> Change:
    """A row for a subject; the house has it where it is known."""
    made = Row(key, title, known)

    def change(table: Table) -> Table:
        subjects = (*table.subjects, made) if known else table.subjects
        return _fresh(table, rows=(*table.rows, made), subjects=subjects)

    return change


def stand(who: int, to: int, *, starts: int = 0, ends: int = 5, what: tuple[str, ...] = ("approve",)) -> Change:
    """Somebody stands in, from and until so many days from today."""
    made = Stand(who, to, TODAY + timedelta(days=starts), TODAY + timedelta(days=ends), what)
    return lambda table: _fresh(table, stands=(*table.stands, made))


def also(**given: object) -> Change:
    """Any other field of the table."""
    return lambda table: _fresh(table, **given)


def days(number: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=number)


def everyone_in(function: str) -> Change:
    """All people in one function."""
    return lambda table: _fresh(table, people=tuple(replace(each, function=function) for each in table.people))


# rule: what breaks it, and the nearest thing that does not.
CASES: dict[str, tuple[list[Change], list[Change]]] = {
    "RACI-01": ([put("publish", 1, "AR")], [put("publish", 3, "R")]),
    "RACI-02": ([put("inform", 3, "R")], [bare("inform")]),
    "RACI-03": ([put("inform", 4, "C")], [put("inform", 4, ""), put("inform", 3, "AR")]),
    "RACI-04": ([put("approve", 1, "AC"), put("approve", 3, "")], [put("approve", 1, "AC")]),
    "RACI-05": ([put("draft", 6, ""), put("draft", 1, "R")], [put("draft", 1, "R")]),
    "RACI-06": (
        [put("draft", 3, "R"), put("approve", 3, "R"), put("publish", 3, "R"), put("monitor", 3, "R"),
         put("revise", 3, "R"), more(12), all_put("vet", "R", 12)],
        [put("draft", 3, "R"), put("approve", 3, "C"), more(12), all_put("vet", "R", 12)],
    ),
    "RACI-07": ([person(4, here=False)], [person(4, ends_on=days(90))]),
    "RACI-08": ([person(4, ends_on=days(60))], [person(4, ends_on=days(61))]),
    "RACI-09": ([put("approve", 2, "C")], [put("approve", 2, "C"), stand(1, 3)]),
    "RACI-10": ([also(touched=("Housekeeping",))], [also(touched=("Guest care", ""))]),
    "RACI-11": ([more(9), all_put("inform", "C", 9)], [more(8), all_put("inform", "C", 8)]),
    "RACI-12": ([put("approve", 4, "")], [put("approve", 4, ""), put("approve", 3, "I")]),
    "RACI-13": (
        [holder("role:steward", "Steward"), put("inform", "role:steward", "C")],
        [holder("role:steward", "Steward", 4), put("inform", "role:steward", "C"), holder("role:care", "Care")],
    ),
    "RACI-14": ([person(4, signs_in=False)], [person(4, signs_in=False), put("inform", 4, "C"),
                put("monitor", 4, "C")]),
    "RACI-15": ([stand(1, 3), stand(3, 2)], [stand(1, 3), stand(3, 2, starts=6, ends=9)]),
    "RACI-16": ([stand(1, 6)], [stand(1, 6, what=("publish",))]),
    "RACI-17": ([put("publish", 5, ""), put("publish", 1, "AR")], [put("publish", 5, "R"), put("publish", 1, "AR")]),
    "RACI-18": (
        [row("channel:1", "Instagram"), put("channel:1", 5, "AR")],
        [row("channel:1", "Instagram"), put("channel:1", 5, "A"), put("channel:1", 4, "R")],
    ),
    "RACI-19": ([row("policy:1", "Social media policy")],
                [row("policy:1", "Social media policy"), put("policy:1", 1, "A"), put("policy:1", 5, "R")]),
    "RACI-20": ([also(interests={"Privacy": (5,)})], [also(interests={"Privacy": (3, 5)})]),
    "RACI-21": (
        [row("policy:9", "9", known=False), put("policy:9", 1, "AR")],
        [row("policy:9", "9", known=False)],
    ),
    "RACI-22": ([put("approve", 3, "CI")], [put("approve", 3, "RC")]),
    "RACI-23": (
        [holder("role:steward", "Steward", 3, 4), put("inform", 3, ""), put("inform", "role:steward", "A")],
        [holder("role:steward", "Steward", 3), put("inform", 3, ""), put("inform", "role:steward", "A")],
    ),
    "RACI-24": ([person(2, manager=1), person(3, manager=1)], [person(2, manager=1)]),
    "RACI-25": ([bare("monitor")], [put("monitor", 4, "")]),
    "RACI-26": (
        [holder("function:Rooms", "Rooms"), put("inform", "function:Rooms", "R")],
        [holder("function:Rooms", "Rooms"), put("inform", "function:Rooms", "C")],
    ),
    "RACI-27": ([person(3, ends_on=days(3)), stand(1, 3)], [person(3, ends_on=days(5)), stand(1, 3)]),
    "RACI-28": ([more(6), all_put("inform", "R", 6)], [more(5), all_put("inform", "R", 5)]),
    "RACI-29": (
        [put("draft", 5, ""), put("draft", 1, "A"), put("vet", 6, "R"), put("vet", 1, "A"),
         put("publish", 5, "R"), put("publish", 1, "A")],
        [put("vet", 6, "R"), put("vet", 1, "A"), put("publish", 5, "R"), put("publish", 1, "A")],
    ),
    "RACI-30": ([everyone_in("Legal")], [everyone_in("Legal"), person(3, function="Rooms")]),
    "RACI-31": ([put("vet", 2, ""), put("vet", 3, ""), put("vet", 6, "AR")], [put("vet", 2, ""), put("vet", 6, "A")]),
}  # fmt: skip


def _changed(changes: list[Change]) -> Table:
    table = sound()
    for change in changes:
        table = change(table)
    return table


def _found(table: Table) -> set[str]:
    return {rule.id for rule, _ in lint(table).found}


def test_nothing_is_found_in_a_sound_table() -> None:
    assert [finding.title for _, finding in lint(sound()).found] == []


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == {rule.id for rule in rules()}
    assert len(CASES) == 31


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_rule_speaks_up_where_it_is_broken(rule: str) -> None:
    assert rule in _found(_changed(CASES[rule][0]))


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_rule_keeps_quiet_at_the_nearest_thing_that_is_fine(rule: str) -> None:
    assert rule not in _found(_changed(CASES[rule][1]))


@pytest.mark.parametrize("rule", sorted(CASES))
def test_each_fix_that_is_offered_mends_what_it_was_offered_for(rule: str) -> None:
    table = _changed(CASES[rule][0])
    for one, finding in lint(table).found:
        for fix in finding.fixes if one.id == rule else ():
            mended = table
            for cell in fix.cells:
                mended = put(cell.row, cell.holder, cell.letters)(mended)
            assert finding.key not in {each.key for _, each in lint(mended).found}, fix.words


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_finding_is_a_sentence_with_names_and_not_with_keys(rule: str) -> None:
    for one, finding in lint(_changed(CASES[rule][0])).found:
        said = f"{finding.title} {finding.more}"
        if one.id == rule:
            assert finding.title[0] == finding.title[0].upper() or finding.title[0] == "“"
            assert "activity:" not in said
            assert "person:" not in said
            assert not finding.title.endswith(".")


def test_a_waived_finding_is_set_apart_and_only_that_one() -> None:
    table = _changed([put("approve", 2, "C"), put("revise", 6, "C"), put("revise", 5, "R"), put("inform", 4, "C")])
    key = next(finding.key for rule, finding in lint(table).found if rule.id == "RACI-03")
    verdict = lint(table, {key})
    assert key in {finding.key for _, finding in verdict.waived}
    assert key not in {finding.key for _, finding in verdict.found}
    assert lint(_changed(CASES["RACI-01"][0]), {_first_key("RACI-01")}).waived == ()


def _first_key(rule: str) -> str:
    return next(finding.key for one, finding in lint(_changed(CASES[rule][0])).found if one.id == rule)
