"""What the pages of strategy show: the grid with its finding and the chosen purpose, and a purpose on its own page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.strategy import actions
from handrail.strategy.models import Initiative, Plan, Purpose
from handrail.strategy.pages.headline import chosen_first, headline, worked_from
from handrail.strategy.pages.initiatives import may_propose_under
from handrail.strategy.pages.panel import READY, panel_of, reasons_of
from handrail.strategy.pages.picture import drawn
from handrail.strategy.reads import grid, live_goals, plan_today, standing_purposes


@guarded(anyone)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The whole strategy on one page; `purpose` names the one shown beside the grid. htmx gets grid and panel alone."""
    person = person_of(request)
    purposes = standing_purposes()
    picture = grid(purposes)
    asked = request.GET.get("purpose", "")
    chosen = next((each for each in purposes if each.key == asked), None) or chosen_first(purposes)
    shown: dict[str, Any] = {
        "picture": drawn(picture, chosen, merge=bool(purposes)),
        "purposes": purposes,
        "chosen": chosen,
        "may_propose": actions.may_propose(person),
        "may_decide": actions.may_decide_cells(person),
        "goals": live_goals().count(),
    }
    shown |= _beside(chosen, request)
    htmx: Any = getattr(request, "htmx", None)
    if htmx and not htmx.history_restore_request and not htmx.boosted:
        return render(request, "strategy/_str.html", shown)
    shown |= _plan_shown() | {
        "headline": headline(purposes, picture),
        "worked_from": worked_from(purposes),
        "may_assess": actions.may_assess(person),
        "may_set_goals": actions.may_set_goals(person),
    }
    return render(request, "strategy/overview.html", shown)


@guarded(anyone)
@require_GET
def purpose(request: HttpRequest, key: str) -> HttpResponse:
    """One purpose: what it serves, what people think of it beside the record, its gates, how it evolved."""
    rows = Purpose.objects.select_related("owner", "approved_by").prefetch_related(
        "cells", "goals", "targets__readings", "initiatives__cells", "initiatives__lead", "initiatives__override_by"
    )
    row = get_object_or_404(rows, key=key)
    mine = {each.trait: each for each in row.assessments.filter(assessor=person_of(request))}
    shown = _beside(row, request) | {"whole": True, "today": timezone.localdate()}
    shown["mine"] = [(each, mine.get(each.judged.trait)) for each in shown["panel"].traits]
    return render(request, "strategy/purpose.html", shown)


def _beside(row: Purpose | None, request: HttpRequest) -> dict[str, Any]:
    if row is None:
        return {}
    person = person_of(request)
    panel = panel_of(row, person)
    return {
        "panel": panel,
        "purpose": row,
        "reasons": reasons_of(row),
        "domains": [(each, READY[each.readiness]) for each in row.domains.all()],
        "may_initiate": may_propose_under(person, row),
        "leads": any(each.row.lead_id == person.pk for each in panel.initiatives),
        "gated": [each for each in panel.initiatives if each.row.state == Initiative.State.APPROVED],
        "others": [each for each in panel.initiatives if each.row.state != Initiative.State.APPROVED],
    }


def _plan_shown() -> dict[str, Any]:
    plans = list(Plan.objects.defer("record", "text"))
    changes = plan_today()[1]
    return {
        "plans": plans,
        "last": plans[-1] if plans else None,
        "next": plans[-1].number + 1 if plans else 1,
        "before_last": plans[-2] if len(plans) > 1 else None,
        "changes": changes[:8],
        "more_changes": max(len(changes) - 8, 0),
        "change_count": len(changes),
    }
