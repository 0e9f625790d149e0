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
    """A CSV of goals: first what would change, then, with the same file, put in."""
    form = GoalFileForm(request.POST or None, request.FILES or None)
    report, refusal, name = None, None, ""
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        name = file.name
        try:
            report = import_goals(file.read(), name, by=person_of(request), dry_run=form.cleaned_data["check_only"])
        except BadInput as error:
            refusal = error
        if report and report.written and not report.held_back:
            done = f"{counted(len(report.new), 'goal')} new, {len(report.changed)} changed."
            messages.success(request, done)
            return redirect("strategy:goals")
    shown = {"form": form, "report": report, "refusal": refusal, "name": name}
    return render(request, "strategy/bring_in.html", shown, status=422 if refusal or form.errors else 200)
