"""Who works here: the list, one person, the tree of places."""

import csv
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from handrail.kernel.files import csv_answer, safe_cell
from handrail.people import actions
from handrail.people.guard import guarded, person_of
from handrail.people.models import Person, PersonQuerySet, Role
from handrail.people.places import country_name, language_name
from handrail.people.reads import (
    Search,
    anyone,
    is_governance_owner,
    people_found,
    roles_in_words,
    team_of,
    units_with_counts,
)
from handrail.people.views.account import link_maker

PAGE = 50
ROLES = [*Role.choices, ("line_manager", "Line manager")]


def _search(request: HttpRequest) -> Search:
    given = {
        name: " ".join(request.GET.get(name, "").split())[:200] for name in ("function", "country", "place", "role")
    }
    if given["role"] not in dict(ROLES):
        given["role"] = ""
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
    return Search(words=words, private=is_governance_owner(person_of(request)), **given)


def _page(people: PersonQuerySet, after: str) -> tuple[list[Person], str]:
    """One page by name from a mark on, and the mark of the next; quick however far one goes."""
    key, _, name = after.partition("~")
    if key.isdigit() and name:
        people = people.filter(Q(name__gt=name) | Q(name=name, pk__gt=int(key)))
    rows = list(people.select_related("unit", "line_manager").order_by("name", "id")[: PAGE + 1])
    more = f"{rows[PAGE - 1].pk}~{rows[PAGE - 1].name}" if len(rows) > PAGE else ""
    return rows[:PAGE], more


@guarded(anyone)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, by name; searched and narrowed."""
    search = _search(request)
    found = people_found(search)
    rows, more = _page(found, request.GET.get("after", "").replace("\x00", ""))
    asked = {name: value for name, value in request.GET.items() if value and name != "after"}
    here = Person.objects.here()
    shown: dict[str, Any] = {
        "rows": rows,
        "more": urlencode({**asked, "after": more}) if more else "",
        "asked": urlencode(asked),
        "search": search,
        "found": found.count(),
        "everybody": here.count(),
        "functions": _values(here, "function"),
        "countries": [(code, country_name(code)) for code in _values(here, "country")],
        "roles": ROLES,
        "owner": search.private,
    }
    template = "people/_people.html" if getattr(request, "htmx", False) else "people/people.html"
    return render(request, template, shown)


def _values(people: PersonQuerySet, field: str) -> list[str]:
    return list(people.exclude(**{field: ""}).order_by(field).values_list(field, flat=True).distinct()[:200])


@guarded(is_governance_owner)
@require_GET
def people_csv(request: HttpRequest) -> HttpResponse:
    """Everybody found, as CSV; the same columns that the import reads."""
    response = csv_answer("people.csv")
    writer = csv.writer(response)
    writer.writerow(
        "Staff number,Name,E-mail,Line manager number,Place,Function,Job,Level,Country,Language,Start,End".split(",")
    )
    rows = people_found(_search(request)).order_by("name", "id").values_list(
        "staff_number", "name", "email", "line_manager__staff_number", "unit__path", "function", "job", "level",
        "country", "language", "starts_on", "ends_on",
    )  # fmt: skip
    for row in rows.iterator(chunk_size=2000):
        writer.writerow([safe_cell("" if cell is None else str(cell)) for cell in row])
    return response


@guarded(anyone)
@require_GET
def person(request: HttpRequest, key: int) -> HttpResponse:
    """One person as colleagues see them; address and staff number for the governance owner only."""
    return _person_page(request, get_object_or_404(Person.objects.select_related("unit", "line_manager"), pk=key))


def _person_page(request: HttpRequest, row: Person, invited: actions.Invited | None = None) -> HttpResponse:
    asker = person_of(request)
    team = team_of(row)
    shown = {
        "row": row,
        "roles": roles_in_words(row),
        "team": team.select_related("unit")[:100],
        "team_count": team.count(),
        "owner": is_governance_owner(asker),
        "country": country_name(row.country),
        "language": language_name(row.language),
        "me": asker.pk == row.pk,
        "invited": invited,
    }
    return render(request, "people/person.html", shown)


@guarded(actions.may_invite)
@never_cache
@require_POST
def invite(request: HttpRequest, key: int) -> HttpResponse:
    """Send a person their first link; where no letter can go out, show it to be handed over."""
    row = get_object_or_404(Person, pk=key)
    invited = actions.invite(row, by=person_of(request), make_link=link_maker(request))
    if invited.link:
        return _person_page(request, row, invited)
    messages.success(request, invited.sentence)
    return redirect("people:person", key=row.pk)


@guarded(anyone)
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """The tree of hotels, offices and departments, with how many work in each."""
    tops = units_with_counts()
    placed = sum(each.whole for each in tops)
    shown = {
        "tops": tops,
        "placed": placed,
        "nowhere": Person.objects.here().filter(unit=None).count(),
        "list": reverse("people:people"),
    }
    return render(request, "people/places.html", shown)


@guarded(anyone)
@require_GET
def places_csv(request: HttpRequest) -> HttpResponse:
    """The tree as CSV."""
    response = csv_answer("places.csv")
    writer = csv.writer(response)
    writer.writerow(["Place", "People here", "People here and below"])
    waiting = list(reversed(units_with_counts()))
    while waiting:
        each = waiting.pop()
        writer.writerow([safe_cell(each.unit.path), each.own, each.whole])
        waiting.extend(reversed(each.below))
    return response
