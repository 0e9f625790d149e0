"""Who may act, is asked and is told: the one list, read from the matrix in force, else from today's roles.

A subject's own row decides where it names somebody for what is asked; else the activity's row; where neither does, the
fall-back: the governance owner and the author by role, and the owner of the subject.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils import timezone

from handrail.kernel.refs import Ref
from handrail.people.matrix import ACTIVITIES
from handrail.people.models import Assignment, Delegation, Matrix, Person, Role, RoleGrant
from handrail.people.reads.who import has_role, holders

_ACTING = dict.fromkeys(ACTIVITIES, "AR") | {"approve": "A"}
_BY_ROLE: dict[str, tuple[Role, ...]] = {
    "draft": (Role.AUTHOR, Role.GOVERNANCE_OWNER),
    "vet": (Role.REVIEWER,),
    "approve": (Role.GOVERNANCE_OWNER,),
    "publish": (Role.GOVERNANCE_OWNER,),
    "inform": (Role.GOVERNANCE_OWNER,),
    "monitor": (Role.CARE_ANALYST, Role.GOVERNANCE_OWNER),
    "revise": (Role.AUTHOR, Role.GOVERNANCE_OWNER),
}
_OWNERS_TOO = frozenset({"approve", "publish", "inform", "revise"})


@dataclass(frozen=True, slots=True)
class Decided:
    """The people a row names for what was asked, and which row said so (None: today's roles)."""

    people: tuple[Person, ...]
    row: str | None


def may_act(
    person: Person,
    activity: str,
    subject: Ref | None = None,
    *,
    owner: int | None = None,
    authors: Collection[int] = (),
) -> bool:
    """Whether the person may do this, in their own right or standing in for somebody who may.

    `owner` is the key of who owns the subject, for the days before a matrix is agreed; `authors` are the keys of those
    who wrote the text: a stand-in who wrote it can't approve it.
    """
    if not person.is_here:
        return False
    allowed = _allowed(activity, subject, owner)
    return person.pk in allowed or bool(_standing_for(person, activity, allowed, authors))


def acting_for(
    person: Person,
    activity: str,
    subject: Ref | None = None,
    *,
    owner: int | None = None,
    authors: Collection[int] = (),
) -> list[Person]:
    """Those for whom the person acts when they do this today; empty where they act in their own right or may not."""
    allowed = _allowed(activity, subject, owner)
    if not person.is_here or person.pk in allowed:
        return []
    return _standing_for(person, activity, allowed, authors)


def _standing_for(person: Person, activity: str, allowed: set[int], authors: Collection[int]) -> list[Person]:
    # Only those who may act themselves can pass it on, so a delegate's delegate is never found here.
    if person.pk in authors and activity in ("approve", "publish"):
        return []
    today = timezone.localdate()
    standing = Delegation.objects.filter(
        to=person, ended_at__isnull=True, starts_on__lte=today, ends_on__gte=today, person_id__in=allowed
    ).select_related("person")
    return [each.person for each in standing if activity in each.activities and each.person.is_here]


def _allowed(activity: str, subject: Ref | None, owner: int | None) -> set[int]:
    return {each.pk for each in _decided(activity, subject, _ACTING[activity], owner).people}


def decided(activity: str, subject: Ref | None = None, *, owner: int | None = None) -> Decided:
    """Who may do this today in their own right, and which row of the matrix says so."""
    return _decided(activity, subject, _ACTING[activity], owner)


def asked_of(activity: str, subject: Ref | None = None) -> list[Person]:
    """Those who are asked before (C). Nobody, while no matrix says."""
    return list(_from_matrix(activity, subject, "C")[0])


def told_of(activity: str, subject: Ref | None = None) -> list[Person]:
    """Those who are told after (I). Nobody, while no matrix says."""
    return list(_from_matrix(activity, subject, "I")[0])


def accountable_for(activity: str, subject: Ref | None = None) -> Person | None:
    """Who answers for it: the A of the matrix, else the governance owner who has been so longest."""
    people, row = _from_matrix(activity, subject, "A")
    if row is not None:
        return people[0] if len(people) == 1 else None
    return holders(Role.GOVERNANCE_OWNER).order_by("grants__granted_at", "pk").first()


def reviewers_for(subject: Ref | None = None) -> dict[str, list[Person]]:
    """Who reads for each interest: holders of it whom the matrix names for vetting; where it names none, all holders.

    An interest is never emptied by the matrix, because a text must not be published with an interest unheard.
    """
    grants = RoleGrant.objects.filter(role=Role.REVIEWER, ended_at__isnull=True, person__in=Person.objects.here())
    holding: dict[str, list[Person]] = {}
    for grant in grants.select_related("person").order_by("interest", "person__name", "person_id"):
        holding.setdefault(grant.interest, []).append(grant.person)
    people, row = _from_matrix("vet", subject, "AR")
    if row is None:
        return holding
    named = {each.pk for each in people}
    return {key: [each for each in all if each.pk in named] or all for key, all in holding.items()}


def _decided(activity: str, subject: Ref | None, letters: str, owner: int | None) -> Decided:
    people, row = _from_matrix(activity, subject, letters)
    if row is not None:
        return Decided(tuple(people), row)
    found = {each.pk: each for role in _BY_ROLE[activity] for each in holders(role)}
    if owner is not None and activity in _OWNERS_TOO and owner not in found:
        found |= {each.pk: each for each in Person.objects.here().filter(pk=owner)}
    return Decided(tuple(found.values()), None)


def _from_matrix(activity: str, subject: Ref | None, letters: str) -> tuple[list[Person], str | None]:
    """The people behind these letters in the row that decides, and that row; None when no row of the matrix does."""
    if activity not in ACTIVITIES:
        raise KeyError(f"“{activity}” is no activity of the matrix")
    rows = [str(subject)] if subject is not None else []
    rows.append(f"activity:{activity}")
    cells = Assignment.objects.filter(matrix__state=Matrix.State.IN_FORCE, row__in=rows).select_related("person")
    by_row: dict[str, list[Assignment]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    for row in rows:
        chosen = [cell for cell in by_row.get(row, ()) if set(cell.letters) & set(letters)]
        if "A" in letters and sum("A" in cell.letters for cell in chosen) > 1:
            return [], row  # two who decide means nobody does, as the page says
        if chosen:
            return _people_behind(chosen), row
        # A row of the activity that exists is an answer, even where nobody has these letters.
        if row in by_row and row.startswith("activity:"):
            return [], row
    return [], None


def _people_behind(cells: Iterable[Assignment]) -> list[Person]:
    found: dict[int, Person] = {}
    for cell in cells:
        if cell.person is not None:
            if cell.person.is_here:
                found[cell.person.pk] = cell.person
        elif cell.holder.startswith("role:"):
            found |= {each.pk: each for each in people_of_role(cell.holder)}
    return list(found.values())


def people_of_role(holder: str) -> list[Person]:
    """Those who hold “role:steward” or “role:reviewer/legal” today."""
    role, _, interest = holder.removeprefix("role:").partition("/")
    live = Person.objects.here().filter(grants__role=role, grants__ended_at__isnull=True)
    if interest:
        live = Person.objects.here().filter(grants__role=role, grants__interest=interest, grants__ended_at__isnull=True)
    return list(live.distinct())


def has_part(person: Person) -> bool:
    """Whether the matrix in force names this person for anything."""
    return Assignment.objects.filter(matrix__state=Matrix.State.IN_FORCE, person=person).exists() or has_role(
        person, *Role
    )
