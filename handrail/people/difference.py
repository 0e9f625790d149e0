"""Compares a staff file with who is in Handrail: who is new, who changes, who leaves, and which rows can't go in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from handrail.people.cells import Wrong
from handrail.people.circles import without_circles
from handrail.people.columns import Column
from handrail.people.file_rows import BadPersonRow, FileRow, Reading, Value
from handrail.people.who_is_who import Known, claims_of, hold_shared_addresses, recognise


@dataclass(slots=True)
class Change:
    """A person in both: each field that differs, as it is and as it becomes."""

    row: FileRow
    known: Known
    fields: list[tuple[str, Value, Value]]
    returns: bool = False


@dataclass(frozen=True, slots=True)
class HeldLink:
    """A line manager that is not set although the row goes in, and why."""

    line: int
    staff_number: str
    why: str


@dataclass(frozen=True, slots=True)
class CircleMember:
    """One person of a circle: where the file has them, whom they name, and whom they report to today."""

    line: int | None
    staff_number: str
    name: str
    today: str


@dataclass(slots=True)
class Difference:
    """Everything a file would do, worked out before anything is written.

    `boss` maps each staff number of the file to the staff number of the line manager it ends up with, "" for none.
    """

    columns: list[Column]
    fields: tuple[str, ...]
    rows: int = 0
    new: list[FileRow] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    leaving: list[Known] = field(default_factory=list)
    unchanged: int = 0
    here: int = 0
    bad: list[BadPersonRow] = field(default_factory=list)
    circles: list[list[CircleMember]] = field(default_factory=list)
    held_links: list[HeldLink] = field(default_factory=list)
    boss: dict[str, str] = field(default_factory=dict)
    freed: list[Known] = field(default_factory=list)
    new_units: list[str] = field(default_factory=list)
    leads_today: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    dropped: int = 0
    key: int | None = None
    encoding: str = "UTF-8"
    delimiter: str = ","

    @property
    def good(self) -> int:
        """How many rows can go in now."""
        return self.rows - len(self.bad) - self.dropped

    @property
    def changes_nothing(self) -> bool:
        """Whether putting it in would write nothing about anybody."""
        return not (self.new or self.changed or self.leaving)

    @property
    def too_many_leave(self) -> bool:
        """Whether more than one in twenty of those here would leave, which is more often a wrong file than a truth."""
        return len(self.leaving) * 20 > self.here


def compare(reading: Reading, known: Iterable[Known], units: Sequence[str], *, file_is_complete: bool) -> Difference:
    """Work out the difference. Nobody outside the file changes unless the file is said to be complete."""
    known = list(known)
    claims = claims_of(reading, known)
    by_number, outside = recognise(reading, known, claims)
    difference = Difference(columns=reading.columns, fields=reading.fields, dropped=reading.dropped)
    difference.rows = len(reading.rows) + len(reading.bad) + reading.dropped
    everyone = [*by_number.values(), *outside]
    difference.here = sum(person.active and person.from_file for person in everyone)
    difference.names = {person.staff_number: person.name for person in everyone}
    difference.leads_today = {person.boss for person in everyone if person.active and person.boss}
    difference.leaving = _leavers(reading, by_number, outside) if file_is_complete else []
    staying = {person.staff_number for person in everyone if person.active} - {
        p.staff_number for p in difference.leaving
    }
    _hold_unknown_bosses(reading, everyone)
    difference.freed = hold_shared_addresses(reading, claims, by_number, everyone, staying)
    _link_bosses(difference, reading, by_number, everyone)
    _sort_rows(difference, reading, by_number)
    difference.new_units = _new_units(reading, units)
    difference.bad = sorted(reading.bad, key=lambda bad: bad.line)
    return difference


def _leavers(reading: Reading, by_number: Mapping[str, Known], outside: list[Known]) -> list[Known]:
    """Those a file once brought and this one doesn't have; a line that can't go in still shows that they are here."""
    # A split or shifted row may show the number in any of its cells.
    shown = {cell.strip() for bad in reading.bad for cell in bad.cells} | set(reading.bad_numbers.values())
    return [person for person in outside if person.active and person.from_file and person.staff_number not in shown]


def _hold_unknown_bosses(reading: Reading, everyone: list[Known]) -> None:
    """Keep back rows that name a line manager nobody knows; offer the address it looks like."""
    if not reading.boss_by:
        return
    names = _boss_names(reading)
    if reading.boss_by == "manager_email":
        names.update(
            (person.email, person.staff_number) for person in everyone if person.email and person.email not in names
        )
    else:
        names.update((person.staff_number, person.staff_number) for person in everyone)
    stay: list[FileRow] = []
    for row in reading.rows:
        if not row.boss or row.boss in names:
            stay.append(row)
        else:
            reading.hold(row, reading.boss_column, _unknown_boss(row.boss, names, reading))
    reading.rows = stay


def _boss_names(reading: Reading) -> dict[str, str]:
    """How people in the file may be named as line managers → staff number; bad rows count, for they are people too."""
    kinds = {column.kind: column.index for column in reading.columns if column.kind}
    number_at = kinds["staff_number"]
    name_at = kinds.get("email", number_at) if reading.boss_by == "manager_email" else number_at
    names: dict[str, str] = {}
    for typed in reading.cells_by_line.values():
        if name_at < len(typed) and number_at < len(typed):
            name = " ".join(typed[name_at].split())
            if reading.boss_by == "manager_email":
                name = name.lower()
            if name:
                names.setdefault(name, " ".join(typed[number_at].split()))
    return names


def _unknown_boss(boss: str, names: Mapping[str, str], reading: Reading) -> Wrong:
    wrong = f"Line manager “{boss}” is neither in the file nor in Handrail."
    begins = [name for name in names if name.startswith(boss)] if len(boss) >= 4 else []
    if len(begins) == 1:
        return Wrong(wrong, "It looks cut off; one person’s begins like that.", begins[0])
    if len(reading.bad) < 50:
        close = get_close_matches(boss, list(names)[:20_000], n=1, cutoff=0.85)
        if close:
            return Wrong(wrong, "It may be a slip; one person’s is nearly the same.", close[0])
    by = "e-mail address" if reading.boss_by == "manager_email" else "staff number"
    return Wrong(wrong, f"Type their {by}, or leave the cell empty.")


def _link_bosses(
    difference: Difference, reading: Reading, by_number: Mapping[str, Known], everyone: list[Known]
) -> None:
    """Settle every line manager: as the file says, or as today where the file would make a circle."""
    number_of = {person.pk: number for number, person in by_number.items()}
    today = {number_of.get(p.pk, p.staff_number): p.boss for p in everyone}
    renamed = {p.staff_number: number for number, p in by_number.items() if p.staff_number != number}
    today = {number: renamed.get(boss, boss) for number, boss in today.items()}
    going_in = {row.staff_number for row in reading.rows}
    if not reading.boss_by:
        difference.boss = {number: today.get(number, "") for number in going_in}
        return
    names = _boss_names(reading)
    for person in everyone:
        number = number_of.get(person.pk, person.staff_number)
        names.setdefault(person.email if reading.boss_by == "manager_email" else person.staff_number, number)
    if reading.boss_by == "manager_email" and "email" in reading.fields:
        place = reading.fields.index("email")  # of two lines with one address, the one that goes in is meant
        names.update((str(row.values[place]), row.staff_number) for row in reading.rows if row.values[place])
    wished = dict(today)
    for row in reading.rows:
        boss = names.get(row.boss, "") if row.boss else ""
        why = ""
        if row.boss and not boss:
            boss, why = today.get(row.staff_number, ""), f"The row of their line manager, {row.boss}, can’t go in yet."
        elif boss == row.staff_number:
            boss, why = "", "They would be their own line manager, so they have none."
        elif boss and boss not in going_in and boss not in today:
            boss, why = today.get(row.staff_number, ""), f"The row of their line manager, {row.boss}, can’t go in yet."
        if why:
            difference.held_links.append(HeldLink(row.line, row.staff_number, why))
        wished[row.staff_number] = boss
    links, found = without_circles(wished, today)
    difference.boss = {number: links[number] for number in going_in}
    _note_circles(difference, reading, found, wished, links, today, everyone)


def _note_circles(
    difference: Difference, reading: Reading, found: list[list[str]], wished: Mapping[str, str],
    links: Mapping[str, str], today: Mapping[str, str], everyone: list[Known],
) -> None:  # fmt: skip
    if not found:
        return
    rows = {row.staff_number: row for row in reading.rows}
    names = {person.staff_number: person.name for person in everyone}
    names.update((row.staff_number, str(row.values[0])) for row in reading.rows)
    for circle in found:
        difference.circles.append(
            [
                CircleMember(
                    rows[number].line if number in rows else None,
                    number,
                    names.get(number, number),
                    names.get(today.get(number, ""), ""),
                )
                for number in circle
            ]
        )
    held = {number for circle in found for number in circle if links.get(number) != wished.get(number)}
    difference.held_links.extend(
        HeldLink(rows[number].line, number, "They would manage one another in a circle, so today’s line manager stays.")
        for number in sorted(held)
        if number in rows
    )


def _sort_rows(difference: Difference, reading: Reading, by_number: Mapping[str, Known]) -> None:
    """New, changed or the same; a person who left and is in the file again comes back."""
    fields = reading.fields
    with_boss = bool(reading.boss_by)
    for row in reading.rows:
        person = by_number.get(row.staff_number)
        if person is None:
            difference.new.append(row)
            continue
        changed = _changed_fields(fields, person, row)
        boss = difference.boss[row.staff_number]
        if with_boss and boss != person.boss and not (boss == "" and person.boss_pk is None):
            changed.append(("line_manager", person.boss, boss))
        if person.staff_number != row.staff_number:
            changed.append(("staff_number", person.staff_number, row.staff_number))
        returns = not person.active
        if changed or returns or not person.from_file:
            difference.changed.append(Change(row, person, changed, returns))
        else:
            difference.unchanged += 1


def _changed_fields(fields: tuple[str, ...], person: Known, row: FileRow) -> list[tuple[str, Value, Value]]:
    if person.values == row.values:
        return []
    pairs = zip(fields, person.values, row.values, strict=True)
    return [(name, old, new) for name, old, new in pairs if old != new and (old or new)]


def _new_units(reading: Reading, units: Sequence[str]) -> list[str]:
    """Places the file names that Handrail has not, with the places above them."""
    if "unit" not in reading.fields:
        return []
    place = reading.fields.index("unit")
    have = set(units)
    missing: set[str] = set()
    for path in {str(row.values[place]) for row in reading.rows if row.values[place]} - have:
        parts = path.split(" / ")
        missing.update(" / ".join(parts[:depth]) for depth in range(1, len(parts) + 1))
    return sorted(missing - have)


def value_words(value: Value) -> str:
    """A value as a page and an API show it."""
    if isinstance(value, date):
        return value.isoformat()
    return value or ""
