"""Home: one sentence per question, one next act."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone


@guarded(anyone)
def home(request: HttpRequest) -> HttpResponse:
    """The desk of whoever is signed in."""
    return render(request, "web/home.html", {"person": person_of(request)})
