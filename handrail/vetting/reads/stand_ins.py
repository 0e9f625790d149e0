"""Who stands in for a reviewer of a round today, as the list of delegations in people says; never for an author."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from handrail.people.models import Delegation, Person
from handrail.vetting.models import Round, RoundAuthor, Seat
from handrail.vetting.reads.readers import still_reads

ACTIVITY = "vet"


def away_for(person: Person) -> list[Person]:
    """Those for whom this person stands in today when texts are vetted. What was passed on is not passed on again."""
    today = timezone.localdate()
    live = Delegation.objects.filter(to=person, ended_at__isnull=True, starts_on__lte=today, ends_on__gte=today)
    return [
        each.person for each in live.select_related("person") if ACTIVITY in each.activities and each.person.is_here
    ]


def standing_in(person: Person, round: Round) -> dict[str, Person]:
    """The interests this person may sign in somebody's place, each with that reviewer; empty for an author."""
    away = {each.pk: each for each in away_for(person)} if person.is_here else {}
    if not away:
        return {}
    authors = set(RoundAuthor.objects.filter(round=round).values_list("person_id", flat=True))
    if person.pk in authors:
        return {}
    found: dict[str, Person] = {}
    for seat in own_seats(round).filter(person__in=[pk for pk in away if pk not in authors]):
        found.setdefault(seat.interest, away[seat.person_id])
    held = own_seats(round).filter(person=person).values_list("interest", flat=True)
    return {interest: whom for interest, whom in found.items() if interest not in set(held)}


def own_seats(round: Round) -> QuerySet[Seat]:
    """The seats of reviewers in their own right who still read for their interest."""
    return _own().filter(round=round)


def seats_of(people: Iterable[Person]) -> QuerySet[Seat]:
    """The seats of these people, in any round, in their own right, for interests that they still read for."""
    return _own().filter(person__in=list(people))


def _own() -> QuerySet[Seat]:
    return Seat.objects.filter(stands_for__isnull=True).exclude(interest="").filter(still_reads())
