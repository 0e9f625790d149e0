"""What every page's frame shows: who is signed in, the organisation, the rooms they may enter, the folded rail."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest

from handrail.kernel.words import listed
from handrail.people.models import Person, RoleGrant
from handrail.people.reads import is_line_manager
from handrail.web.answers import Standing, standing
from handrail.web.inbox import needs_you
from handrail.web.questions import QUESTIONS
from handrail.web.reads import may_see_answers
from handrail.web.rooms import Room, address, may_open, page_of_question, rooms_for

OF_ROOM = {"strategy": 1, "people": 2, "policy": 3, "vetting": 3}
OF_PAGE = {"policy:ownership": 2, "policy:ownership_do": 2, "policy:procedures": 2, "policy:procedure": 2}
LINKS = (
    ("Your account", "people:account"),
    ("How answers are worked out", "web:how"),
    ("History of answers", "web:history"),
    ("The record", "web:journal"),
    ("Jobs", "web:jobs"),
    ("Component page", "web:components"),
)


@dataclass(frozen=True, slots=True)
class RailPost:
    """One question on the folded rail."""

    number: int
    short: str
    state: str
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class Link:
    """One line of the person's menu."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything the frame shows; empty but for the organisation before sign-in."""

    organisation: str
    person: Person | None = None
    role: str = ""
    rooms: list[Room] = field(default_factory=list)
    tabs: list[Room] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    waiting: int = 0
    find_href: str = ""
    inbox_href: str = ""
    sought: str = ""


def desk(request: HttpRequest) -> dict[str, Any]:
    """The frame's values; cheap, and safe before sign-in and while the database is away."""
    empty = {"frame": Frame(settings.HANDRAIL_ORGANISATION), "rail": []}
    try:
        person = getattr(request, "user", None)
        if not isinstance(person, Person) or not person.is_active:
            return empty
        app = request.resolver_match.app_name if request.resolver_match else ""
        stands = standing() if may_see_answers(person) else None
        return {"frame": _frame(request, person, app, stands), "rail": _rail(person, _question_here(request), stands)}
    except DatabaseError:
        return empty


def roles_in_words(person: Person) -> str:
    """What a person is here, as the menu says it: governance owner, or their job."""
    names = {grant.get_role_display().lower() for grant in RoleGrant.objects.filter(person=person, ended_at=None)}
    if is_line_manager(person):
        names.add("line manager")
    return listed(sorted(names)) or person.job


def _frame(request: HttpRequest, person: Person, app: str, stands: Standing | None) -> Frame:
    rooms = rooms_for(person, app)
    by_icon = {room.icon: room for room in rooms}
    tabs = [
        by_icon[icon]
        for icon in ("home", "book", "goal", "listen" if "listen" in by_icon else "bubble")
        if icon in by_icon
    ]
    find = address("web:find")
    tabs.append(Room("Find", "Find", "find", find, request.path == find))
    if request.path == find:
        tabs[0] = Room(tabs[0].name, tabs[0].short, tabs[0].icon, tabs[0].href)
    links = [Link(name, href) for name, page in LINKS if (href := address(page)) and may_open(person, href)]
    sought = request.GET.get("q", "")[:200] if request.path == find else ""
    return Frame(
        organisation=settings.HANDRAIL_ORGANISATION,
        person=person,
        role=roles_in_words(person),
        rooms=rooms,
        tabs=tabs,
        links=links,
        waiting=len(needs_you(person, stands)),
        find_href=find,
        inbox_href=address("web:inbox"),
        sought=sought,
    )


def _question_here(request: HttpRequest) -> int:
    """The question that the page at hand belongs to, or nothing."""
    match = request.resolver_match
    return (OF_PAGE.get(match.view_name) or OF_ROOM.get(match.app_name, 0)) if match else 0


def _rail(person: Person, here: int, stands: Standing | None) -> list[RailPost]:
    if stands is None:
        return []
    home = address("web:home")
    posts = []
    for asked, answer in zip(QUESTIONS, stands.answers, strict=True):
        href = page_of_question(person, asked.number) or f"{home}#q{asked.number}"
        posts.append(RailPost(asked.number, asked.short, answer.state, href, here == asked.number))
    return posts
