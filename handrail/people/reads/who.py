"""Who is here: roles, teams, places, audiences."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from handrail.people.audience_rules import people_of, read_rule
from handrail.people.models import Audience, OrgUnit, PeopleImport, Person, PersonQuerySet, Role, RoleGrant


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for among people; `private` says that they may search by address and staff number."""

    words: str = ""
    function: str = ""
    country: str = ""
    place: str = ""
    role: str = ""
    private: bool = False


@dataclass(slots=True)
class UnitCount:
    """A place, how many work in it, how many in it and below, and the places below."""

    unit: OrgUnit
    own: int
    whole: int
    below: "list[UnitCount]"


def roles_of(person: Person) -> frozenset[str]:
    """The live roles of a person, read once per loaded row; a leaver has none."""
    if not person.is_here:
        return frozenset()
    known: frozenset[str] | None = person.__dict__.get("_roles")
    if known is None:
        known = frozenset(RoleGrant.objects.filter(person=person, ended_at__isnull=True).values_list("role", flat=True))
        person.__dict__["_roles"] = known
    return known


def has_role(person: Person, *roles: Role) -> bool:
    """Whether the person holds any of these roles today."""
    return not roles_of(person).isdisjoint(roles)


def interests_of(person: Person) -> frozenset[str]:
    """The interests this person reviews for."""
    grants = RoleGrant.objects.filter(person=person, role=Role.REVIEWER, ended_at__isnull=True)
    return frozenset(grants.values_list("interest", flat=True))


def holders(role: Role) -> PersonQuerySet:
    """Those who hold a role and work here, by name."""
    return Person.objects.here().filter(grants__role=role, grants__ended_at__isnull=True).distinct()


def team_of(person: Person) -> PersonQuerySet:
    """Those who report straight to this person and work here."""
    return Person.objects.here().filter(line_manager=person)


def is_line_manager(person: Person) -> bool:
    """Whether anyone reports to this person today; derived from the org chart, never granted."""
    known: bool | None = person.__dict__.get("_is_line_manager")
    if known is None:
        known = team_of(person).exists()
        person.__dict__["_is_line_manager"] = known
    return known


def may_see_record(person: Person) -> bool:
    """The governance owner and the auditor may read the journal and the jobs."""
    return has_role(person, Role.GOVERNANCE_OWNER, Role.AUDITOR)


def is_governance_owner(person: Person) -> bool:
    """Whether this person answers for the whole house."""
    return has_role(person, Role.GOVERNANCE_OWNER)


def anyone(person: Person) -> bool:
    """Everyone who is signed in and still here."""
    return person.is_here


def people_under(unit: OrgUnit) -> PersonQuerySet:
    """Those who work in a unit or in any unit below it."""
    return Person.objects.here().filter(unit__in=units_under(unit.path))


def units_under(path: str) -> QuerySet[OrgUnit]:
    """A unit and all units below it, as a query to filter by."""
    return OrgUnit.objects.filter(Q(path=path) | Q(path__startswith=f"{path} / "))


def latest_import() -> PeopleImport | None:
    """The staff file that last changed anything and still stands."""
    return PeopleImport.objects.filter(state=PeopleImport.State.DONE, undo__isnull=False).first()


def nobody_yet() -> bool:
    """Whether the house is empty, so that its first owner may be named."""
    return not Person.objects.exists()


def roles_in_words(person: Person) -> list[str]:
    """What a person is here: roles with their interests, and line manager where the org chart says so."""
    if not person.is_here:
        return []
    words = [str(grant) for grant in RoleGrant.objects.filter(person=person, ended_at__isnull=True)]
    if is_line_manager(person):
        words.append("Line manager")
    return words


def live_grants() -> QuerySet[RoleGrant]:
    """Every role held today, with its holder."""
    live = RoleGrant.objects.filter(ended_at__isnull=True, person__in=Person.objects.here())
    return live.select_related("person", "person__unit", "granted_by")


def people_found(search: Search) -> PersonQuerySet:
    """Those who work here and fit what was asked; address and number only count where the asker may see them."""
    people = Person.objects.here()
    if search.words:
        named = Q(name__icontains=search.words) | Q(job__icontains=search.words)
        if search.private:
            named |= Q(email__startswith=search.words.lower()) | Q(staff_number=search.words)
        people = people.filter(named)
    if search.function:
        people = people.filter(function=search.function)
    if search.country:
        people = people.filter(country=search.country)
    if search.place:
        people = people.filter(unit__in=units_under(search.place).values("pk"))
    if search.role == "line_manager":
        people = people.filter(Exists(Person.objects.here().filter(line_manager=OuterRef("pk"))))
    elif search.role:
        people = people.filter(Exists(RoleGrant.objects.filter(person=OuterRef("pk"), role=search.role, ended_at=None)))
    return people


def units_with_counts() -> list[UnitCount]:
    """The tree of places from the top, each with how many work there and below."""
    here = Person.objects.here().exclude(unit=None).values_list("unit").annotate(count=Count("pk")).order_by()
    own = dict(here)
    units = [UnitCount(unit, own.get(unit.pk, 0), 0, []) for unit in OrgUnit.objects.order_by("path")]
    by_key = {each.unit.pk: each for each in units}
    tops: list[UnitCount] = []
    for each in units:
        above = by_key.get(each.unit.parent_id or 0)
        (above.below if above else tops).append(each)
    for each in sorted(units, key=lambda each: -each.unit.path.count(" / ")):
        each.whole = each.own + sum(lower.whole for lower in each.below)
    return tops


def people_in(audience: Audience) -> PersonQuerySet:
    """Those who belong to an audience today; worked out from its rule each time."""
    return people_of(read_rule(audience.rule))
