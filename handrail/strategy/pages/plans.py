"""The strategy plan: as it stands, its versions, what changed between two of them, and the files they leave as."""

import csv

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from handrail.kernel.files import csv_answer, safe_cell
from handrail.kernel.paper import html_fragment, paper_answer
from handrail.kernel.paper.answer import file_answer
from handrail.kernel.words import count, sentence_case
from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.strategy import actions
from handrail.strategy.models import Plan
from handrail.strategy.reads import Change, changed_since, live_goals, plan_paper, plan_today, record_today


@guarded(anyone)
@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """The plan as it stands today, its versions, and what changed since the last one."""
    paper, changes = plan_today()
    plans = list(Plan.objects.select_related("issued_by"))
    shown = {
        "text": html_fragment(paper, over=2),
        "changes": changes,
        "plans": plans,
        "last": plans[-1] if plans else None,
        "headline": _headline(plans, changes),
        "goals": live_goals().count(),
        "may_issue": actions.may_issue_plan(person_of(request)),
    }
    return render(request, "strategy/plan.html", shown)


@guarded(anyone)
@require_GET
def version(request: HttpRequest, number: int) -> HttpResponse:
    """An issued version, as it was frozen."""
    row = get_object_or_404(Plan.objects.select_related("issued_by"), number=number)
    shown = {
        "plan": row,
        "text": html_fragment(plan_paper(row)),
        "before": Plan.objects.filter(number=number - 1).first(),
        "after": Plan.objects.filter(number=number + 1).first(),
    }
    return render(request, "strategy/plan_version.html", shown)


@guarded(actions.may_issue_plan)
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest) -> HttpResponse:
    """Look once more at the plan as it stands, then issue it as the next version."""
    if request.method == "POST":
        row = actions.issue_plan(by=person_of(request))
        messages.success(request, f"Version {row.number} is issued and stays as it is.")
        return redirect("strategy:plan")
    paper, changes = plan_today()
    last = Plan.objects.order_by("-number").first()
    shown = {
        "text": html_fragment(paper, over=2),
        "changes": changes,
        "last": last,
        "number": last.number + 1 if last else 1,
        "nothing_new": (last is not None and not changes) or not live_goals().exists(),
        "goals": live_goals().count(),
    }
    return render(request, "strategy/plan_issue.html", shown)


@guarded(anyone)
@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """What changed between two versions in words; `to=0` is the plan as it stands today."""
    plans = {row.number: row for row in Plan.objects.all()}
    if not plans:
        raise Http404
    newest = max(plans)
    old = _number(request.GET.get("from"), max(newest - 1, 1))
    new = _number(request.GET.get("to"), newest if newest > 1 else 0)
    if old not in plans or (new and new not in plans):
        raise Http404
    if new and new < old:
        old, new = new, old
    changes = changed_since(plans[old].record, plans[new].record if new else record_today())
    shown = {
        "plans": plans.values(),
        "old": old,
        "new": new,
        "changes": changes,
        "headline": _between(old, new, changes),
    }
    return render(request, "strategy/plan_compare.html", shown)


@guarded(anyone)
@require_GET
def plan_file(request: HttpRequest, number: int, ending: str) -> HttpResponse:
    """A version of the plan as a file; 0 is the plan as it stands today. Markdown is the frozen text itself."""
    if number == 0:
        return paper_answer(plan_today()[0], ending, "strategy-plan-today")
    row = get_object_or_404(Plan, number=number)
    if ending == "md":
        return file_answer(row.text, "text/markdown; charset=utf-8", f"strategy-plan-{number}.md")
    return paper_answer(plan_paper(row), ending, f"strategy-plan-{number}")


@guarded(anyone)
@require_GET
def plan_csv(request: HttpRequest) -> HttpResponse:
    """What changed from version to version, one change a line."""
    response = csv_answer("strategy-plan.csv")
    writer = csv.writer(response)
    writer.writerow(["version", "issued", "issued by", "change", "said", "fingerprint"])
    before: Plan | None = None
    for row in Plan.objects.select_related("issued_by"):
        changes = changed_since(before.record, row.record) if before else [Change("Issued", "the first version")]
        for change in changes:
            who = row.issued_by.name if row.issued_by else ""
            day = timezone.localtime(row.issued_at).date()
            values = [row.number, day, who, change.label, change.said, row.sha256]
            writer.writerow([safe_cell(str(value)) for value in values])
        before = row
    return response


def _number(said: str | None, otherwise: int) -> int:
    return int(said) if said and said.isdecimal() and len(said) < 7 else otherwise


def _things(changes: list[Change]) -> str:
    return f"{sentence_case(count(len(changes)))} thing{'' if len(changes) == 1 else 's'} changed"


def _headline(plans: list[Plan], changes: list[Change]) -> str:
    if not plans:
        return "The plan as it stands today; no version is issued yet."
    if not changes:
        return f"Nothing has changed since version {plans[-1].number} of the plan."
    return f"{_things(changes)} since version {plans[-1].number} of the plan."


def _between(old: int, new: int, changes: list[Change]) -> str:
    until = f"version {new}" if new else "today"
    return f"{_things(changes) if changes else 'Nothing changed'} from version {old} to {until}."
