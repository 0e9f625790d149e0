"""What waits on you."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.web.inbox import needs_you


@guarded(anyone)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything that waits on the person, most pressing first."""
    return render(request, "web/inbox.html", {"waiting": needs_you(person_of(request))})
