"""The text under review, clause by clause, with what was said about it; a reviewer’s reading is noted as they go."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.vetting import markup, page
from handrail.vetting.actions import may_dispose, may_remark, read_clauses
from handrail.vetting.models import Answer, Round, RoundAuthor, Seat
from handrail.vetting.reads import TextClause, Thread, clauses_in, remarks_of
from handrail.vetting.views.asked import read_by, round_asked


@guarded(anyone)
@require_GET
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with its threads. For the open part only that somebody opened it is counted, without a name."""
    round, person = round_asked(request, pk), person_of(request)
    seats = Seat.objects.filter(round=round, person=person).select_related("stands_for")
    interests = [each for each in seats if each.interest]
    if round.is_open and not interests:
        read_clauses(round, [], by=person)
        # A stand-in has a seat from now on.
        interests = [each for each in seats.all() if each.interest]
    threads, seen = remarks_of(round, viewer=person), read_by(request, round)
    clauses = clauses_in(round)
    settled = request.GET.get("settled", "")
    reader = reader_of(request, round, threads, notes_reading=bool(interests) and round.is_open, shown=settled)
    if settled and getattr(request, "htmx", False):
        rows = [each for each in threads if each.clause_key == settled and not each.is_open]
        return HttpResponse(markup.threads(rows, reader))
    shown = {
        "round": round,
        **text_shown(clauses, threads, seen, reader),
        "closes": page.closes_words(round),
        "left": page.time_left(round),
        "interests": [each.get_interest_display() for each in interests],
        "labels": list(
            Seat.objects.filter(round=round, person=person).exclude(label="").values_list("label", flat=True)
        ),
        "is_author": RoundAuthor.objects.filter(round=round, person=person).exists(),
        "mine": page.my_signs(round, person, seen, clauses),
        "may_remark": reader.may_remark,
        "new_answers": Answer.objects.filter(
            person=person, seen_at__isnull=True, disposition__remark__round=round
        ).select_related("disposition__remark"),
        "stands_for": [each.stands_for for each in interests if each.stands_for],
    }
    return render(request, "vetting/read.html", shown)


def reader_of(
    request: HttpRequest, round: Round, threads: Sequence[Thread], *, notes_reading: bool = False, shown: str = ""
) -> markup.Reader:
    """For whom the text is written out; many settled threads come only when they are opened."""
    person = person_of(request)
    return markup.Reader(
        base=reverse("vetting:round", args=[round.pk]),
        token=get_token(request),
        is_open=round.is_open,
        may_remark=may_remark(person, round),
        may_dispose=may_dispose(person, round),
        person=person.pk,
        notes_reading=notes_reading,
        later=sum(not each.is_open for each in threads) > markup.ALL_AT_ONCE,
        shown=shown,
    )


def text_shown(
    clauses: Sequence[TextClause], threads: Sequence[Thread], seen: set[tuple[str, str]], reader: markup.Reader
) -> dict[str, Any]:
    """The text with its threads, and what was said about no clause of it."""
    placed = {each.key for each in clauses}
    blocks = page.clause_blocks(clauses, threads, seen)
    whole = [each for each in threads if each.clause_key not in placed and not each.is_detached]
    return {
        "blocks": bool(blocks),
        "text": markup.clauses(blocks, reader),
        "whole": markup.threads(whole, reader),
        "detached": markup.threads([each for each in threads if each.is_detached], reader),
    }


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
