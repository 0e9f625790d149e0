"""The purposes as a list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from handrail.kernel.words import count, listed, sentence_case
from handrail.people.guard import guarded, person_of
from handrail.people.reads import anyone
from handrail.strategy import actions
from handrail.strategy.models import Purpose
from handrail.strategy.reads import judged, standing_purposes


@guarded(anyone)
@require_GET
def purposes(request: HttpRequest) -> HttpResponse:
    """Every purpose that stands, and those that were dropped with the reason."""
    rows = standing_purposes()
    shown = {
        "rows": [(each, sum(bool(trait.disagrees) for trait in judged(each))) for each in rows],
        "dropped": Purpose.objects.filter(state=Purpose.State.DROPPED).select_related("owner"),
        "headline": _headline(rows),
        "may_propose": actions.may_propose(person_of(request)),
    }
    return render(request, "strategy/purposes.html", shown)


def _headline(rows: list[Purpose]) -> str:
    if not rows:
        return "No purpose is written down yet."
    counts = [(state, sum(row.state == state for row in rows)) for state in ("approved", "again", "proposed")]
    words = {"approved": "approved", "again": "to be looked at again", "proposed": "proposed"}
    said = listed([f"{count(number)} {words[state]}" for state, number in counts if number])
    return f"{sentence_case(count(len(rows)))} purpose{'' if len(rows) == 1 else 's'}: {said}."
