"""What is done with an empty cell of the grid: leave it, or a whole column, empty on purpose; take that back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from handrail.people.guard import guarded, person_of
from handrail.strategy import actions
from handrail.strategy.models import Constituency, EmptyCell, Level


@guarded(actions.may_decide_cells)
@require_http_methods(["GET", "POST"])
def empty(request: HttpRequest) -> HttpResponse:
    """Leave a cell or a whole column empty on purpose and say why; what was decided is shown and can be taken back."""
    level, who = _at(request)
    cells = [(level, who)] if level else [(each, who) for each in Level.values]
    if request.method == "POST":
        actions.leave_empty(cells, request.POST.get("reason", ""), by=person_of(request))
        messages.success(request, "It stays empty, and people read why.")
        return redirect("strategy:overview")
    decided = EmptyCell.objects.filter(constituency=who, level__in=[each for each, _ in cells])
    shown = {
        "label": Constituency(who).label,
        "level": Level(level).label if level else "",
        "at": f"{level}.{who}",
        "decided": decided.select_related("decided_by"),
    }
    return render(request, "strategy/empty.html", shown)


@guarded(actions.may_decide_cells)
@require_POST
def open_again(request: HttpRequest) -> HttpResponse:
    """Take back that a cell, or a whole column, stays empty."""
    level, who = _at(request)
    decided = EmptyCell.objects.filter(constituency=who)
    cells = [(level, who)] if level else [(each.level, who) for each in decided]
    for cell in cells:
        actions.open_cell(cell, by=person_of(request))
    messages.success(request, "It is open again. Nothing stands there yet.")
    return redirect("strategy:overview")


def _at(request: HttpRequest) -> tuple[str, str]:
    level, _, who = request.GET.get("at", "").partition(".")
    if who not in Constituency.values or (level and level not in Level.values):
        raise Http404
    return level, who
