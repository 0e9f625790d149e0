"""Find: everything that holds some words, by kind, as far as the person may see it."""

from collections.abc import Callable

from django.db.models import F, Q
from django.urls import reverse

from handrail.kernel.templatetags.handrail import words_for_day
from handrail.listening.models import Mention
from handrail.listening.reads import may_listen
from handrail.people.models import Person
from handrail.policy.models import Version
from handrail.policy.reads import ON_THE_WAY, may_see_drafts
from handrail.web.hits import LIMIT, Group, Hit, around
from handrail.web.rooms import ENTRIES, address, may_open
from handrail.web.search_policy import procedures, scenarios
from handrail.web.search_strategy import goals, initiatives, purposes
from handrail.web.search_vetting import remarks, rounds

SHORTEST = 2
NEWEST_POSTS = 5_000


def find(person: Person, words: str) -> list[Group]:
    """Every group with a hit; a group the person may not see is not even looked in."""
    words = " ".join(words.split())[:200]
    if len(words) < SHORTEST:
        return []
    groups = [look(person, words) for look in LOOKS]
    return [group for group in groups if group.hits]


def _pages(person: Person, words: str) -> Group:
    named = [(entry.name, address(entry.page)) for entry in ENTRIES]
    named += [("How answers are worked out", address("web:how")), ("History of answers", address("web:history"))]
    hits = [
        Hit(name, "A page", href)
        for name, href in named
        if href and words.casefold() in name.casefold() and may_open(person, href)
    ]
    return Group("Pages", hits)


def _people(person: Person, words: str) -> Group:
    page = address("people:people")
    if not page or not may_open(person, page):
        return Group("People", [])
    starts = Q(name__istartswith=words) | Q(name__icontains=f" {words}") | Q(email__istartswith=words)
    found = list(Person.objects.here().filter(starts).select_related("unit").order_by("name")[: LIMIT + 1])
    hits = [Hit(each.name, _place(each), reverse("people:person", args=[each.pk])) for each in found[:LIMIT]]
    return Group("People", hits, len(found) > LIMIT)


def _place(person: Person) -> str:
    return ", ".join(part for part in (person.job or person.function, str(person.unit or "")) if part)


def _clauses(person: Person, words: str) -> Group:
    holds = Q(clauses__text__icontains=words) | Q(clauses__heading__icontains=words)
    states = [Version.State.PUBLISHED, *(ON_THE_WAY if may_see_drafts(person) else ())]
    rows = (
        Version.objects.filter(holds, state__in=states)
        .select_related("policy")
        .defer("markdown")
        .annotate(key=F("clauses__key"), heading=F("clauses__heading"), wording=F("clauses__text"))
        .order_by("policy__title", "-number", "clauses__position")
    )
    found = list(rows[: LIMIT + 1])
    hits = [
        Hit(
            around(row.wording or row.heading, words),
            f"{row.policy.title}, version {row.number}, {row.get_state_display().lower()}",
            f"{reverse('policy:version', args=[row.policy.key, row.number])}#{row.key}",
        )
        for row in found[:LIMIT]
    ]
    return Group("Clauses", hits, len(found) > LIMIT)


def _posts(person: Person, words: str) -> Group:
    if not may_listen(person):
        return Group("Posts", [])
    newest = Mention.objects.order_by("-posted_at", "-id").values("pk")[:NEWEST_POSTS]
    rows = Mention.objects.filter(pk__in=newest, text__icontains=words).order_by("-posted_at", "-id")
    found = list(rows[: LIMIT + 1])
    page = address("listening:listening")
    hits = [
        Hit(
            around(row.text, words),
            f"{row.platform or 'a post'}, {words_for_day(row.posted_at)}, {row.get_label_display().lower()}",
            row.url if row.url.startswith(("https://", "http://")) else page,
        )
        for row in found[:LIMIT]
    ]
    return Group(f"Posts, among the newest {NEWEST_POSTS:,}", hits, len(found) > LIMIT)


LOOKS: tuple[Callable[[Person, str], Group], ...] = (
    _pages,
    goals,
    purposes,
    initiatives,
    _people,
    _clauses,
    procedures,
    scenarios,
    rounds,
    remarks,
    _posts,
)
