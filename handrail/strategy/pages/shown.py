"""What the pages of strategy show: the grid with its finding, a purpose beside its record, the plan."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from handrail.kernel.files import csv_answer, safe_cell
from handrail.kernel.paper import html_fragment, paper_answer
from handrail.kernel.words import count, counted, sentence_case
from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.strategy import actions
from handrail.strategy.models import Initiative, Plan, Purpose
from handrail.strategy.reads import gates, grid, judged, live_goals, plan_paper, plan_today, standing_purposes


@guarded(anyone)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The whole strategy on one page: what stands where, what is empty, what changed since the last plan."""
    person = person_of(request)
    purposes = standing_purposes()
    picture = grid(purposes)
    shown = {
        "picture": picture,
        "purposes": [(purpose, sum(bool(each.disagrees) for each in judged(purpose))) for purpose in purposes],
        "headline": _headline(purposes),
        "empty_columns": picture.empty_columns,
        "worked_from": f"{counted(live_goals().count(), 'live goal')} and {counted(len(purposes), 'purpose')}",
        "plans": Plan.objects.all(),
        "changes": plan_today()[1],
        "may_propose": actions.may_propose(person),
        "may_decide": actions.may_decide_cells(person),
    }
    return render(request, "strategy/overview.html", shown)


def _headline(purposes: list[Purpose]) -> str:
    live = sum(each.state == Initiative.State.LIVE for purpose in purposes for each in purpose.initiatives.all())
    goals = live_goals().count()
    if not goals:
        return "No goal is written down yet, and goals come first."
    if not purposes:
        return f"{sentence_case(counted(goals, 'goal'))} to serve, and no purpose yet."
    verb = "carries" if live == 1 else "carry"
    said = f"{sentence_case(count(live))} live initiative{'' if live == 1 else 's'} {verb} {counted(goals, 'goal')}."
    higher = sum(any(each.disagrees == "higher" for each in judged(purpose)) for purpose in purposes)
    if higher:
        said += (
            f" {sentence_case(count(higher))} purpose{' is' if higher == 1 else 's are'} rated higher than the record."
        )
    return said


@guarded(anyone)
@require_GET
def purposes_csv(request: HttpRequest) -> HttpResponse:
    """Every purpose as CSV."""
    response = csv_answer("purposes.csv")
    writer = csv.writer(response)
    writer.writerow(["key", "name", "statement", "state", "owner", "cells", "goals", "review"])
    for row in Purpose.objects.select_related("owner").prefetch_related("cells", "goals"):
        cells = "; ".join(str(cell) for cell in row.cells.all())
        goals = "; ".join(goal.key for goal in row.goals.all())
        owner = row.owner.email or "" if row.owner else ""
        values = [row.key, row.name, row.statement, row.state, owner, cells, goals, row.review_on or ""]
        writer.writerow([safe_cell(str(value)) for value in values])
    return response


@guarded(anyone)
@require_GET
def purpose(request: HttpRequest, key: str) -> HttpResponse:
    """One purpose: what it serves, what people think of it beside the record, its gates, how it evolved."""
    person = person_of(request)
    row = get_object_or_404(Purpose.objects.select_related("owner", "approved_by"), key=key)
    traits = judged(row)
    mine = {each.trait: each for each in row.assessments.filter(assessor=person)}
    initiatives = [
        (each, gates(each), actions.may_run_initiative(person, each), actions.may_approve_initiative(person, each))
        for each in row.initiatives.select_related("lead", "purpose")
    ]
    shown = {
        "purpose": row,
        "traits": [(each, mine.get(each.trait)) for each in traits],
        "disagree": sum(bool(each.disagrees) for each in traits),
        "reasons": row.assessments.select_related("assessor"),
        "initiatives": initiatives,
        "steps": row.steps.select_related("by"),
        "domains": row.domains.select_related("lead").prefetch_related("activities"),
        "targets": row.targets.prefetch_related("readings"),
        "may_change": actions.may_change_purpose(person, row),
        "may_approve": actions.may_approve_purpose(person, row) and row.state in ("proposed", "again"),
        "may_assess": actions.may_assess(person, row),
        "today": timezone.localdate(),
    }
    return render(request, "strategy/purpose.html", shown)


@guarded(anyone)
@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """The plan as it stands today, its versions, and what changed since the last one."""
    paper, changes = plan_today()
    shown = {
        "text": html_fragment(paper),
        "changes": changes,
        "plans": Plan.objects.select_related("issued_by"),
        "may_issue": actions.may_issue_plan(person_of(request)),
    }
    return render(request, "strategy/plan.html", shown)


@guarded(anyone)
@require_GET
def plan_file(request: HttpRequest, number: int, ending: str) -> HttpResponse:
    """A version of the plan as a file; 0 is the plan as it stands today. Markdown is the frozen text itself."""
    if number == 0:
        return paper_answer(plan_today()[0], ending, "strategy-plan-today")
    return paper_answer(plan_paper(get_object_or_404(Plan, number=number)), ending, f"strategy-plan-{number}")
