"""The jobs on a page: what runs, waits, failed and why, with a way to try again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from handrail.kernel.actions import retry_follow_up, retry_job
from handrail.kernel.models import FollowUp, Job
from handrail.kernel.reads import jobs_now
from handrail.people.guard import guarded, person_of
from handrail.people.reads import is_governance_owner, may_see_record


@guarded(may_see_record)
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """How the background work stands; the part below the heading alone where htmx asks for it."""
    now = jobs_now()
    shown = {
        "now": now,
        "trouble": len(now.failed) + len(now.stuck),
        "may_retry": is_governance_owner(person_of(request)),
    }
    template = "web/record/_jobs.html" if getattr(request, "htmx", False) else "web/record/jobs.html"
    return render(request, template, shown)


@guarded(is_governance_owner)
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed job again."""
    retry_job(get_object_or_404(Job, pk=pk), who=person_of(request))
    messages.success(request, "It is back in line and is tried within seconds.")
    return redirect("web:jobs")


@guarded(is_governance_owner)
@require_POST
def retry_owed(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a stuck follow-up again."""
    retry_follow_up(get_object_or_404(FollowUp, pk=pk), who=person_of(request))
    messages.success(request, "It is back in line and is tried within seconds.")
    return redirect("web:jobs")
