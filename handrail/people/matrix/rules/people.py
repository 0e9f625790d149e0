"""Rules about who the letters belong to: one's own work, one's own team, roles, channels, deputies."""

from collections.abc import Iterator

from handrail.kernel.words import count, listed
from handrail.people.matrix.rules.register import rule
from handrail.people.matrix.table import Cell, Finding, Fix, Table, in_order

DRAFT, VET, APPROVE, PUBLISH = "activity:draft", "activity:vet", "activity:approve", "activity:publish"


def _only(people: list[int]) -> int | None:
    return people[0] if len(people) == 1 else None


@rule("RACI-05", "Nobody approves only their own words", "A text needs a second pair of eyes.")
def author_is_not_approver(table: Table) -> Iterator[Finding]:
    """Whoever approves is not the only one who drafts."""
    author = _only(table.people_with(DRAFT, "R"))
    if author is not None and table.people_with(APPROVE, "A") == [author]:
        title = f"{table.named(author)} drafts alone and approves"
        yield Finding(
            "RACI-05", title, "Let another person draft too, or approve.", (DRAFT, APPROVE), (f"person:{author}",)
        )


@rule("RACI-13", "A role has holders", "A role that nobody holds is an empty chair.")
def roles_are_held(table: Table) -> Iterator[Finding]:
    """Each role in the table is held by somebody today."""
    for holder in table.holders:
        cells = table.of_holder.get(holder.key, ())
        if holder.kind == "role" and cells and not holder.people:
            rows = tuple(cell.row for cell in cells)
            title = f"Nobody holds the role of {holder.name}"
            more = f"It stands in {count(len(rows))} {'row' if len(rows) == 1 else 'rows'}."
            gone = tuple(Cell(row, holder.key, "") for row in rows)
            yield Finding("RACI-13", title, more, rows, (holder.key,), (Fix("Take the letters out", gone),))


@rule("RACI-14", "Whoever acts can sign in", "A button is no use to somebody who can’t reach it.")
def doers_sign_in(table: Table) -> Iterator[Finding]:
    """Persons with A or R can sign in; one finding names all who can't."""
    waiting = []
    rows: dict[str, None] = {}
    for person in table.people:
        cells = [cell for cell in table.of_holder.get(f"person:{person.key}", ()) if set(cell.letters) & {"A", "R"}]
        if cells and person.here and not person.signs_in:
            waiting.append(person)
            rows |= dict.fromkeys(cell.row for cell in cells)
    if waiting:
        names = [person.name for person in waiting]
        title = (
            f"{names[0]} can’t sign in yet"
            if len(names) == 1
            else f"{count(len(names)).capitalize()} can’t sign in yet"
        )
        more = "Send an invitation." if len(names) == 1 else f"{listed(names)}. Send them invitations."
        holders = tuple(f"person:{person.key}" for person in waiting)
        yield Finding("RACI-14", title, more, tuple(rows), holders)


@rule("RACI-17", "Approving and publishing are two hands", "One hand on both leaves no second look.", severity="advice")
def two_hands(table: Table) -> Iterator[Finding]:
    """Approve and publish do not rest on the same single person."""
    one = _only(table.people_with(APPROVE, "A"))
    if one is not None and table.people_with(PUBLISH, "AR") == [one]:
        title = f"{table.named(one)} alone approves and publishes"
        yield Finding("RACI-17", title, "Let somebody else publish.", (APPROVE, PUBLISH), (f"person:{one}",))


@rule("RACI-18", "A channel has two keepers", "One lost phone must not close a channel.")
def channels_have_two(table: Table) -> Iterator[Finding]:
    """Each channel in the table has two persons with A or R."""
    for row in table.rows:
        if row.kind == "channel" and table.in_row.get(row.key):
            keepers = table.people_with(row.key, "AR")
            if len(keepers) < 2:
                more = f"Only {table.named(keepers[0])} can get in." if keepers else "Nobody can get in."
                yield Finding("RACI-18", f"{row.title} has fewer than two keepers", more, (row.key,))


@rule("RACI-20", "Each interest has a reader", "An interest that nobody reads for is not heard.")
def interests_are_read(table: Table) -> Iterator[Finding]:
    """For each interest, somebody who holds it has R in Vet."""
    if not table.in_row.get(VET):
        return
    reading = set(table.people_with(VET, "AR"))
    for interest, people in sorted(table.interests.items()):
        if not reading & set(people):
            more = "Nobody reviews for it." if not people else f"{table.named(people[0])} could."
            fixes = tuple(
                Fix(f"Let {table.named(key)} read", (table.with_more(VET, key, "R"),))
                for key in people[:3]
                if key in table.someone and table.someone[key].here
            )
            yield Finding("RACI-20", f"Nobody vets for {interest}", more, (VET,), (), fixes, interest)


@rule("RACI-23", "A role that decides has one holder", "A role of several makes several who decide.")
def deciding_roles_have_one(table: Table) -> Iterator[Finding]:
    """An A that stands on a role is held by one person."""
    for cell in table.cells:
        holder = table.holder.get(cell.holder)
        if holder is not None and holder.kind == "role" and "A" in cell.letters and len(holder.people) > 1:
            title = f"{count(len(holder.people)).capitalize()} hold the role that decides on {table.called(cell.row)}"
            rest = Cell(cell.row, cell.holder, in_order(set(cell.letters) - {"A"} | {"R"}))
            fixes = tuple(
                Fix(f"Let {table.named(key)} decide", (rest, table.with_more(cell.row, key, "A")))
                for key in holder.people[:4]
            )
            yield Finding("RACI-23", title, f"{holder.name}. Name one of them.", (cell.row,), (cell.holder,), fixes)


@rule(
    "RACI-24", "Not only one’s own team checks", "People seldom contradict whoever they report to.", severity="advice"
)
def not_only_own_team(table: Table) -> Iterator[Finding]:
    """Whoever approves is not line manager of everyone who vets."""
    boss = _only(table.people_with(APPROVE, "A"))
    readers = [key for key in table.people_with(VET, "R") if key != boss]
    known = [table.someone[key] for key in readers if key in table.someone]
    if boss is not None and known and all(person.manager == boss for person in known):
        title = f"Everyone who vets reports to {table.named(boss)}, who approves"
        yield Finding("RACI-24", title, "Ask somebody from another team to read.", (VET, APPROVE), (f"person:{boss}",))


@rule("RACI-29", "Not everything rests on one", "One person who decides everywhere is a single point of failure.")
def not_one_for_all(table: Table) -> Iterator[Finding]:
    """Draft, vet, approve and publish are not all decided by one person."""
    deciding = [_only(table.people_with(key, "A")) for key in (DRAFT, VET, APPROVE, PUBLISH)]
    if deciding[0] is not None and len(set(deciding)) == 1:
        title = f"{table.named(deciding[0])} decides on every step from draft to publish"
        more = "Let somebody else answer for one of them."
        yield Finding("RACI-29", title, more, (DRAFT, VET, APPROVE, PUBLISH), (f"person:{deciding[0]}",))
