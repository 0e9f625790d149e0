"""Pages of strategy: the goals, one goal with its history, a file of goals."""

import csv
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from handrail.kernel.errors import BadInput
from handrail.kernel.files import csv_answer, safe_cell
from handrail.kernel.words import counted
from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.strategy.actions import change_goal, import_goals, may_set_goals, set_goal
from handrail.strategy.forms import GoalFileForm, GoalForm, form_for
from handrail.strategy.goal_rows import as_text
from handrail.strategy.models import Goal
from handrail.strategy.pages.asked import status_of, tried
from handrail.strategy.reads import live_goals


@guarded(anyone)
@require_GET
def goals(request: HttpRequest) -> HttpResponse:
    """Every goal under the larger one it is part of; `show` narrows to those without owner or period."""
    show = request.GET.get("show", "")
    rows = Goal.objects.select_related("owner").annotate(served=Count("purposes")).order_by("theme", "statement")
    if show == "unowned":
        rows = rows.filter(owner__isnull=True)
    elif show == "undated":
        rows = rows.filter(ends_on__isnull=True)
    shown: dict[str, Any] = {
        "goals": tree(list(rows)),
        "live": live_goals().count(),
        "show": show,
        "may_set": may_set_goals(person_of(request)),
    }
    return render(request, "strategy/goals.html", shown)


def tree(rows: list[Goal]) -> list[tuple[int, Goal]]:
    """Goals with how deep they stand: each under its parent, live ones first; no goal is left out, none comes twice."""
    under: dict[int | None, list[Goal]] = {}
    shown = {goal.pk for goal in rows}
    for goal in sorted(rows, key=lambda goal: goal.status != Goal.Status.LIVE):
        under.setdefault(goal.parent_id if goal.parent_id in shown else None, []).append(goal)
    found: list[tuple[int, Goal]] = []
    waiting = [(0, goal) for goal in reversed(under.get(None, []))]
    while waiting:
        depth, goal = waiting.pop()
        found.append((depth, goal))
        waiting += [(min(depth + 1, 4), child) for child in reversed(under.pop(goal.pk, []))]
    return found


@guarded(anyone)
@require_GET
def goals_csv(request: HttpRequest) -> HttpResponse:
    """Every goal as CSV; the same file goes back in."""
    response = csv_answer("goals.csv")
    writer = csv.writer(response)
    writer.writerow(["key", "goal", "theme", "owner", "start", "end", "status"])
    for goal in Goal.objects.select_related("owner"):
        owner = (goal.owner.email or goal.owner.staff_number) if goal.owner else ""
        cells = [goal.key, goal.statement, goal.theme, owner, goal.starts_on or "", goal.ends_on or "", goal.status]
        writer.writerow([safe_cell(str(cell)) for cell in cells])
    return response


@guarded(may_set_goals)
@require_http_methods(["GET", "POST"])
def new_goal(request: HttpRequest) -> HttpResponse:
    """Write a goal down."""
    form = GoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        goal = tried(form, lambda: set_goal(form.goal(), by=person_of(request)))
        if goal is not None:
            messages.success(request, "The goal is written down.")
            return redirect("strategy:goal", key=goal.key)
    return render(request, "strategy/goal_form.html", {"form": form, "goal": None}, status=status_of(form))


@guarded(anyone)
@require_GET
def goal(request: HttpRequest, key: str) -> HttpResponse:
    """One goal, its owner and period, and how it stood before."""
    row = get_object_or_404(Goal.objects.select_related("owner", "parent"), key=key)
    shown = {
        "goal": row,
        "revisions": _as_they_stood(row),
        "parts": row.children.select_related("owner"),
        "purposes": row.purposes.select_related("owner"),
        "may_set": may_set_goals(person_of(request)),
    }
    return render(request, "strategy/goal.html", shown)


def _as_they_stood(goal: Goal) -> list[dict[str, Any]]:
    """Each change, newest first, with how the goal stood before it and what differs from what came after."""
    after: dict[str, Any] = {
        "statement": goal.statement,
        "owner": goal.owner.name if goal.owner else "",
        "period": _period(goal.starts_on, goal.ends_on),
        "state": goal.get_status_display(),
    }
    found = []
    for old in goal.revisions.select_related("by"):
        before = {
            "statement": old.statement,
            "owner": old.owner_name,
            "period": _period(old.starts_on, old.ends_on),
            "state": Goal.Status(old.status).label if old.status in Goal.Status.values else old.status,
        }
        differs = [
            (name, value or "none", after[name] or "none") for name, value in before.items() if value != after[name]
        ]
        found.append({"revision": old, "differs": differs})
        after = before
    return found


def _period(starts: date | None, ends: date | None) -> str:
    return " to ".join(f"{day:%-d %B %Y}" for day in (starts, ends) if day)


@guarded(may_set_goals)
@require_http_methods(["GET", "POST"])
def edit_goal(request: HttpRequest, key: str) -> HttpResponse:
    """Change a goal; how it stood is kept."""
    row = get_object_or_404(Goal.objects.select_related("owner"), key=key)
    form = GoalForm(request.POST) if request.method == "POST" else form_for(row)
    if request.method == "POST" and form.is_valid():
        why, person = form.cleaned_data["why"], person_of(request)
        if tried(form, lambda: change_goal(row, form.goal(), by=person, why=why)) is not None:
            messages.success(request, "The goal is changed. How it stood before is kept below.")
            return redirect("strategy:goal", key=row.key)
    shown = {"form": form, "goal": row, "purposes": row.purposes.filter(state="approved")}
    return render(request, "strategy/goal_form.html", shown, status=status_of(form))


@guarded(may_set_goals)
@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """A CSV of goals: checked first, mended in place where it has to be, then put in."""
    form = GoalFileForm(request.POST or None, request.FILES or None)
    shown: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        raw, shown["name"] = form.source()
        # A file just chosen is only looked at; what goes in is what the person has seen.
        put_in = form.cleaned_data["put_in"] and not form.cleaned_data["file"]
        try:
            shown["report"] = import_goals(raw, shown["name"], by=person_of(request), dry_run=not put_in)
            shown["text"] = as_text(raw, shown["name"])
        except BadInput as error:
            shown["refusal"] = error
        if put_in and "report" in shown and not shown["report"].held_back:
            report = shown["report"]
            messages.success(request, f"{counted(len(report.new), 'goal')} new, {len(report.changed)} changed.")
            return redirect("strategy:goals")
    status = 422 if form.errors or "refusal" in shown else 200
    return render(request, "strategy/bring_in.html", shown, status=status)
