"""How answers are worked out, and how they stood day by day."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from handrail.people.guard import guarded, person_of
from handrail.people.reads import is_governance_owner
from handrail.web.actions import record_answers
from handrail.web.answers import standing
from handrail.web.questions import QUESTIONS, SCORES
from handrail.web.reads import history, last_kept, may_see_answers
from handrail.web.rules import rule_of
from handrail.web.views.pictures import days_picture

LONG, SHORT = 84, 28


@guarded(may_see_answers)
@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """The rule behind each answer, and what it says at this moment."""
    stands = standing()
    rows = [
        {"asked": asked, "answer": answer, "rule": rule_of(asked.number), "score": SCORES[answer.score]}
        for asked, answer in zip(QUESTIONS, stands.answers, strict=True)
    ]
    shown = {"rows": rows, "scores": list(enumerate(SCORES)), "worked_out_at": stands.worked_out_at}
    return render(request, "web/how.html", shown)


@guarded(may_see_answers)
@require_safe
def days(request: HttpRequest) -> HttpResponse:
    """Small multiples: one row of days per question; below, the sentences of one chosen day."""
    today = timezone.localdate()
    span = SHORT if request.GET.get("span") == str(SHORT) else LONG
    chosen = _day(request.GET.get("day", "")) or last_kept() or today
    rows = history(today, span)
    written = len({day.day for row in rows for day in row.days if day})
    asked = {question.number: question for question in QUESTIONS}
    kept = [(asked[row.question], row.days[0]) for row in history(chosen, 1) if row.days[0]]
    shown: dict[str, Any] = {
        "rows": [(asked[row.question], days_picture(row, asked[row.question].name), row) for row in rows],
        "chosen": chosen,
        "kept": kept,
        "anything": written > 0 or bool(kept),
        "drawn": written > 1,
        "span": span,
        "first": today - timedelta(days=span - 1),
        "may_recompute": is_governance_owner(person_of(request)),
    }
    return render(request, "web/history.html", shown)


@guarded(is_governance_owner)
@require_POST
def recompute(request: HttpRequest) -> HttpResponse:
    """Write down now how the seven stand."""
    record_answers()
    messages.success(request, "Today’s answers are written down.")
    return redirect("web:history")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
