"""Pages that bring the tables of strategy in from a file, and take them out as the same file."""

import csv
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from handrail.kernel.errors import BadInput, Refused
from handrail.kernel.files import csv_answer
from handrail.kernel.words import counted
from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.strategy.actions import import_rows, may_bring_in
from handrail.strategy.forms import GoalFileForm
from handrail.strategy.goal_rows import as_text
from handrail.strategy.reads import table
from handrail.strategy.sheets import SHEETS

PAGES = {"domains": "strategy:domains", "purposes": "strategy:purposes", "initiatives": "strategy:initiatives"}


@guarded(anyone)
@require_GET
def table_csv(request: HttpRequest, kind: str) -> HttpResponse:
    """Domains, purposes, initiatives or readings as CSV; the same file goes back in and changes nothing."""
    response = csv_answer(f"{kind}.csv")
    csv.writer(response).writerows(table(kind))
    return response


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest, kind: str) -> HttpResponse:
    """A file of one table: looked at first, mended in place where it has to be, then put in."""
    if kind not in SHEETS:
        raise Http404
    person, sheet = person_of(request), SHEETS[kind]
    if not may_bring_in(person, kind):
        raise Refused("Files like this are brought in by authors and the governance owner. Hand it to one of them.")
    form = GoalFileForm(request.POST or None, request.FILES or None)
    shown: dict[str, Any] = {"form": form, "sheet": sheet, "back": PAGES.get(kind, "strategy:purposes")}
    shown["csv"] = reverse(f"strategy:{kind}_csv")
    if request.method == "POST" and form.is_valid():
        raw, shown["name"] = form.source()
        # A file just chosen is only looked at; what goes in is what the person has seen.
        put_in = form.cleaned_data["put_in"] and not form.cleaned_data["file"]
        try:
            report = import_rows(kind, raw, shown["name"], by=person, dry_run=not put_in)
            shown |= {"report": report, "text": as_text(raw, shown["name"], kind)}
        except BadInput as error:
            shown["refusal"] = error
        else:
            if put_in and not report.held_back:
                messages.success(request, f"{counted(len(report.new), sheet.noun)} new, {len(report.changed)} changed.")
                return redirect(shown["back"])
    status = 422 if form.errors or "refusal" in shown else 200
    return render(request, "strategy/bring_in_rows.html", shown, status=status)
