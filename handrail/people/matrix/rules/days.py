"""Rules about days: who has left, who leaves soon, who stands in for whom."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from handrail.kernel.words import count
from handrail.people.matrix.rules.register import rule
from handrail.people.matrix.table import Cell, Finding, Fix, Someone, Stand, Table

SOON = timedelta(days=60)
DRAFT = "activity:draft"


def _cells(table: Table, person: Someone) -> list[Cell]:
    return table.of_holder.get(f"person:{person.key}", [])


def _rows(cells: list[Cell]) -> tuple[str, ...]:
    return tuple(cell.row for cell in cells)


@rule("RACI-07", "Everyone named works here", "Somebody who left can’t decide or be asked.", stops=True, waivable=False)
def nobody_left(table: Table) -> Iterator[Finding]:
    """No letter stands on somebody who left."""
    for person in table.people:
        cells = _cells(table, person)
        if cells and not person.here:
            gone = tuple(Cell(cell.row, cell.holder, "") for cell in cells)
            many = "One assignment is" if len(cells) == 1 else f"{count(len(cells)).capitalize()} assignments are"
            yield Finding(
                "RACI-07",
                f"{person.name} no longer works here",
                f"{many} empty.",
                _rows(cells),
                (f"person:{person.key}",),
                (Fix("Take the letters out", gone),),
            )


@rule("RACI-08", "Whoever leaves soon hands over", "A gap is cheap to close before the last day.")
def nobody_leaves_soon(table: Table) -> Iterator[Finding]:
    """No letter stands on somebody whose last day is within sixty days."""
    for person in table.people:
        cells = _cells(table, person)
        if cells and person.here and person.ends_on is not None and person.ends_on <= table.today + SOON:
            many = "One assignment" if len(cells) == 1 else f"{count(len(cells)).capitalize()} assignments"
            yield Finding(
                "RACI-08",
                f"{person.name} leaves on {person.ends_on:%-d %B}",
                f"{many} would be empty.",
                _rows(cells),
                (f"person:{person.key}",),
            )


@rule("RACI-09", "Whoever decides has a deputy", "Holidays and illness come; decisions don’t wait.", severity="advice")
def deciders_have_deputies(table: Table) -> Iterator[Finding]:
    """Each A has another R in its row, or a delegate now or to come."""
    standing = {stand.person for stand in table.stands if stand.ends >= table.today}
    alone: dict[int, list[str]] = defaultdict(list)
    for row in table.rows:
        accountable = table.people_with(row.key, "A")
        others = set(table.people_with(row.key, "R")) - set(accountable)
        if len(accountable) == 1 and accountable[0] not in standing and not others:
            alone[accountable[0]].append(row.key)
    for person, rows in alone.items():
        titles = table.called(rows[0]) if len(rows) == 1 else f"{count(len(rows))} rows"
        more = "Name somebody for the days away."
        yield Finding(
            "RACI-09", f"{table.named(person)} has no deputy for {titles}", more, tuple(rows), (f"person:{person}",)
        )


def _overlap(one: Stand, other: Stand) -> bool:
    shared = set(one.activities) & set(other.activities)
    return bool(shared) and one.starts <= other.ends and other.starts <= one.ends


@rule("RACI-15", "A delegate is not away too", "What is passed on and on rests with nobody.")
def no_chain(table: Table) -> Iterator[Finding]:
    """Nobody delegates to a person who delegates the same on the same days."""
    by_person: dict[int, list[Stand]] = defaultdict(list)
    for stand in table.stands:
        by_person[stand.person].append(stand)
    for stand in table.stands:
        onward = next((each for each in by_person.get(stand.to, ()) if _overlap(stand, each)), None)
        if onward is not None:
            circle = onward.to == stand.person
            title = f"{table.named(stand.to)} stands in for {table.named(stand.person)} and is away too"
            more = "They stand in for each other." if circle else "A delegate can’t pass it on."
            yield Finding("RACI-15", title, more, (), (f"person:{stand.person}", f"person:{stand.to}"))


@rule("RACI-16", "A delegate is not the author", "An author who approves by proxy still approves their own words.")
def delegate_is_not_author(table: Table) -> Iterator[Finding]:
    """Whoever stands in for approving does not draft."""
    authors = set(table.people_with(DRAFT, "R"))
    for stand in table.stands:
        if stand.to in authors and "approve" in stand.activities and stand.ends >= table.today:
            title = f"{table.named(stand.to)} drafts, and would approve for {table.named(stand.person)}"
            more = "They can’t approve what they wrote. Name somebody else."
            yield Finding("RACI-16", title, more, (DRAFT,), (f"person:{stand.person}", f"person:{stand.to}"))


@rule("RACI-27", "A delegate stays to the end", "A stand-in who leaves half-way leaves a gap.")
def delegate_stays(table: Table) -> Iterator[Finding]:
    """Whoever stands in works here until the last day of it."""
    for stand in table.stands:
        person = table.someone.get(stand.to)
        if person is None or stand.ends < table.today:
            continue
        if not person.here or (person.ends_on is not None and person.ends_on < stand.ends):
            title = f"{person.name} is to stand in for {table.named(stand.person)} and leaves before it ends"
            yield Finding(
                "RACI-27",
                title,
                "Name somebody else for those days.",
                (),
                (f"person:{stand.person}", f"person:{stand.to}"),
            )
