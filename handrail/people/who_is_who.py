"""Settles which row of a staff file is which person: no two lines may be the same person, whatever else is wrong."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handrail.people import cells
from handrail.people.cells import Wrong
from handrail.people.file_rows import FileRow, Reading, Value


@dataclass(slots=True)
class Known:
    """A person as Handrail has them now: values in the order of `Reading.fields`, line manager by staff number."""

    pk: int
    staff_number: str
    name: str
    email: str
    values: tuple[Value, ...]
    boss: str
    boss_pk: int | None
    active: bool
    from_file: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """A line that gives an address as its own, whether or not the line can go in."""

    line: int
    number: str
    name: str


Claims = dict[str, list[Claim]]


def claims_of(reading: Reading, known: Iterable[Known]) -> Claims:
    """The lines behind each address that several lines give, or that somebody added by hand has."""
    if "email" not in reading.fields:
        return {}
    place = reading.fields.index("email")
    bad = {bad.line: _address(reading, bad.line) for bad in reading.bad}
    times = Counter(str(row.values[place] or "") for row in reading.rows)
    times.update(bad.values())
    wanted = {address for address, number in times.items() if number > 1}
    wanted.update(person.email for person in known if not person.from_file)
    wanted.discard("")
    claims: Claims = {}
    for row in reading.rows:
        if row.values[place] in wanted:
            claim = Claim(row.line, row.staff_number, str(row.values[0]))
            claims.setdefault(str(row.values[place]), []).append(claim)
    for line, address in bad.items():
        if address in wanted:
            name = reading.typed(line, "name") or reading.typed(line, "given_name", "family_name")
            claims.setdefault(address, []).append(Claim(line, reading.typed(line, "staff_number"), name))
    for several in claims.values():
        several.sort(key=lambda claim: claim.line)
    return claims


def _address(reading: Reading, line: int) -> str:
    """The address of a line that can't go in, where its cells are not shifted and the address is one."""
    if len(reading.cells_by_line.get(line, [])) != len(reading.columns):
        return ""
    try:
        return cells.email(cells.clean(reading.typed(line, "email")))
    except Wrong:
        return ""


def recognise(reading: Reading, known: Iterable[Known], claims: Claims) -> tuple[dict[str, Known], list[Known]]:
    """Match file rows with people by staff number; somebody no file ever brought is also known by their address."""
    numbers = {row.staff_number for row in reading.rows}
    matched: dict[str, Known] = {}
    adopted: list[tuple[str, Known]] = []
    outside: list[Known] = []
    for person in known:
        if person.staff_number in numbers:
            matched[person.staff_number] = person
            continue
        theirs = None if person.from_file else _line_of(person, claims.get(person.email, []))
        if theirs is not None and theirs.number in numbers:
            adopted.append((theirs.number, person))
        else:
            outside.append(person)
    for number, person in adopted:
        if number in matched:
            outside.append(person)
        else:
            matched[number] = person
    return matched, outside


def _line_of(person: Known, claims: list[Claim]) -> Claim | None:
    """Which of the lines with a person's address is theirs: by number; for somebody added by hand also by name."""
    numbered = [claim for claim in claims if claim.number == person.staff_number]
    if len(numbered) == 1:
        return numbered[0]
    if person.from_file or numbered:
        return None
    if len(claims) == 1:
        return claims[0]
    named = [claim for claim in claims if _letters(claim.name) == _letters(person.name)]
    return named[0] if len(named) == 1 else None


def _letters(name: str) -> list[str]:
    return sorted(name.replace(",", " ").casefold().split())


def hold_shared_addresses(
    reading: Reading, claims: Claims, by_number: Mapping[str, Known], everyone: list[Known], staying: set[str]
) -> list[Known]:
    """Keep back rows whose address someone else has, in the file or in Handrail; returns leavers who lose theirs."""
    if "email" not in reading.fields:
        return []
    place = reading.fields.index("email")
    holders = {person.email: person for person in everyone if person.email}
    _hold_same_in_file(reading, place, claims, holders)
    coming = {row.staff_number: str(row.values[place] or "") for row in reading.rows}
    file_number = {person.pk: number for number, person in by_number.items()}
    while True:
        kept: list[FileRow] = []
        for row in reading.rows:
            wrong = _held_by_another(row, holders.get(str(row.values[place] or "")), coming, file_number, staying)
            if wrong is None:
                kept.append(row)
            else:
                reading.hold(row, reading.email_column, wrong)
        if len(kept) == len(reading.rows):
            break
        reading.rows = kept
        coming = {row.staff_number: str(row.values[place] or "") for row in kept}
    taken = {address for address in coming.values() if address}
    return [p for p in everyone if p.email in taken and file_number.get(p.pk, "") not in coming]


def _hold_same_in_file(reading: Reading, place: int, claims: Claims, holders: Mapping[str, Known]) -> None:
    """Keep back every row that shares an address with another line, but for the person whose address it is."""
    shared = {address: several for address, several in claims.items() if len(several) > 1}
    theirs = {address: _line_of(holders[address], several) for address, several in shared.items() if address in holders}
    stay: list[FileRow] = []
    for row in reading.rows:
        address = str(row.values[place] or "")
        several, owner = shared.get(address, []), theirs.get(address)
        if not several or (owner is not None and owner.line == row.line):
            stay.append(row)
            continue
        other = owner or next(claim for claim in several if claim.line != row.line)
        wrong = f"The same address as line {other.line:,}."
        mend = f"{_both(other.name, str(row.values[0]))} can’t share one. Give either a new address."
        if owner is not None:
            wrong = f"The same address as line {other.line:,}, and it is {holders[address].name}’s in Handrail."
            mend = "Give this person another address, or drop this line."
        reading.hold(row, reading.email_column, Wrong(wrong, mend))
    reading.rows = stay


def _both(one: str, other: str) -> str:
    return f"{one} and {other}" if one and one != other else "Two people"


def _held_by_another(
    row: FileRow, holder: Known | None, coming: Mapping[str, str], file_number: Mapping[int, str], staying: set[str]
) -> Wrong | None:
    if holder is None:
        return None
    number = file_number.get(holder.pk, "")
    if number == row.staff_number:
        return None
    gives_it_up = number in coming and coming[number] != holder.email
    if gives_it_up or (not number and holder.staff_number not in staying):
        return None
    known_as = f"staff number {holder.staff_number}" if holder.from_file else "who was added by hand"
    return Wrong(
        f"The address belongs to {holder.name} in Handrail, {known_as}.",
        "Give this person another address, or mend the staff number.",
    )
