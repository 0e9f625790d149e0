"""Audiences: groups of people said as rules, with a count that follows the rule as it is typed."""

import csv
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from handrail.kernel.errors import BadInput
from handrail.kernel.files import csv_answer, safe_cell
from handrail.people import actions
from handrail.people.audience_rules import FIELDS, OPS, OPS_OF, people_of, read_rule, rule_words
from handrail.people.guard import guarded, person_of
from handrail.people.models import Audience, OrgUnit, Person
from handrail.people.reads import anyone, is_governance_owner, people_in

EMPTY_LINES = 2


@guarded(anyone)
@require_GET
def audiences(request: HttpRequest) -> HttpResponse:
    """Every audience with its rule in words and how many belong to it now."""
    rows = [(row, rule_words(read_rule(row.rule)), people_in(row).count()) for row in Audience.objects.all()[:200]]
    shown = {"rows": rows, "may_set": actions.may_set_audiences(person_of(request))}
    return render(request, "people/audiences.html", shown)


@guarded(actions.may_set_audiences)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: int | None = None) -> HttpResponse:
    """Say an audience, for the first time or anew."""
    row = get_object_or_404(Audience, pk=key) if key else None
    refusal, given = None, _given(request) if request.method == "POST" else (row.rule if row else {})
    if request.method == "POST":
        try:
            saved = actions.set_audience(request.POST.get("name", ""), given, by=person_of(request), audience=row)
            messages.success(request, f"“{saved.name}” is kept; {people_in(saved).count():,} people belong to it now.")
            return redirect("people:audience", key=saved.pk)
        except BadInput as error:
            refusal = error
    shown = {
        **_builder(given),
        "row": row,
        "refusal": refusal,
        "name": request.POST.get("name", row.name if row else ""),
        **_counted(given),
    }
    return render(request, "people/audience_form.html", shown, status=422 if refusal else 200)


def _given(request: HttpRequest) -> dict[str, Any]:
    """The rule as the form has it; lines without a value are left out."""
    lines = []
    columns = (request.POST.getlist(name) for name in ("field", "op", "value"))
    for field, op, value in list(zip(*columns, strict=False))[:30]:
        if field and (value.strip() or field == "leads"):
            values = [each.strip() for each in value.split(",")] if op == "in" else [value]
            lines.append({"field": field, "op": op, "value": [each for each in values if each]})
    return {"join": request.POST.get("join", "all"), "lines": lines}


def _builder(given: dict[str, Any]) -> dict[str, Any]:
    lines = [{**line, "shown": ", ".join(line.get("value", []))} for line in given.get("lines", [])]
    lines += [{"field": "", "op": "", "shown": ""}] * EMPTY_LINES
    here = Person.objects.here()
    known: list[str] = []
    for field in ("function", "job", "level"):
        known += here.exclude(**{field: ""}).order_by(field).values_list(field, flat=True).distinct()[:100]
    places = OrgUnit.objects.values_list("path", flat=True)[:300]
    return {
        "lines": lines,
        "join": given.get("join", "all"),
        "fields": FIELDS.items(),
        "ops": [(op, words, [field for field, ops in OPS_OF.items() if op in ops]) for op, words in OPS.items()],
        "known": [*places, *known],
    }


def _counted(given: dict[str, Any]) -> dict[str, Any]:
    """How many a rule names, and a few of them; a rule that can't work says why."""
    try:
        rule = read_rule(given)
    except BadInput as refusal:
        return {"count": None, "why": refusal.sentence}
    people = people_of(rule)
    return {"count": people.count(), "few": list(people[:5]), "words": rule_words(rule)}


@guarded(actions.may_set_audiences)
@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """The live count beside the form."""
    return render(request, "people/_audience_count.html", _counted(_given(request)))


@guarded(anyone)
@require_GET
def audience(request: HttpRequest, key: int) -> HttpResponse:
    """One audience; who belongs to it is listed for the governance owner only."""
    row = get_object_or_404(Audience, pk=key)
    owner = is_governance_owner(person_of(request))
    people = people_in(row)
    shown = {
        "row": row,
        "words": rule_words(read_rule(row.rule)),
        "count": people.count(),
        "owner": owner,
        "rows": people.select_related("unit")[:200] if owner else [],
    }
    return render(request, "people/audience.html", shown)


@guarded(actions.may_set_audiences)
@require_POST
def drop(request: HttpRequest, key: int) -> HttpResponse:
    """Take an audience away."""
    row = get_object_or_404(Audience, pk=key)
    actions.drop_audience(row, by=person_of(request))
    messages.success(request, f"“{row.name}” is gone. Nobody was changed by that.")
    return redirect("people:audiences")


@guarded(is_governance_owner)
@require_GET
def audience_csv(request: HttpRequest, key: int) -> HttpResponse:
    """Who belongs to an audience today, as CSV."""
    row = get_object_or_404(Audience, pk=key)
    response = csv_answer("audience.csv")
    writer = csv.writer(response)
    writer.writerow(["Staff number", "Name", "Place", "Function", "Job"])
    fields = ("staff_number", "name", "unit__path", "function", "job")
    for cells in people_in(row).values_list(*fields).iterator(chunk_size=2000):
        writer.writerow([safe_cell(str(cell or "")) for cell in cells])
    return response
