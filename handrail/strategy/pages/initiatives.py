"""Initiatives: the list, one of them with its gates and history, its form, and what is done to it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from handrail.kernel.errors import Refused
from handrail.kernel.words import count, listed, sentence_case
from handrail.people.guard import guarded, person_of
from handrail.people.models import Person
from handrail.people.reads import anyone
from handrail.strategy import actions
from handrail.strategy.models import Initiative, Purpose
from handrail.strategy.pages.asked import InitiativeForm, initiative_form_for, status_of, tried
from handrail.strategy.pages.panel import STATES, initiative_shown

DONE = {"approve": "It is approved.", "live": "It is live.", "close": "It is closed, and what came of it stays."}


@guarded(anyone)
@require_GET
def initiatives(request: HttpRequest) -> HttpResponse:
    """Every initiative: under which purpose, who leads it, how far it came, what it lacks."""
    rows = _rows().order_by("state", "name")
    show = request.GET.get("show", "")
    if show in Initiative.State.values:
        rows = rows.filter(state=show)
    shown = [(each, STATES[each.state], _lacks(each, person_of(request))) for each in rows]
    values: dict[str, Any] = {"rows": shown, "headline": _headline(), "show": show}
    values["may_bring"] = actions.may_propose(person_of(request))
    return render(request, "strategy/initiatives.html", values)


@guarded(anyone)
@require_GET
def initiative(request: HttpRequest, key: str) -> HttpResponse:
    """One initiative: what its lead says informs it, what it needs to go live, how it went."""
    row = get_object_or_404(_rows(), key=key)
    shown = {
        "each": initiative_shown(row, person_of(request)),
        "initiative": row,
        "state_name": STATES[row.state],
        "topics": [(topic, getattr(row, f"on_{topic}")) for topic in ("mission", "strategy", "values", "outcomes")],
        "steps": row.steps.select_related("by"),
    }
    return render(request, "strategy/initiative.html", shown)


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """Put an initiative forward under a purpose."""
    purpose, person = get_object_or_404(Purpose, key=key), person_of(request)
    if not may_propose_under(person, purpose):
        raise Refused("Initiatives are proposed by authors, the governance owner, or the purpose’s owner.")
    form = InitiativeForm(request.POST or None, purpose=purpose)
    if request.method == "POST" and form.is_valid():
        row = tried(form, lambda: actions.propose_initiative(purpose, form.initiative(), by=person))
        if row is not None:
            messages.success(request, "The initiative is proposed.")
            return redirect("strategy:initiative", key=row.key)
    return _form(request, form, purpose, None)


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what an initiative says; its lead's own words most of all."""
    row, person = get_object_or_404(_rows(), key=key), person_of(request)
    if not actions.may_run_initiative(person, row):
        raise Refused("Only its lead, the purpose’s owner or the governance owner changes it.")
    form = InitiativeForm(request.POST, purpose=row.purpose) if request.method == "POST" else initiative_form_for(row)
    if request.method == "POST" and form.is_valid():
        changed = tried(form, lambda: actions.change_initiative(row, form.initiative(), by=person))
        if changed is not None:
            messages.success(request, "The initiative is changed.")
            return redirect("strategy:initiative", key=row.key)
    return _form(request, form, row.purpose, row)


@guarded(anyone)
@require_POST
def deed(request: HttpRequest, key: str, verb: str) -> HttpResponse:
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
    messages.success(request, DONE[verb])
    return redirect("strategy:initiative", key=row.key)


def may_propose_under(person: Person, purpose: Purpose) -> bool:
    """Whether the person may put an initiative forward under this purpose, as the verb has it."""
    stands = purpose.state != Purpose.State.DROPPED
    return stands and (actions.may_propose(person) or purpose.owner_id == person.pk)


def _form(request: HttpRequest, form: InitiativeForm, purpose: Purpose, row: Initiative | None) -> HttpResponse:
    shown = {"form": form, "purpose": purpose, "initiative": row}
    return render(request, "strategy/initiative_form.html", shown, status=status_of(form))


def _rows() -> Any:
    return Initiative.objects.select_related(
        "purpose__owner", "purpose__approved_by", "lead", "override_by", "approved_by"
    ).prefetch_related("cells", "purpose__cells", "purpose__targets__readings")


def _lacks(row: Initiative, person: Person) -> str:
    if row.override_reason:
        return "Went live past a gate"
    if row.state in (Initiative.State.LIVE, Initiative.State.CLOSED):
        return ""
    each = initiative_shown(row, person)
    lacking = [*([f"words on {each.unsaid}"] if each.unsaid else []), *([each.off_until] if each.missing else [])]
    return sentence_case(listed(lacking))


def _headline() -> str:
    states = list(Initiative.objects.values_list("state", flat=True))
    if not states:
        return "Nothing is done yet under any purpose."
    counts = [(state, states.count(state)) for state in ("live", "approved", "proposed", "closed")]
    said = [f"{count(number)} {state}" for state, number in counts if number]
    noun = "initiative" if len(states) == 1 else "initiatives"
    return f"{sentence_case(count(len(states)))} {noun}: {listed(said)}."
