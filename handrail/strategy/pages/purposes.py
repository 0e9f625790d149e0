"""What is done to a purpose on its pages: propose, change, move, rate, approve, reopen, keep, drop; measures."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from handrail.kernel.errors import BadInput, Refused
from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.strategy import actions
from handrail.strategy.forms import PurposeChangeForm, PurposeForm, purpose_form_for
from handrail.strategy.models import Constituency, Level, Purpose, Target
from handrail.strategy.pages.asked import (
    MoveForm,
    ReadingForm,
    TargetForm,
    cell_of,
    status_of,
    target_form_for,
    tried,
)

NOT_OWNER = "Only the purpose’s owner or the governance owner may change it. Ask one of them."
DONE = {
    "approve": "It is approved.",
    "reopen": "It needs another look now, and its history says why.",
    "keep": "It is kept. Somebody else approves it next.",
    "drop": "It is dropped. Its history and the reason stay.",
}


@guarded(actions.may_propose)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Put a purpose forward; `at=level.constituency` names the cell somebody clicked."""
    at = cell_of(request.GET.get("at", ""))
    column = request.GET.get("with", "")
    form = PurposeForm(request.POST or None, initial={"cells": [".".join(at)] if at else []})
    if request.method == "POST" and form.is_valid():
        row = tried(form, lambda: actions.propose_purpose(form.purpose(), by=person_of(request)))
        if row is not None:
            messages.success(request, "The purpose is proposed. Others rate it now.")
            return redirect("strategy:purpose", key=row.key)
    shown = {
        "form": form,
        "at": ".".join(at) if at else "",
        "cell": f"{Level(at[0]).label} with {Constituency(at[1]).label.lower()}" if at else "",
        "column": Constituency(column).label.lower() if column in Constituency.values else "",
        "may_decide": actions.may_decide_cells(person_of(request)),
    }
    return render(request, "strategy/propose.html", shown, status=status_of(form))


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what a purpose says, where it stands, what it serves; the reason stays in its history."""
    row = _mine(request, key)
    form = PurposeChangeForm(request.POST, purpose=row) if request.method == "POST" else purpose_form_for(row)
    if request.method == "POST" and form.is_valid():
        why, person = form.cleaned_data["because"], person_of(request)
        deed = tried(form, lambda: actions.change_purpose(row, form.purpose(), by=person, why=why), why="because")
        if deed is not None:
            messages.success(request, "The purpose is changed. How it stood before is kept below.")
            return redirect("strategy:purpose", key=row.key)
    return render(request, "strategy/purpose_form.html", {"form": form, "purpose": row}, status=status_of(form))


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, key: str) -> HttpResponse:
    """Put a purpose into another cell; `to=level.constituency` names the cell somebody chose."""
    row = _mine(request, key)
    to = request.GET.get("to", "")
    cells = [f"{each.level}.{each.constituency}" for each in row.cells.all()]
    initial = {"to": to, "come_from": cells[0] if cells else ""}
    form = MoveForm(request.POST or None, purpose=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        said, person = form.cleaned_data, person_of(request)
        come_from, into = cell_of(said["come_from"]), cell_of(said["to"])
        if into is None:
            raise Http404
        deed = tried(form, lambda: actions.move_purpose(row, come_from, into, by=person, why=said["why"]))
        if deed is not None:
            messages.success(request, "It stands there now, and its history says why.")
            return redirect(f"{reverse('strategy:overview')}?purpose={row.key}")
    return render(request, "strategy/move.html", {"form": form, "purpose": row}, status=status_of(form))


@guarded(anyone)
@require_POST
def rate(request: HttpRequest, key: str) -> HttpResponse:
    """Rate one trait, with a reason."""
    row = get_object_or_404(Purpose, key=key)
    said = request.POST.get("rating", "")
    rating = int(said) if said in {"1", "2", "3", "4", "5"} else 0
    actions.assess(row, request.POST.get("trait", ""), rating, request.POST.get("reason", ""), by=person_of(request))
    messages.success(request, "Your rating is kept with its reason.")
    return redirect(f"{reverse('strategy:purpose', args=[key])}#traits")


def _day(typed: str) -> date | None:
    """The day that was typed, if any; a day that no calendar has is refused with a sentence."""
    try:
        return date.fromisoformat(typed) if typed.strip() else None
    except ValueError:
        raise BadInput("That is no day. Write it like 2027-05-18.", field="review_on") from None


@guarded(anyone)
@require_POST
def deed(request: HttpRequest, key: str, verb: str) -> HttpResponse:
    """Approve, reopen, keep or drop a purpose."""
    row = get_object_or_404(Purpose, key=key)
    person, why = person_of(request), request.POST.get("why", "")
    review_on = _day(request.POST.get("review_on", ""))
    deeds: dict[str, Any] = {
        "approve": lambda: actions.approve_purpose(row, by=person),
        "reopen": lambda: actions.reopen_purpose(row, why, by=person),
        "keep": lambda: actions.keep_purpose(row, why, by=person, review_on=review_on),
        "drop": lambda: actions.drop_purpose(row, why, by=person),
    }
    if verb not in deeds:
        raise Http404
    deeds[verb]()
    messages.success(request, DONE[verb])
    return redirect("strategy:purpose", key=key)


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def measure(request: HttpRequest, key: str) -> HttpResponse:
    """Say how we would know that a purpose works."""
    row = _mine(request, key)
    return _measured(request, row, None, TargetForm(request.POST or None))


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def measure_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a measure: its baseline, its target, how often it is read."""
    target = get_object_or_404(Target.objects.select_related("purpose"), pk=pk)
    purpose = _mine(request, target.purpose.key)
    form = TargetForm(request.POST) if request.method == "POST" else target_form_for(target)
    return _measured(request, purpose, target, form)


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a value that was read for a measure, and see those before it."""
    target = get_object_or_404(Target.objects.select_related("purpose"), pk=pk)
    form = ReadingForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        said, person = form.cleaned_data, person_of(request)
        noted = tried(
            form, lambda: actions.note_reading(target, said["value"], said["on"], by=person, note=said["note"])
        )
        if noted is not None:
            messages.success(request, "The reading is written down.")
            return redirect("strategy:purpose", key=target.purpose.key)
    shown = {"form": form, "target": target, "readings": target.readings.select_related("by")[:60]}
    return render(request, "strategy/reading.html", shown, status=status_of(form))


def _measured(request: HttpRequest, purpose: Purpose, target: Target | None, form: TargetForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        kept = tried(form, lambda: actions.set_target(purpose, form.target(), by=person_of(request), row=target))
        if kept is not None:
            messages.success(request, "The measure is kept.")
            return redirect("strategy:purpose", key=purpose.key)
    shown = {"form": form, "purpose": purpose, "target": target}
    return render(request, "strategy/measure.html", shown, status=status_of(form))


def _mine(request: HttpRequest, key: str) -> Purpose:
    row = get_object_or_404(Purpose.objects.select_related("owner"), key=key)
    if not actions.may_change_purpose(person_of(request), row):
        raise Refused(NOT_OWNER)
    return row
