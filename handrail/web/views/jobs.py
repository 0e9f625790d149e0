"""What runs, waits and failed in the background, and the two buttons that try again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from handrail.kernel.actions import retry_follow_up, retry_job
from handrail.kernel.models import FollowUp, Job
from handrail.kernel.reads import JobsNow, jobs_now
from handrail.kernel.words import counted, listed, sentence_case
from handrail.people.guard import guarded, person_of
from handrail.people.reads import is_governance_owner, may_see_record


@guarded(may_see_record)
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """How the background work stands."""
    now = jobs_now()
    needing = len(now.failed) + len(now.stuck)
    shown = {"now": now, "needing": needing, "waits": _waits(now), "may_retry": is_governance_owner(person_of(request))}
    return render(request, "web/jobs.html", shown)


def _waits(now: JobsNow) -> str:
    """How much waits: 1 job waits; 2 jobs and 1 follow-up wait."""
    kinds = ((now.waiting_count, "job"), (now.follow_ups_waiting, "follow-up"))
    parts = [counted(number, noun) for number, noun in kinds if number]
    if not parts:
        return "Nothing waits."
    return f"{sentence_case(listed(parts))} {'waits' if now.waiting_count + now.follow_ups_waiting == 1 else 'wait'}."


@guarded(is_governance_owner)
@require_POST
def try_job(request: HttpRequest, key: int) -> HttpResponse:
    """Put a failed job back in line."""
    retry_job(get_object_or_404(Job, pk=key), who=person_of(request))
    messages.success(request, "The job is back in line.")
    return redirect("web:jobs")


@guarded(is_governance_owner)
@require_POST
def try_follow_up(request: HttpRequest, key: int) -> HttpResponse:
    """Put a follow-up that needs someone back in line."""
    retry_follow_up(get_object_or_404(FollowUp, pk=key), who=person_of(request))
    messages.success(request, "The follow-up is back in line.")
    return redirect("web:jobs")
