"""Which rooms and pages a person may enter: asked of each page's own guard, so that a link and its page agree."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from handrail.people.models import Person


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the navigation: full name, its word on a phone's tab, icon, address, and whether we are in it."""

    name: str
    short: str
    icon: str
    href: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A room as it is declared: the name of its first page, and the app whose pages count as being in it."""

    name: str
    short: str
    icon: str
    page: str
    app: str


ENTRIES = (
    Entry("Home", "Home", "home", "web:home", "web"),
    Entry("Strategy", "Strategy", "goal", "strategy:overview", "strategy"),
    Entry("Policies", "Policy", "book", "policy:policies", "policy"),
    Entry("Vetting", "Vetting", "bubble", "vetting:rounds", "vetting"),
    Entry("Listening", "Listening", "listen", "listening:listening", "listening"),
    Entry("People", "People", "people", "people:people", "people"),
)

# Where each question is worked on: the first of these pages that this version has and that lets the person in.
OF_QUESTION = {
    1: ("strategy:overview", "strategy:goals"),
    2: ("policy:ownership", "people:people"),
    3: ("vetting:rounds", "policy:policies"),
}


def address(page: str) -> str:
    """The address of a named page, or nothing where this version has no such page."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def may_open(person: Person, href: str) -> bool:
    """Whether the guard of the page at this address lets the person in."""
    try:
        view = resolve(urlsplit(href).path).func
    except Resolver404:
        return False
    if not hasattr(view, "guard"):
        return False
    return view.guard is None or bool(view.guard(person))


def page_of_question(person: Person, number: int) -> str:
    """The page on which one of the seven questions is worked on, or nothing where none lets the person in."""
    pages = (address(page) for page in OF_QUESTION.get(number, ()))
    return next((href for href in pages if href and may_open(person, href)), "")


def rooms_for(person: Person, app: str) -> list[Room]:
    """The rooms this person may enter, the one they are in marked."""
    found = []
    for entry in ENTRIES:
        href = address(entry.page)
        if href and may_open(person, href):
            found.append(Room(entry.name, entry.short, entry.icon, href, entry.app == app))
    return found
