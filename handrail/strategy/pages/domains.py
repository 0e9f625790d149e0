"""Impact domains: which functions are touched, what they already do, and their form."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from handrail.kernel.errors import Refused
from handrail.kernel.words import count, sentence_case
from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.strategy import actions
from handrail.strategy.models import Domain
from handrail.strategy.pages.asked import ActivityForms, DomainForm, activities_from, status_of, tried
from handrail.strategy.pages.panel import READY


@guarded(anyone)
@require_GET
def domains(request: HttpRequest) -> HttpResponse:
    """Every domain with its lead, what it does today, what would change for it and how ready it is."""
    person = person_of(request)
    rows = list(Domain.objects.select_related("lead").prefetch_related("activities", "purposes"))
    shown = {
        "rows": [(each, READY[each.readiness], actions.may_change_domain(person, each)) for each in rows],
        "headline": _headline(rows),
        "may_map": actions.may_map_domains(person),
    }
    return render(request, "strategy/domains.html", shown)


@guarded(actions.may_map_domains)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a domain down."""
    form = DomainForm(request.POST or None)
    return _form(request, form, ActivityForms(request.POST or None, prefix="act"), None)


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change a domain and what it does today; its lead may too."""
    row = get_object_or_404(Domain.objects.select_related("lead"), key=key)
    if not actions.may_change_domain(person_of(request), row):
        raise Refused("Domains are written down by the governance owner, authors, or the domain’s own lead.")
    if request.method == "POST":
        return _form(request, DomainForm(request.POST), ActivityForms(request.POST, prefix="act"), row)
    names = ("what", "channel", "audience", "how_often")
    stands = [{name: getattr(each, name) for name in names} for each in row.activities.all()]
    initial = {name: getattr(row, name) for name in ("name", "expected_impact", "readiness")}
    initial["lead"] = row.lead.email if row.lead else ""
    return _form(request, DomainForm(initial=initial), ActivityForms(initial=stands, prefix="act"), row)


def _form(request: HttpRequest, form: DomainForm, rows: Any, row: Domain | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid() & rows.is_valid():
        text, person = form.domain(activities_from(rows)), person_of(request)
        kept = tried(form, lambda: actions.set_domain(text, by=person, row=row))
        if kept is not None:
            messages.success(request, f"{kept.name} is written down.")
            return redirect("strategy:domains")
    shown = {"form": form, "rows": rows, "domain": row}
    status = 422 if request.method == "POST" and not rows.is_valid() else status_of(form)
    return render(request, "strategy/domain_form.html", shown, status=status)


def _headline(rows: list[Domain]) -> str:
    if not rows:
        return "No function is written down yet."
    noun = "domain is" if len(rows) == 1 else "domains are"
    loose = sum(row.lead_id is None for row in rows)
    silent = sum(row.readiness == Domain.Readiness.NOT_ASKED for row in rows)
    said = f"{sentence_case(count(len(rows)))} {noun} touched"
    more = []
    if loose:
        more.append(f"{count(loose)} {'has' if loose == 1 else 'have'} no lead")
    if silent:
        more.append(f"{count(silent)} {'was' if silent == 1 else 'were'} never asked")
    return f"{said}; {' and '.join(more)}." if more else f"{said}, each with a lead who was asked."
