"""Pages of strategy: the goals, one goal with its history, a file of goals."""

import csv
from typing import Any

from django.contrib import messages
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
from handrail.strategy.reads import live_goals


@guarded(anyone)
@require_GET
def goals(request: HttpRequest) -> HttpResponse:
    """Every goal, by theme; `show` narrows to those without owner or period."""
    show = request.GET.get("show", "")
    rows = Goal.objects.select_related("owner").order_by("status", "theme", "statement")
    if show == "unowned":
        rows = rows.filter(owner__isnull=True)
    elif show == "undated":
        rows = rows.filter(ends_on__isnull=True)
    shown: dict[str, Any] = {
        "goals": rows,
        "live": live_goals().count(),
        "show": show,
        "may_set": may_set_goals(person_of(request)),
    }
    return render(request, "strategy/goals.html", shown)


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
        goal = set_goal(form.goal(), by=person_of(request))
        messages.success(request, "The goal is written down.")
        return redirect("strategy:goal", key=goal.key)
    status = 422 if form.errors else 200
    return render(request, "strategy/goal_form.html", {"form": form, "goal": None}, status=status)


@guarded(anyone)
@require_GET
def goal(request: HttpRequest, key: str) -> HttpResponse:
    """One goal, its owner and period, and how it stood before."""
    row = get_object_or_404(Goal.objects.select_related("owner", "parent"), key=key)
    shown = {"goal": row, "revisions": row.revisions.select_related("by"), "may_set": may_set_goals(person_of(request))}
    return render(request, "strategy/goal.html", shown)


@guarded(may_set_goals)
@require_http_methods(["GET", "POST"])
def edit_goal(request: HttpRequest, key: str) -> HttpResponse:
    """Change a goal; how it stood is kept."""
    row = get_object_or_404(Goal.objects.select_related("owner"), key=key)
    form = GoalForm(request.POST) if request.method == "POST" else form_for(row)
    if request.method == "POST" and form.is_valid():
        change_goal(row, form.goal(), by=person_of(request), why=form.cleaned_data["why"])
        messages.success(request, "The goal is changed. How it stood before is kept below.")
        return redirect("strategy:goal", key=row.key)
    status = 422 if form.errors else 200
    return render(request, "strategy/goal_form.html", {"form": form, "goal": row}, status=status)


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
