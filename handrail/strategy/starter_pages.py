"""The starter: the first strategy in plain questions, one to a page, left and resumed at will."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from handrail.kernel.errors import Refused
from handrail.people.guard import guarded, person_of
from handrail.people.models import Person
from handrail.strategy import actions
from handrail.strategy.forms import GoalForm, PurposeForm
from handrail.strategy.models import Domain, Goal, Purpose
from handrail.strategy.pages.asked import ActivityForm, DomainForm, InitiativeForm, TargetForm, status_of, tried
from handrail.strategy.starter import (
    NAMES,
    STEPS,
    answered,
    domain_asked,
    may_answer,
    may_start,
    next_open,
    purpose_asked,
)

FIELDS = {
    "goal": ("statement", "theme", "owner", "ends_on"),
    "touches": ("name", "lead", "expected_impact"),
    "today": ("what", "channel", "audience", "how_often"),
    "purpose": ("name", "statement", "cells", "goals", "domains", "owner", "review_on"),
    "measure": ("measure", "unit", "baseline", "baseline_on", "value", "due_on"),
    "initiative": ("name", "lead", "cells", "channels", "on_mission", "on_strategy", "on_values", "on_outcomes"),
}
NEEDS = {
    "today": "Name a function first: then it can be asked what it does.",
    "measure": "Write a purpose down first: then it can be measured.",
    "initiative": "Write a purpose down first: then something can be done about it.",
}


@guarded(may_start)
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Go on where it was left: the first question nobody has answered yet."""
    open_one = next_open(answered())
    if open_one:
        return redirect("strategy:start_step", step=open_one)
    messages.success(request, "Every question of the start is answered. This is the picture it makes.")
    return redirect("strategy:overview")


@guarded(may_start)
@require_http_methods(["GET", "POST"])
def start_step(request: HttpRequest, step: str) -> HttpResponse:
    """One question; its answer is written by the same verb as anywhere else."""
    if step not in NAMES:
        raise Http404
    person, domain = person_of(request), domain_asked() if step == "today" else None
    purpose = purpose_asked(step) if step in ("measure", "initiative") else None
    may = may_answer(person, step, purpose)
    form = None if _missing(step, domain, purpose) else _form(step, purpose, request.POST or None)
    if request.method == "POST" and form is not None:
        if not may:
            raise Refused(STEPS[NAMES.index(step)].who)
        if form.is_valid() and _written(step, form, person, domain, purpose):
            return _onward(step)
    shown = _shown(step, form if may else None, domain, purpose) | {"may": may}
    return render(request, "strategy/start.html", shown, status=status_of(form) if form is not None else 200)


def _missing(step: str, domain: Domain | None, purpose: Purpose | None) -> str:
    lacks = (step == "today" and domain is None) or (step in ("measure", "initiative") and purpose is None)
    return NEEDS[step] if lacks else ""


def _form(step: str, purpose: Purpose | None, typed: Any) -> forms.Form:
    if step == "initiative" and purpose is not None:
        return InitiativeForm(typed, purpose=purpose)
    plain: dict[str, type[forms.Form]] = {
        "goal": GoalForm,
        "touches": DomainForm,
        "today": ActivityForm,
        "purpose": PurposeForm,
        "measure": TargetForm,
    }
    if step == "touches" and typed is not None:
        typed = typed.copy()
        typed.setdefault("readiness", Domain.Readiness.NOT_ASKED)
    if step == "measure" and typed is not None:
        typed = typed.copy()
        typed.setdefault("every_days", "90")
    form = plain[step](typed)
    if step == "purpose" and typed is None:
        form.initial["goals"] = [row.pk for row in Goal.objects.live()[:1]]
    if step == "today":
        form.fields["what"].required = True
    return form


def _written(step: str, form: Any, person: Person, domain: Domain | None, purpose: Purpose | None) -> bool:
    if step == "goal":
        return tried(form, lambda: actions.set_goal(form.goal(), by=person)) is not None
    if step == "touches":
        return tried(form, lambda: actions.set_domain(form.domain(()), by=person)) is not None
    if step == "today" and domain is not None:
        does = (*actions.activities_of(domain), actions.ActivityText(**form.cleaned_data))
        text = actions.DomainText(domain.name, domain.lead, domain.expected_impact, domain.readiness, does)
        return tried(form, lambda: actions.set_domain(text, by=person, row=domain)) is not None
    if step == "purpose":
        return tried(form, lambda: actions.propose_purpose(form.purpose(), by=person)) is not None
    if step == "measure" and purpose is not None:
        return tried(form, lambda: actions.set_target(purpose, form.target(), by=person)) is not None
    if step == "initiative" and purpose is not None:
        return tried(form, lambda: actions.propose_initiative(purpose, form.initiative(), by=person)) is not None
    return False


def _onward(step: str) -> HttpResponse:
    after = next_open(answered(), step)
    return redirect("strategy:start_step", step=after) if after else redirect("strategy:start")


def _question(step: str, domain: Domain | None, purpose: Purpose | None) -> str:
    if step == "today" and domain is not None:
        return f"What does {domain.name} already do in public?"
    if step == "measure" and purpose is not None:
        return f"How would you know that “{purpose.name}” works?"
    if step == "initiative" and purpose is not None:
        return f"Who does something for “{purpose.name}”, and what?"
    return {
        "goal": "What does the organisation want?",
        "touches": "Whom in the house does it touch?",
        "today": "What do they already do?",
        "purpose": "What would you be there for?",
        "measure": "How would you know that it works?",
        "initiative": "Who does something about it, and what?",
    }[step]


def _shown(step: str, form: Any, domain: Domain | None, purpose: Purpose | None) -> dict[str, Any]:
    said, at = answered(), NAMES.index(step)
    return {
        "step": STEPS[at],
        "number": at + 1,
        "of": len(STEPS),
        "steps": [(each, bool(said[each.name]), each.name == step) for each in STEPS],
        "question": _question(step, domain, purpose),
        "missing": _missing(step, domain, purpose),
        "form": form,
        "fields": [form[name] for name in FIELDS[step]] if form is not None else [],
        "there": said[step],
        "back": NAMES[at - 1] if at else "",
        "skip": NAMES[at + 1] if at + 1 < len(NAMES) else "",
    }
