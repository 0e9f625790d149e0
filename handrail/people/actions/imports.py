"""A staff file comes in: chosen, checked, mended, put in. Nothing about anybody is written before the last step."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.jobs import tick
from handrail.kernel.refs import Ref
from handrail.kernel.words import counted
from handrail.people.actions.apply import apply_difference, batches
from handrail.people.columns import Column, check_columns, chosen_columns, guess_columns
from handrail.people.csv_rows import CsvFile, read_csv
from handrail.people.difference import Difference, compare
from handrail.people.facts import PeopleImported, RoleEnded
from handrail.people.file_rows import Corrections, read_rows
from handrail.people.found import found_of
from handrail.people.models import OrgUnit, PeopleImport, PeopleImportRow, Person, RoleGrant
from handrail.people.reads import is_governance_owner
from handrail.people.sets import known_people, pack, pack_undo, unpack

NOT_YOURS = "Only the governance owner brings people in. Ask them to import the file, or to give you the role."
WAIT = timedelta(days=28)
MOST_HELD = 2_000
Progress = Callable[[int, int, str], None]


def may_import_people(person: Person) -> bool:
    """Who works here is the governance owner's to keep up to date."""
    return is_governance_owner(person)


def _nobody_listens(done: int, total: int, words: str) -> None:
    return None


def check_people_import(
    raw: bytes,
    name: str,
    columns: Sequence[str] | None = None,
    *,
    file_is_complete: bool = False,
    corrections: Corrections | None = None,
) -> Difference:
    """What a staff file would change. Writes nothing. `columns` names a field per column; guessed when not given."""
    file = read_csv(raw, name)
    return _difference(file, _matched(file, columns), file_is_complete, corrections or {})


def _matched(file: CsvFile, columns: Sequence[str] | None) -> list[Column]:
    guessed = guess_columns(file.header, file.rows)
    return guessed if columns is None else chosen_columns(guessed, columns)


def _difference(
    file: CsvFile, matched: Sequence[Column], file_is_complete: bool, corrections: Corrections
) -> Difference:
    check_columns(matched)
    reading = read_rows(file, matched, corrections)
    units = list(OrgUnit.objects.values_list("path", flat=True))
    difference = compare(reading, known_people(reading.fields), units, file_is_complete=file_is_complete)
    file.rows.clear()  # the rows are not needed any more, and are most of the memory of a big file
    difference.encoding, difference.delimiter = file.encoding, file.delimiter
    return difference


@transaction.atomic
def choose_people_file(
    raw: bytes, name: str, *, by: Person | None, columns: Sequence[str] | None = None, file_is_complete: bool = False
) -> PeopleImport:
    """Take a file in hand and check it; it waits at most 28 days. Without `by` it is the operator’s own shell."""
    if by is not None and not may_import_people(by):
        raise Refused(NOT_YOURS)
    _let_go_of_old_files()
    row = _new_row(raw, name, by, file_is_complete)
    _check_into(row, read_csv(raw, row.file_name), columns)
    return row


def _new_row(raw: bytes, name: str, by: Person | None, file_is_complete: bool) -> PeopleImport:
    return PeopleImport(
        file_name=PurePath(name.replace("\\", "/")).name[:200] or "people.csv",
        sha256=hashlib.sha256(raw).hexdigest(),
        file=pack(raw),
        file_is_complete=file_is_complete,
        by=by,
    )


def _let_go_of_old_files() -> None:
    old = PeopleImport.objects.filter(made_at__lt=timezone.now() - WAIT, file__isnull=False)
    old.filter(state=PeopleImport.State.CHECKED).update(state=PeopleImport.State.DROPPED)
    PeopleImportRow.objects.filter(people_import__in=old).delete()
    old.update(file=None, corrections={})


def _check_into(row: PeopleImport, file: CsvFile, columns: Sequence[str] | None) -> Difference | None:
    """Check a file and keep what was found on its row. A matching that can't work is kept with its sentence."""
    matched = _matched(file, columns)
    row.columns = [column.as_json() for column in matched]
    try:
        difference = _difference(file, matched, row.file_is_complete, row.corrections)
    except BadInput as refusal:
        row.found = {"refusal": refusal.sentence}
        row.rows = len(file.rows)
        row.save()
        PeopleImportRow.objects.filter(people_import=row).delete()
        return None
    keep_found(row, difference)
    return difference


def keep_found(row: PeopleImport, difference: Difference) -> None:
    """Write down what a check found, and the rows held back, up to a limit a person could ever mend by hand."""
    found = found_of(difference, timezone.now(), _roles_of_leavers(difference))
    row.held_back = len(difference.bad)
    if row.state == PeopleImport.State.DONE:
        row.found = {**row.found, "mended": found}  # what this file did stays written as it was
    else:
        row.found = found
        row.rows, row.added, row.changed = difference.rows, len(difference.new), len(difference.changed)
        row.left = len(difference.leaving)
    row.save()
    PeopleImportRow.objects.filter(people_import=row).delete()
    PeopleImportRow.objects.bulk_create(
        [
            PeopleImportRow(
                people_import=row, line=bad.line, cells=[cell[:1000] for cell in bad.cells][:200], column=bad.column,
                cell=bad.cell, wrong=bad.wrong[:300], mend=bad.mend[:300], suggestion=bad.suggestion[:254],
            )
            for bad in difference.bad[:MOST_HELD]
        ],
        batch_size=500,
    )  # fmt: skip


def _roles_of_leavers(difference: Difference) -> dict[int, list[str]]:
    """Which roles would end, for those whom the page shows."""
    keys = [person.pk for person in difference.leaving]
    roles: dict[int, list[str]] = {}
    for batch in batches(keys):
        for grant in RoleGrant.objects.filter(person_id__in=batch, ended_at__isnull=True):
            roles.setdefault(grant.person_id, []).append(str(grant))
    return roles


def in_hand(row: PeopleImport, by: Person | None) -> PeopleImport:
    """The row, read anew and locked, if this person may go on with it and its file is still here."""
    if by is not None and not may_import_people(by):
        raise Refused(NOT_YOURS)
    fresh = PeopleImport.objects.select_for_update().get(pk=row.pk)
    if fresh.state == PeopleImport.State.RUNNING:
        raise NotNow("This file is going in right now. Wait until it’s done.")
    if fresh.file is None:
        raise NotNow("This file is no longer kept. Choose it again.")
    if fresh.state == PeopleImport.State.DONE and _newer_than(fresh):
        raise NotNow("A newer file has gone in since. Mend these rows there.")
    return fresh


def _newer_than(row: PeopleImport) -> bool:
    return PeopleImport.objects.filter(pk__gt=row.pk, state=PeopleImport.State.DONE, undo__isnull=False).exists()


def _columns_of(row: PeopleImport) -> list[str]:
    return [column["field"] for column in row.columns]


@transaction.atomic
def match_columns(row: PeopleImport, columns: Sequence[str], *, file_is_complete: bool, by: Person) -> PeopleImport:
    """Say what each column is, and check again."""
    row = in_hand(row, by)
    row.file_is_complete = file_is_complete
    _check_into(row, read_csv(unpack(row.file), row.file_name), columns)
    return row


@transaction.atomic
def mend_row(row: PeopleImport, line: int, cells: list[str] | None, *, by: Person) -> PeopleImport:
    """Put other cells in the place of a held-back line, or drop it (None), and check again."""
    row = in_hand(row, by)
    held = row.held.filter(line=line).first()
    if held is None:
        raise BadInput(f"Line {line:,} is not among the rows to mend.", line=line)
    if cells is not None and any(len(cell) > 1000 for cell in cells):
        raise BadInput("A cell holds at most 1,000 characters.", line=line)
    row.corrections = {**row.corrections, str(line): cells}
    _check_into(row, read_csv(unpack(row.file), row.file_name), _columns_of(row))
    return row


@transaction.atomic
def settle_circle(row: PeopleImport, line: int, boss: str, *, by: Person) -> PeopleImport:
    """Give one member of a circle another line manager, in the words of the file's own column, and check again."""
    row = in_hand(row, by)
    if line not in {member["line"] for circle in row.found.get("circles", []) for member in circle if member["line"]}:
        raise BadInput(f"Line {line:,} is in no circle any more.", line=line)
    file = read_csv(unpack(row.file), row.file_name)
    fields = _columns_of(row)
    at = fields.index("manager_number" if "manager_number" in fields else "manager_email")
    kept = row.corrections.get(str(line)) or next(cells for number, cells in file.rows if number == line)
    cells = [*kept[:at], boss.strip()[:254], *kept[at + 1 :]]
    row.corrections = {**row.corrections, str(line): cells}
    _check_into(row, file, fields)
    return row


@transaction.atomic
def drop_file(row: PeopleImport, *, by: Person) -> PeopleImport:
    """Start again: let go of a file that has not gone in."""
    row = in_hand(row, by)
    row.held.all().delete()
    row.file, row.corrections = None, {}
    if row.state != PeopleImport.State.DONE:
        row.state = PeopleImport.State.DROPPED
    row.save()
    return row


def put_in(
    row: PeopleImport, *, by: Person | None, confirmed: bool = False, progress: Progress = _nobody_listens
) -> PeopleImport:
    """Put the good rows in, all together or not at all; the others stay held back and can still be mended.

    The difference is worked out anew inside the transaction, so what changed since the check is respected.
    """
    raw = unpack(row.file)
    file = read_csv(raw, row.file_name) if raw else None
    progress(0, row.rows, "Rows are read")
    with transaction.atomic():
        return _put_in(row, file, by, confirmed, progress)[0]


def _put_in(
    row: PeopleImport, file: CsvFile | None, by: Person | None, confirmed: bool, progress: Progress
) -> tuple[PeopleImport, Difference]:
    if by is not None and not may_import_people(by):
        raise Refused(NOT_YOURS)
    row = PeopleImport.objects.select_for_update().get(pk=row.pk)
    if file is None or row.file is None:
        raise NotNow("This file is no longer kept. Choose it again.")
    in_a_job = row.state == PeopleImport.State.RUNNING
    again = row.state == PeopleImport.State.DONE
    if row.state in (PeopleImport.State.PUT_BACK, PeopleImport.State.DROPPED) or (again and _newer_than(row)):
        raise NotNow("A newer file has gone in since, or this one was put back. Choose the file again.")
    matched = [Column(**column) for column in row.columns]
    difference = _difference(file, matched, row.file_is_complete, row.corrections)
    check_leavers(difference, confirmed)
    if again:
        row = _continued(row)
    keep_found(row, difference)
    applied = apply_difference(difference, row)
    row.state = PeopleImport.State.DONE
    row.done_at = timezone.now()
    row.why = ""
    row.undo = None if difference.changes_nothing else pack_undo(applied.undo)
    if not difference.bad:
        row.file = None
    row.save()
    progress(row.rows, row.rows, "Everybody is in")
    _announce(row, difference, applied.ended, by)
    if in_a_job:
        tick()
    return row, difference


def _continued(row: PeopleImport) -> PeopleImport:
    """Mended rows of a file that is in already go in as an import of their own, so that each can be put back."""
    following = PeopleImport(
        file_name=row.file_name, sha256=row.sha256, file=row.file, file_is_complete=row.file_is_complete,
        columns=row.columns, corrections=row.corrections, by=row.by,
    )  # fmt: skip
    row.held.all().delete()
    row.file, row.corrections = None, {}
    row.save()
    return following


def check_leavers(difference: Difference, confirmed: bool) -> None:
    """Stop before a file that looks wrong, or that would leave nobody to answer for the house."""
    if difference.too_many_leave and not confirmed:
        leave = counted(len(difference.leaving), "person", "people")
        raise NotNow(
            f"{leave} of {difference.here:,} would leave, more than one in twenty. "
            "If the file is right, confirm it; if it’s a part of the workforce, say that it isn’t complete."
        )
    leaving = {person.pk for person in difference.leaving}
    owners = RoleGrant.objects.filter(role="governance_owner", ended_at__isnull=True, person__is_active=True)
    keys = set(owners.values_list("person_id", flat=True))
    if keys and keys <= leaving:
        raise NotNow("This file would leave nobody as governance owner. Give the role to somebody who stays first.")


def _announce(row: PeopleImport, difference: Difference, ended: list[RoleGrant], by: Person | None) -> None:
    if difference.changes_nothing:
        return
    for grant in ended:
        fact = RoleEnded(person=Ref("person", grant.person_id), role=grant.role, interest=grant.interest, why="left")
        announce(fact, who=by)
    announce(
        PeopleImported(
            people_import=Ref("people_import", row.pk), file_name=row.file_name, sha256=row.sha256, added=row.added,
            changed=row.changed, left=row.left, held_back=row.held_back,
        ),
        who=by,
    )  # fmt: skip


def import_people(
    raw: bytes,
    name: str,
    columns: Sequence[str] | None = None,
    *,
    by: Person | None,
    file_is_complete: bool = False,
    confirmed: bool = False,
    progress: Progress = _nobody_listens,
) -> Difference:
    """Choose, check and put a file in at once: the door for the command line, the API and the demo.

    Returns what was done; `key` is the import's number, and the rows held back wait on its page to be mended.
    """
    if by is not None and not may_import_people(by):
        raise Refused(NOT_YOURS)
    row = _new_row(raw, name, by, file_is_complete)
    file = read_csv(raw, row.file_name)
    row.columns = [column.as_json() for column in _matched(file, columns)]
    with transaction.atomic():
        row.save()
        row, difference = _put_in(row, file, by, confirmed, progress)
    difference.key = row.pk
    return difference


@transaction.atomic
def note_failure(row: PeopleImport, sentence: str) -> None:
    """Say why a file did not go in; it can be tried again."""
    PeopleImport.objects.filter(pk=row.pk, state=PeopleImport.State.RUNNING).update(
        state=PeopleImport.State.CHECKED, why=sentence[:500]
    )
