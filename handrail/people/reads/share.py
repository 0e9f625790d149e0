"""Those who take part against the whole workforce, by function, country and level; small groups are never shown.

A group of fewer than five is hidden. Where just one group of a table is hidden, or the hidden ones are fewer than five
people together, the next smallest is hidden too, because the total would otherwise give them away.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from handrail.people.models import Assignment, Matrix, Person, RoleGrant
from handrail.people.places import country_name

K = 5
FIELDS = {"function": "function", "country": "country", "level": "level"}


@dataclass(frozen=True, slots=True)
class Share:
    """One group: how many work in it, how many of them take part, both also as shares. None hides a figure."""

    name: str
    workforce: int | None
    taking: int | None
    of_workforce: float
    of_taking: float
    silent: bool

    @property
    def hidden(self) -> bool:
        """Whether the group is too small to be shown."""
        return self.workforce is None


@dataclass(frozen=True, slots=True)
class CrossSection:
    """The whole report: totals, and the groups by each field."""

    workforce: int
    taking: int
    by: dict[str, list[Share]]

    @property
    def least_heard(self) -> tuple[str, Share] | None:
        """The largest group that is heard less than half as much as it is large, or None where none is."""
        found = [
            (field, each)
            for field, all in self.by.items()
            for each in all
            if not each.hidden and self.taking and each.of_taking < each.of_workforce / 2
        ]
        return max(found, key=lambda each: each[1].of_workforce - each[1].of_taking, default=None)

    @property
    def silent(self) -> list[tuple[str, Share]]:
        """Groups in which nobody takes part, largest first."""
        found = [(field, each) for field, all in self.by.items() for each in all if each.silent]
        return sorted(found, key=lambda each: -(each[1].workforce or 0))


class _Rooms:
    """Who takes part elsewhere, by room; filled by each higher room's apps.ready."""

    def __init__(self) -> None:
        self.by_name: dict[str, Callable[[], Iterable[int]]] = {}


_rooms = _Rooms()


def takes_part(name: str, fn: Callable[[], Iterable[int]]) -> None:
    """Name a function that gives the keys of those who take part in a room; naming it again replaces it.

    It must never count what somebody did without their name.
    """
    _rooms.by_name[name] = fn


def taking_part() -> set[int]:
    """The keys of those with a role, a letter in the matrix in force or a part in another room, who work here."""
    named = Assignment.objects.filter(matrix__state=Matrix.State.IN_FORCE, person__isnull=False)
    granted = RoleGrant.objects.filter(ended_at__isnull=True)
    keys = set(named.values_list("person_id", flat=True)) | set(granted.values_list("person_id", flat=True))
    for fn in _rooms.by_name.values():
        keys |= set(fn())
    return keys & set(Person.objects.here().values_list("pk", flat=True))


def cross_section(k: int = K) -> CrossSection:
    """Count everyone who works here and everyone who takes part, by function, country and level."""
    taking = taking_part()
    rows = list(Person.objects.here().values_list("pk", *FIELDS.values()))
    by = {}
    for at, field in enumerate(FIELDS, start=1):
        whole = Counter(_said(field, row[at]) for row in rows)
        part = Counter(_said(field, row[at]) for row in rows if row[0] in taking)
        by[field] = shares(whole, part, k)
    return CrossSection(len(rows), len(taking), by)


def _said(field: str, value: str) -> str:
    if not value:
        return "not said"
    if field == "country":
        return country_name(value)
    return f"Level {value}" if field == "level" and value.isdigit() else value


def shares(whole: Counter[str], part: Counter[str], k: int = K) -> list[Share]:
    """Groups by size with small ones hidden, and a second one where a single hidden one could be worked out."""
    hidden = {name for name, number in whole.items() if number < k}
    # The total less what is shown gives the hidden ones together, so together they must be enough too.
    while hidden and len(hidden) < len(whole) and (len(hidden) == 1 or sum(whole[name] for name in hidden) < k):
        hidden.add(min((name for name in whole if name not in hidden), key=lambda name: (whole[name], name)))
    everyone, taking = sum(whole.values()), sum(part.values())
    found = []
    for name, number in sorted(whole.items(), key=lambda each: (-each[1], each[0])):
        if name in hidden:
            continue
        heard = part[name]
        found.append(
            Share(name, number, heard, number / everyone, heard / taking if taking else 0.0, taking > 0 and not heard)
        )
    return [*found, Share(f"{len(hidden)} small groups", None, None, 0.0, 0.0, False)] if hidden else found
