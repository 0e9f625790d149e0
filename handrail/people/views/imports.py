"""The import as a task in four steps: choose, match columns, check, done."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from handrail.kernel.errors import BadInput, Refusal
from handrail.kernel.files import csv_answer, safe_cell
from handrail.people import actions
from handrail.people.csv_rows import MAX_BYTES
from handrail.people.guard import guarded, person_of
from handrail.people.import_page import page_of, progress_of
from handrail.people.models import PeopleImport, PeopleImportRow, Person

State = PeopleImport.State
may_import = actions.may_import_people


@guarded(may_import)
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is checked at once and nothing is written."""
    refusal = None
    if request.method == "POST":
        try:
            row = _take(request)
            return redirect("people:import_check", key=row.pk)
        except BadInput as error:
            refusal = error
    shown = {
        "refusal": refusal,
        "earlier": PeopleImport.objects.select_related("by").exclude(state=State.DROPPED).defer("file", "undo")[:14],
        "nobody": not Person.objects.filter(joined_in__isnull=False).exists(),
        "complete": request.POST.get("complete", ""),
    }
    return render(request, "people/import.html", shown, status=422 if refusal else 200)


def _take(request: HttpRequest) -> PeopleImport:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise BadInput("Choose a file first.", field="file")
    if (file.size or 0) > MAX_BYTES:
        size = f"{(file.size or 0) // (1024 * 1024)} MB"
        raise BadInput(
            f"{file.name} is {size}; a staff file may be {MAX_BYTES // (1024 * 1024)} MB. Split it in parts."
        )
    complete = request.POST.get("complete") == "on"
    return actions.choose_people_file(
        file.read(), file.name or "people.csv", by=person_of(request), file_is_complete=complete
    )


def _row(key: int) -> PeopleImport:
    return get_object_or_404(PeopleImport.objects.select_related("by"), pk=key)


@guarded(may_import)
@require_GET
def check(request: HttpRequest, key: int) -> HttpResponse:
    """The file in hand: what would change, what can't go in, and later what became of it."""
    row = _row(key)
    if row.state == State.DROPPED:
        messages.info(request, "That file is no longer kept. Choose it again.")
        return redirect("people:import")
    shown = page_of(row, request.GET.get("show", ""))
    template = {State.RUNNING: "people/import_running.html", State.CHECKED: "people/import_check.html"}
    return render(request, template.get(State(row.state), "people/import_done.html"), shown)


@guarded(may_import)
@require_GET
def progress(request: HttpRequest, key: int) -> HttpResponse:
    """How far a long file has come; once it is done the page is loaded anew."""
    row = _row(key)
    if row.state != State.RUNNING:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "people/_import_progress.html", {"row": row, **progress_of(row)})


@guarded(may_import)
@require_POST
def match(request: HttpRequest, key: int) -> HttpResponse:
    """Say what each column is; the check runs again."""
    row = _row(key)
    columns = [request.POST.get(f"column-{number}", "") for number in range(len(row.columns))]
    complete = request.POST.get("complete") == "on"
    return _then_back(
        request, key, lambda: actions.match_columns(row, columns, file_is_complete=complete, by=person_of(request))
    )


@guarded(may_import)
@require_POST
def mend(request: HttpRequest, key: int) -> HttpResponse:
    """Mend one held-back line in place, or drop it."""
    row = _row(key)
    held = get_object_or_404(PeopleImportRow, people_import=row, line=_number(request.POST.get("line", "")))
    cells = _mended(request, held, row)
    return _then_back(request, key, lambda: actions.mend_row(row, held.line, cells, by=person_of(request)), "#h-bad")


@guarded(may_import)
@require_POST
def circle(request: HttpRequest, key: int) -> HttpResponse:
    """Let one member of a circle report to somebody else."""
    row, line = _row(key), _number(request.POST.get("line", ""))
    boss = request.POST.get("boss", "")
    return _then_back(request, key, lambda: actions.settle_circle(row, line, boss, by=person_of(request)))


def _mended(request: HttpRequest, held: PeopleImportRow, row: PeopleImport) -> list[str] | None:
    """The cells of a line after mending: one cell typed anew, two joined, the whole line typed anew, or dropped."""
    if "drop" in request.POST:
        return None
    cells = [str(cell) for cell in held.cells]
    join = request.POST.get("join", "")
    if join.isdigit() and int(join) + 1 < len(cells):
        at = int(join)
        return [*cells[:at], f"{cells[at].strip()}, {cells[at + 1].strip()}", *cells[at + 2 :]]
    value = request.POST.get("value", "")
    if held.column is None or held.column >= len(cells):
        delimiter = row.found.get("delimiter", ",")
        return next(csv.reader(io.StringIO(value.replace("\n", " ")), delimiter=delimiter), [])
    cells[held.column] = value
    return cells


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _then_back(request: HttpRequest, key: int, act: Any, anchor: str = "") -> HttpResponse:
    """Do it and come back to the page of the file; a refusal is said there."""
    try:
        act()
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    response = redirect("people:import_check", key=key)
    response["Location"] += anchor
    return response


@guarded(may_import)
@require_POST
def put_in(request: HttpRequest, key: int) -> HttpResponse:
    """Put the good rows in."""
    row = _row(key)
    confirmed = request.POST.get("confirmed") == "on"
    try:
        row = actions.start_import(row, by=person_of(request), confirmed=confirmed)
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("people:import_check", key=row.pk)


@guarded(may_import)
@require_POST
def put_back(request: HttpRequest, key: int) -> HttpResponse:
    """Undo the latest file."""
    return _then_back(request, key, lambda: actions.put_back(_row(key), by=person_of(request)))


@guarded(may_import)
@require_POST
def start_again(request: HttpRequest, key: int) -> HttpResponse:
    """Let go of the file in hand."""
    actions.drop_file(_row(key), by=person_of(request))
    return redirect("people:import")


@guarded(may_import)
@require_GET
def held_csv(request: HttpRequest, key: int) -> HttpResponse:
    """The rows to mend as CSV, with the same heading, so that they can be mended in a spreadsheet and brought again."""
    row = _row(key)
    response = csv_answer("rows-to-mend.csv")
    writer = csv.writer(response)
    kept = [column["index"] for column in row.columns if not column["refused"]]
    writer.writerow([safe_cell(row.columns[index]["header"]) for index in kept] + ["What is wrong"])
    for held in row.held.all().iterator():
        cells = [str(held.cells[index]) if index < len(held.cells) else "" for index in kept]
        writer.writerow([safe_cell(cell) for cell in [*cells, f"Line {held.line}: {held.wrong} {held.mend}"]])
    return response


@guarded(may_import)
@require_GET
def sample_csv(request: HttpRequest) -> HttpResponse:
    """A small file that goes in as it is, to show the shape."""
    response = csv_answer("people-sample.csv")
    writer = csv.writer(response)
    writer.writerow(
        ["Staff number", "Name", "E-mail", "Line manager", "Hotel", "Function", "Job", "Country", "Language", "Start"]
    )
    writer.writerow(
        [
            "1001",
            "Ines Faria",
            "ines@example.org",
            "",
            "Portugal / Lisbon",
            "Front office",
            "General manager",
            "PT",
            "pt",
            "2019-03-01",
        ]
    )
    writer.writerow(
        [
            "1002",
            "Rui Matos",
            "rui@example.org",
            "ines@example.org",
            "Portugal / Lisbon",
            "Front office",
            "Receptionist",
            "PT",
            "pt",
            "2024-11-15",
        ]
    )
    return response
