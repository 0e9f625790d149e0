"""The shared cast of every test: who they are, and how to be one of them on a page."""

from dataclasses import dataclass, fields

from django.contrib.auth.hashers import make_password
from django.test import Client

from handrail.people.models import Interest, OrgUnit, Person, Role, RoleGrant

PASSWORD = "harbour-lantern-47-tide"  # a test's password, never a real one


@dataclass(frozen=True, slots=True)
class Cast:
    """The eight people of the tests. Ana answers for the house; dev is an employee who reports to cleo."""

    ana: Person
    ben: Person
    cleo: Person
    dev: Person
    eva: Person
    finn: Person
    gil: Person
    hana: Person

    def everyone(self) -> tuple[Person, ...]:
        """All eight, for tests that walk every role."""
        return tuple(getattr(self, each.name) for each in fields(self))


_WHO: tuple[tuple[str, str, str, str], ...] = (
    ("ana", "Ana Lind", "Communications", "Head of social"),
    ("ben", "Ben Achterberg", "Legal", "Counsel"),
    ("cleo", "Cleo Marsh", "Front office", "Front office manager"),
    ("dev", "Dev Patel", "Front office", "Receptionist"),
    ("eva", "Eva Novak", "Communications", "Editor"),
    ("finn", "Finn Oakes", "Audit", "Auditor"),
    ("gil", "Gil Tavares", "Guest care", "Care analyst"),
    ("hana", "Hana Sato", "Front office", "Concierge"),
)
_ROLES: tuple[tuple[str, Role, str], ...] = (
    ("ana", Role.GOVERNANCE_OWNER, ""),
    ("ben", Role.REVIEWER, Interest.LEGAL),
    ("eva", Role.AUTHOR, ""),
    ("finn", Role.AUDITOR, ""),
    ("gil", Role.CARE_ANALYST, ""),
    ("hana", Role.STEWARD, ""),
)


def cast() -> Cast:
    """Make the cast in an empty database: two units, eight people with `PASSWORD`, and their roles."""
    head = OrgUnit.objects.create(name="Head office", path="Head office")
    hotel = OrgUnit.objects.create(name="Galway", path="Galway")
    password = make_password(PASSWORD)
    people: dict[str, Person] = {}
    for number, (short, name, function, job) in enumerate(_WHO, start=1):
        people[short] = Person.objects.create(
            staff_number=f"T{number:03}",
            name=name,
            email=f"{short}@example.org",
            password=password,
            function=function,
            job=job,
            level=str(9 - number),
            country="IE",
            language="en",
            unit=hotel if function == "Front office" else head,
        )
    for short, boss in (("dev", "cleo"), ("cleo", "ana"), ("ben", "ana")):
        people[short].line_manager = people[boss]
        people[short].save(update_fields=["line_manager"])
    for short, role, interest in _ROLES:
        RoleGrant.objects.create(person=people[short], role=role, interest=interest, granted_by=people["ana"])
    return Cast(**people)


def signed_in(person: Person) -> Client:
    """A test browser in which this person is signed in, without the cost of a password."""
    client = Client()
    client.force_login(person)
    return client


def make_person(number: int, **given: object) -> Person:
    """One more person beside the cast."""
    values: dict[str, object] = {
        "staff_number": f"M{number:05}",
        "name": f"Person {number}",
        "email": f"person{number}@example.org",
        "country": "IE",
        "language": "en",
    }
    values.update(given)
    return Person.objects.create(**values)
