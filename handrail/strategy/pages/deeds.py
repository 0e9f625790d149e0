"""What is done on the pages of strategy: propose, rate, approve, leave empty, go live, issue."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.strategy import actions
from handrail.strategy.forms import PurposeForm
from handrail.strategy.models import Constituency, Initiative, Level, Purpose


@guarded(actions.may_propose)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Put a purpose forward; `at=level.constituency` names the cell somebody clicked."""
    form = PurposeForm(request.POST or None, initial={"cells": [request.GET.get("at", "")]})
    if request.method == "POST" and form.is_valid():
        row = actions.propose_purpose(form.purpose(), by=person_of(request))
        messages.success(request, "The purpose is proposed. Others rate it now.")
        return redirect("strategy:purpose", key=row.key)
    return render(request, "strategy/propose.html", {"form": form}, status=422 if form.errors else 200)


@guarded(actions.may_decide_cells)
@require_http_methods(["GET", "POST"])
def empty(request: HttpRequest) -> HttpResponse:
    """Leave a cell, or a whole column, empty on purpose and say why."""
    level, _, who = request.GET.get("at", "").partition(".")
    if who not in Constituency.values or (level and level not in Level.values):
        raise Http404
    cells = [(level, who)] if level else [(each, who) for each in Level.values]
    if request.method == "POST":
        actions.leave_empty(cells, request.POST.get("reason", ""), by=person_of(request))
        messages.success(request, "It stays empty, and people read why.")
        return redirect("strategy:overview")
    label = Constituency(who).label
    return render(request, "strategy/empty.html", {"label": label, "level": Level(level).label if level else ""})


@guarded(anyone)
@require_POST
def rate(request: HttpRequest, key: str) -> HttpResponse:
    """Rate one trait, with a reason."""
    row = get_object_or_404(Purpose, key=key)
    said = request.POST.get("rating", "")
    rating = int(said) if said in {"1", "2", "3", "4", "5"} else 0
    actions.assess(row, request.POST.get("trait", ""), rating, request.POST.get("reason", ""), by=person_of(request))
    messages.success(request, "Your rating is kept with its reason.")
    return redirect("strategy:purpose", key=key)


@guarded(anyone)
@require_POST
def purpose_deed(request: HttpRequest, key: str, verb: str) -> HttpResponse:
    """Approve, reopen, keep or drop a purpose."""
    row = get_object_or_404(Purpose, key=key)
    person, why = person_of(request), request.POST.get("why", "")
    deeds: dict[str, Any] = {
        "approve": lambda: actions.approve_purpose(row, by=person),
        "reopen": lambda: actions.reopen_purpose(row, why, by=person),
        "keep": lambda: actions.keep_purpose(row, why, by=person),
        "drop": lambda: actions.drop_purpose(row, why, by=person),
    }
    if verb not in deeds:
        raise Http404
    deeds[verb]()
    messages.success(request, "It is written down.")
    return redirect("strategy:purpose", key=key)


@guarded(anyone)
@require_POST
def initiative_deed(request: HttpRequest, key: str, verb: str) -> HttpResponse:
    """Approve an initiative, take it live or close it."""
    row = get_object_or_404(Initiative.objects.select_related("purpose"), key=key)
    person, why = person_of(request), request.POST.get("why", "")
    deeds: dict[str, Any] = {
        "approve": lambda: actions.approve_initiative(row, by=person),
        "live": lambda: actions.go_live(row, by=person, reason=why),
        "close": lambda: actions.close_initiative(row, why, by=person),
    }
    if verb not in deeds:
        raise Http404
    deeds[verb]()
    messages.success(request, "It is written down.")
    return redirect("strategy:purpose", key=row.purpose.key)


@guarded(actions.may_issue_plan)
@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    """Issue the plan as it stands as the next version."""
    plan = actions.issue_plan(by=person_of(request))
    messages.success(request, f"Version {plan.number} is issued and stays as it is.")
    return redirect("strategy:plan")
