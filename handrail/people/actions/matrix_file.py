"""A file of assignments goes into the proposal: good rows in, bad rows named with their line."""

import csv
import hashlib
import io
from dataclasses import dataclass

from django.db import transaction

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.people.actions.matrix import NOT_YOURS, OVER, check_holder, may_set_matrix, write_cell
from handrail.people.facts import MatrixImported
from handrail.people.matrix import ACTIVITIES, LETTERS, in_order
from handrail.people.models import Interest, Matrix, Person, Role
from handrail.people.reads import row_titles

COLUMNS = ("row", "who", "letters")
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class MatrixFile:
    """What a file holds: cells that can go in, and lines that can't with their reason."""

    cells: tuple[tuple[str, str, str], ...]
    bad: tuple[tuple[int, str], ...]


def check_matrix_file(data: bytes) -> MatrixFile:
    """Read a CSV of row, who, letters: an activity or subject by name or ref; an e-mail, role or function."""
    try:
        text = data.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError:
        raise BadInput("The file is not in UTF-8. Save it as CSV UTF-8 and try again.", field="file") from None
    try:
        lines = list(csv.reader(io.StringIO(text), strict=False))
    except csv.Error:
        raise BadInput("The file can’t be read as CSV. Save it as CSV UTF-8 and try again.", field="file") from None
    if not lines or [cell.strip().lower() for cell in lines[0][:3]] != list(COLUMNS):
        raise BadInput("The first line must be: row,who,letters.", field="file")
    if len(lines) > MOST_ROWS:
        raise BadInput(f"The file has more than {MOST_ROWS:,} lines. Split it.", field="file")
    return _read(lines[1:])


def _read(lines: list[list[str]]) -> MatrixFile:
    rows = _rows_by_name()
    who = _who_by_name()
    cells: dict[tuple[str, str], str] = {}
    bad: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=2):
        if not any(cell.strip() for cell in line):
            continue
        row, name, letters = (*(cell.strip() for cell in line), "", "", "")[:3]
        holder = who.get(name.lower(), "")
        wanted = set(letters.upper().replace(",", "").replace(" ", "").replace("/", "").replace("+", ""))
        if row.lower() not in rows:
            bad.append((number, f"“{row[:60]}” is no activity or document here."))
        elif not holder:
            bad.append((number, f"“{name[:60]}” is no person, role or function here."))
        elif not wanted or wanted - set(LETTERS):
            bad.append((number, f"“{letters[:20]}” is not made of A, R, C and I."))
        elif (rows[row.lower()], holder) in cells:
            bad.append((number, f"{name} stands in “{row[:60]}” on an earlier line already."))
        else:
            cells[rows[row.lower()], holder] = in_order(wanted)
    return MatrixFile(tuple((row, holder, letters) for (row, holder), letters in cells.items()), tuple(bad))


def _rows_by_name() -> dict[str, str]:
    titles = row_titles()
    names = {key: f"activity:{key}" for key in ACTIVITIES}
    names |= {title.lower(): key for key, title in titles.items()}
    return names | {key.lower(): key for key in titles}


def _who_by_name() -> dict[str, str]:
    here = Person.objects.here()
    names = {
        each: f"function:{each}" for each in here.exclude(function="").values_list("function", flat=True).distinct()
    }
    found = {name.lower(): holder for name, holder in names.items()}
    for key, label in Role.choices:
        found[key] = found[str(label).lower()] = f"role:{key}"
    for key, label in Interest.choices:
        found[f"reviewer, {label}".lower()] = found[f"reviewer/{key}"] = f"role:reviewer/{key}"
    people = here.exclude(email=None).values_list("email", "pk")
    return found | {str(email).lower(): f"person:{pk}" for email, pk in people}


@transaction.atomic
def import_matrix(matrix: Matrix, data: bytes, *, by: Person) -> MatrixFile:
    """Put the good rows of a file into a proposal. Cells the file does not name stay as they are."""
    if not may_set_matrix(by):
        raise Refused(NOT_YOURS)
    matrix = Matrix.objects.select_for_update().get(pk=matrix.pk)
    if matrix.state != Matrix.State.PROPOSED:
        raise NotNow(OVER)
    found = check_matrix_file(data)
    for row, holder, letters in found.cells:
        check_holder(holder)
        write_cell(matrix, row, holder, letters, by=by)
    fact = MatrixImported(
        matrix=Ref("matrix", matrix.pk),
        sha256=hashlib.sha256(data).hexdigest(),
        cells=len(found.cells),
        held_back=len(found.bad),
    )
    announce(fact, who=by)
    return found
