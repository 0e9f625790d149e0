"""The page of ownership: who does what, what follows, findings, gaps, delegates, who takes part."""

import csv
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from handrail.kernel.errors import BadInput, Refusal
from handrail.kernel.files import csv_answer, safe_cell
from handrail.people import actions as people
from handrail.people.guard import guarded, person_of
from handrail.people.models import Delegation, Gap, Matrix, MatrixWaiver, Person
from handrail.people.reads import (
    anyone,
    broken_by,
    cross_section,
    matrix_in_force,
    matrix_proposed,
    may_see_record,
    role_name,
    row_titles,
    table_of,
    verdict_on,
)
from handrail.policy.reads.ownership import page_values


@guarded(anyone)
@require_GET
def ownership(request: HttpRequest) -> HttpResponse:
    """The matrix in force or the proposal, with everything around it."""
    return render(request, "policy/ownership.html", _values(request))


def _values(request: HttpRequest) -> dict[str, Any]:
    person = person_of(request)
    in_force, proposed = matrix_in_force(), matrix_proposed()
    wants = request.GET.get("view") or request.POST.get("view") or ("in_force" if in_force else "proposed")
    shown = proposed if wants == "proposed" and proposed else in_force or proposed
    values = page_values(shown, person)
    may = people.may_set_matrix(person)
    row, holder = request.GET.get("row", ""), request.GET.get("holder", "")
    return values | {
        "shown": shown,
        "sees_record": may_see_record(person),
        "in_force": in_force,
        "proposed": proposed,
        "is_proposal": shown is not None and shown == proposed,
        "may_set": may,
        "may_edit": may and shown is not None and shown == proposed,
        "edit_row": row,
        "edit_holder": holder,
        "edit_letters": _letters_in(shown, row, holder),
    }


def _letters_in(shown: Matrix | None, row: str, holder: str) -> str:
    """What the cell says that a link of the table opened the form for."""
    if shown is None or not row or "\x00" in row + holder:
        return ""
    return shown.assignments.filter(row=row, holder=holder).values_list("letters", flat=True).first() or ""


@guarded(anyone)
@require_GET
def as_csv(request: HttpRequest) -> HttpResponse:
    """The matrix shown as a file that can be brought in again."""
    shown = matrix_proposed() if request.GET.get("view") == "proposed" else matrix_in_force()
    answer = csv_answer("ownership.csv")
    written = csv.writer(answer)
    written.writerow(("row", "who", "letters", "row called", "who called"))
    titles = row_titles()
    for cell in shown.assignments.select_related("person") if shown else ():
        kind, _, rest = cell.holder.partition(":")
        who = (cell.person.email or cell.holder) if cell.person else rest
        called = cell.person.name if cell.person else role_name(cell.holder) if kind == "role" else rest
        cells = (cell.row.removeprefix("activity:"), who, cell.letters, titles.get(cell.row, ""), called)
        written.writerow([safe_cell(each) for each in cells])
    return answer


@guarded(anyone)
@require_GET
def shares_csv(request: HttpRequest) -> HttpResponse:
    """Those who take part against the workforce, small groups hidden, as a file."""
    answer = csv_answer("who-takes-part.csv")
    written = csv.writer(answer)
    written.writerow(("by", "group", "workforce", "taking part"))
    for field, shares in cross_section().by.items():
        for each in shares:
            hidden = "fewer than 5" if each.hidden else ""
            written.writerow((field, safe_cell(each.name), hidden or each.workforce, hidden or each.taking))
    return answer


@guarded(anyone)
@require_POST
def do(request: HttpRequest, verb: str) -> HttpResponseBase:
    """Every change of the page: a verb, its form, and back to the page with a sentence."""
    if verb not in VERBS:
        raise Http404
    htmx = bool(getattr(request, "htmx", False))
    try:
        said = VERBS[verb](request, person_of(request))
    except Refusal as refusal:
        if not htmx:
            messages.error(request, refusal.sentence)
        said = refusal.sentence
    else:
        if not htmx and said:
            messages.success(request, said)
    if htmx:
        values = _values(request) | {"said": said, "htmx_answer": True}
        return render(request, "policy/_ownership_matrix.html", values)
    view = request.POST.get("view", "")
    return redirect(reverse("policy:ownership") + (f"?view={view}" if view in {"in_force", "proposed"} else ""))


def _proposal() -> Matrix:
    found = matrix_proposed()
    if found is None:
        raise BadInput("No proposal is being worked on. Begin one first.")
    return found


def _day(request: HttpRequest, name: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise BadInput("Choose a day, such as 2026-12-18.", field=name) from None


def _person(typed: str, field: str) -> Person:
    """A person as typed: e-mail, or the exact name where only one has it."""
    typed = typed.replace("\x00", "").strip()
    found = list(Person.objects.here().filter(email=typed.lower())[:1]) or list(
        Person.objects.here().filter(name__iexact=typed)[:2]
    )
    if len(found) != 1 or not typed:
        raise BadInput(f"“{typed[:60]}” is not one person here. Type their e-mail address.", field=field)
    return found[0]


def _holder(typed: str) -> str:
    typed = typed.replace("\x00", "").strip()
    if typed.partition(":")[0] in ("person", "role", "function"):
        return typed
    return f"person:{_person(typed, 'holder').pk}"


def _propose(request: HttpRequest, by: Person) -> str:
    people.propose_matrix(by=by, why=request.POST.get("why", ""))
    return "A proposal is begun. Change it freely; nothing holds until it is agreed."


def _letters(request: HttpRequest, by: Person) -> str:
    letters = "".join(request.POST.getlist("letters"))
    people.set_letters(
        _proposal(), request.POST.get("row", ""), _holder(request.POST.get("holder", "")), letters, by=by
    )
    return ""


def _fix(request: HttpRequest, by: Person) -> str:
    proposal = _proposal()
    asked = (request.POST.get("finding", ""), request.POST.get("fix", ""))
    for _rule, finding in verdict_on(table_of(proposal)).found:
        for fix in finding.fixes:
            if (finding.key, fix.words) == asked:
                for cell in fix.cells:
                    people.set_letters(proposal, cell.row, cell.holder, cell.letters, by=by)
                return f"Done: {fix.words}."
    raise BadInput("This finding is not there any more. Reload the page.")


def _undo(request: HttpRequest, by: Person) -> str:
    edit = people.undo_edit(_proposal(), by=by)
    return "The latest change is taken back." if edit else "There is no change to take back."


def _agree(request: HttpRequest, by: Person) -> str:
    typed = [line for line in request.POST.get("people", "").replace(",", "\n").splitlines() if line.strip()]
    agreed = [_person(each, "people") for each in typed]
    day = _day(request, "agreed_on")
    people.agree_matrix(_proposal(), agreed_on=day, how=request.POST.get("how", ""), people=agreed, by=by)
    return "It’s in force. Buttons, invitations and mail follow it from now on."


def _drop(request: HttpRequest, by: Person) -> str:
    people.drop_proposal(_proposal(), by=by, why=request.POST.get("why", ""))
    return "The proposal is dropped. What is in force stays."


def _waive(request: HttpRequest, by: Person) -> str:
    finding = request.POST.get("finding", "")
    people.waive(
        finding.partition("|")[0], finding, why=request.POST.get("why", ""), until=_day(request, "until"), by=by
    )
    return "Noted, with your reason. It comes back after that day."


def _end_waiver(request: HttpRequest, by: Person) -> str:
    people.end_waiver(get_object_or_404(MatrixWaiver, pk=_key(request.POST.get("key", ""))), by=by)
    return "It’s shown again."


def _bring_in(request: HttpRequest, by: Person) -> str:
    file = request.FILES.get("file")
    if file is None or isinstance(file, list) or (file.size or 0) > 2_000_000:
        raise BadInput("Choose a CSV file of at most 2 MB.", field="file")
    data = file.read()
    dry = request.POST.get("dry") == "on"
    found = people.check_matrix_file(data) if dry else people.import_matrix(_proposal(), data, by=by)
    bad = "; ".join(f"line {line}: {why}" for line, why in found.bad[:10])
    start = f"{len(found.cells)} cells {'would go' if dry else 'went'} in"
    return f"{start}, {len(found.bad)} lines can’t. {bad}" if bad else f"{start}."


def _delegate(request: HttpRequest, by: Person) -> str:
    away = _person(request.POST.get("person", ""), "person") if request.POST.get("person", "").strip() else by
    people.delegate(
        away,
        _person(request.POST.get("to", ""), "to"),
        starts_on=_day(request, "starts_on"),
        ends_on=_day(request, "ends_on"),
        activities=request.POST.getlist("activities"),
        by=by,
    )
    return "Noted. Their acts on those days carry both names."


def _key(key: str) -> int:
    if not key.isascii() or not key.isdigit() or len(key) > 12:
        raise Http404
    return int(key)


def _end_delegation(request: HttpRequest, by: Person) -> str:
    people.end_delegation(get_object_or_404(Delegation, pk=_key(request.POST.get("key", ""))), by=by)
    return "They no longer stand in."


def _offer(request: HttpRequest, by: Person) -> str:
    to = _person(request.POST.get("to", ""), "to")
    keys = [_key(key) for key in request.POST.getlist("key")]
    if not keys:
        raise BadInput("Tick at least one thing to offer.", field="key")
    with transaction.atomic():
        for key in keys:
            people.offer_gap(get_object_or_404(Gap, pk=key), to, by=by)
    return f"Offered to {to.name}, who says yes or no on this page."


def _take(request: HttpRequest, by: Person) -> str:
    gap = people.take_gap(get_object_or_404(Gap, pk=_key(request.POST.get("key", ""))), by=by)
    broken = broken_by(gap.row)
    if broken:
        return f"It’s yours now. The check has something to say: {'; '.join(broken[:3])}."
    return "It’s yours now."


def _decline(request: HttpRequest, by: Person) -> str:
    people.decline_gap(get_object_or_404(Gap, pk=_key(request.POST.get("key", ""))), by=by)
    return "You said no. It waits for another name."


VERBS: dict[str, Callable[[HttpRequest, Person], str]] = {
    "propose": _propose,
    "letters": _letters,
    "fix": _fix,
    "undo": _undo,
    "agree": _agree,
    "drop": _drop,
    "waive": _waive,
    "end-waiver": _end_waiver,
    "import": _bring_in,
    "delegate": _delegate,
    "end-delegation": _end_delegation,
    "offer": _offer,
    "take": _take,
    "decline": _decline,
}
