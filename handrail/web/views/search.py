"""Find."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.web.rooms import rooms_for
from handrail.web.search import SHORTEST, find


@guarded(anyone)
@require_safe
def find_page(request: HttpRequest) -> HttpResponse:
    """What holds these words, by kind."""
    person = person_of(request)
    words = request.GET.get("q", "").strip()[:200]
    shown = {
        "words": words,
        "groups": find(person, words),
        "too_short": bool(words) and len(words) < SHORTEST,
        "rooms": rooms_for(person, ""),
    }
    return render(request, "web/find.html", shown)
