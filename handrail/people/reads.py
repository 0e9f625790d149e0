"""What pages and higher rooms ask about people: roles, teams, who leads whom, and who is in Handrail as files see it."""

from collections.abc import Iterator

from handrail.people.models import OrgUnit, PeopleImport, Person, PersonQuerySet, Role, RoleGrant


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


def units_under(path: str):  # type: ignore[no-untyped-def]
    """A unit and all units below it, as a query to filter by."""
    return OrgUnit.objects.filter(path=path) | OrgUnit.objects.filter(path__startswith=f"{path} / ")


def latest_import() -> PeopleImport | None:
    """The staff file that last changed anything and still stands."""
    return PeopleImport.objects.filter(state=PeopleImport.State.DONE, undo__isnull=False).first()


def last_owners() -> Iterator[int]:
    """The keys of those who answer for the house today."""
    return holders(Role.GOVERNANCE_OWNER).values_list("pk", flat=True).iterator()
