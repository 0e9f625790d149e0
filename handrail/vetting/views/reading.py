"""The text under review, clause by clause, with what was said about it; a reviewer’s reading is noted as they go."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.vetting import page
from handrail.vetting.actions import may_dispose, may_remark, read_clauses
from handrail.vetting.models import Answer, RoundAuthor, Seat
from handrail.vetting.reads import clauses_in, remarks_of
from handrail.vetting.views.asked import read_by, round_asked


@guarded(anyone)
@require_GET
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with its threads. For the open part only that somebody opened it is counted, without a name."""
    round, person = round_asked(request, pk), person_of(request)
    interests = [each for each in Seat.objects.filter(round=round, person=person) if each.interest]
    if round.is_open and not interests:
        read_clauses(round, [], by=person)
    threads, seen = remarks_of(round, viewer=person), read_by(request, round)
    clauses = clauses_in(round)
    placed = {each.key for each in clauses}
    shown = {
        "round": round,
        "base": reverse("vetting:round", args=[pk]),
        "blocks": page.clause_blocks(clauses, threads, seen),
        "whole": [each for each in threads if each.clause_key not in placed and not each.is_detached],
        "detached": [each for each in threads if each.is_detached],
        "closes": page.closes_words(round),
        "left": page.time_left(round),
        "interests": [each.get_interest_display() for each in interests],
        "labels": list(
            Seat.objects.filter(round=round, person=person).exclude(label="").values_list("label", flat=True)
        ),
        "is_author": RoundAuthor.objects.filter(round=round, person=person).exists(),
        "mine": page.my_signs(round, person, seen),
        "may_remark": may_remark(person, round),
        "may_dispose": may_dispose(person, round),
        "new_answers": Answer.objects.filter(
            person=person, seen_at__isnull=True, disposition__remark__round=round
        ).select_related("disposition__remark"),
        "to_read": sum((each.key, each.sha) not in seen for each in clauses) if interests else 0,
        "viewer": person,
    }
    return render(request, "vetting/read.html", shown)


@guarded(anyone)
@require_POST
def noted(request: HttpRequest, pk: int) -> HttpResponse:
    """Note the clauses that were before a reader; the script sends them as they come into view."""
    round, person = round_asked(request, pk), person_of(request)
    keys = request.POST.getlist("key")[:500]
    read_clauses(round, keys, by=person)
    if getattr(request, "htmx", False) or request.headers.get("X-Requested-With") == "fetch":
        mine = page.my_signs(round, person, read_by(request, round))
        return render(request, "vetting/_progress.html", {"round": round, "mine": mine})
    return redirect(f"{reverse('vetting:read', args=[pk])}#clause-{keys[0] if keys else ''}")
