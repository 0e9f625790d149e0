"""Which words given for an interest count: fresh, unconditional by now, by someone who is here and did not write."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from handrail.people.models import Person
from handrail.vetting.models import RequiredInterest, Round, RoundAuthor, Seat, SignOff


@dataclass(frozen=True, slots=True)
class Standing:
    """How one required interest stands: how many words count, of how many needed, and what is the matter."""

    interest: str
    name: str
    quorum: int
    counting: tuple[SignOff, ...]
    conditional: tuple[SignOff, ...]
    stale: tuple[SignOff, ...]
    may_sign: int

    @property
    def is_met(self) -> bool:
        """Whether as many as needed have signed the present words."""
        return len(self.counting) >= self.quorum


def counting(round: Round) -> QuerySet[SignOff]:
    """The sign-offs that count for the present text of a round."""
    return (
        live_sign_offs(round)
        .filter(words_sha256=round.words_sha256)
        .filter(Q(condition="") | Q(condition_met_at__isnull=False))
        .filter(person__in=Person.objects.here())
        .exclude(person__in=RoundAuthor.objects.filter(round=round).values("person"))
        .exclude(stands_for__in=RoundAuthor.objects.filter(round=round).values("person"))
    )


def live_sign_offs(round: Round) -> QuerySet[SignOff]:
    """Those given and not taken back or replaced."""
    return SignOff.objects.filter(round=round, ended_at__isnull=True)


def standings(round: Round) -> list[Standing]:
    """How each required interest stands, in the order in which they were required."""
    authors = set(RoundAuthor.objects.filter(round=round).values_list("person_id", flat=True))
    today = timezone.localdate()
    live = [
        each
        for each in live_sign_offs(round).select_related("person", "stands_for")
        if each.person_id not in authors and each.stands_for_id not in authors and _is_here(each.person, today)
    ]
    # The rule of `PersonQuerySet.here`, asked of the few reviewers instead of everybody.
    seats = Seat.objects.filter(round=round, stands_for__isnull=True).exclude(interest="").order_by()
    able: dict[str, int] = {}
    rows = seats.values_list("interest", "person_id", "person__is_active", "person__ends_on")
    for interest, person, is_active, ends_on in rows:
        here = is_active and (ends_on is None or ends_on >= today)
        able[interest] = able.get(interest, 0) + (here and person not in authors)
    found = []
    for row in RequiredInterest.objects.filter(round=round):
        mine = [each for each in live if each.interest == row.interest]
        fresh = [each for each in mine if each.words_sha256 == round.words_sha256]
        met = [each for each in fresh if not each.condition or each.condition_met_at]
        found.append(
            Standing(
                row.interest,
                row.get_interest_display(),
                row.quorum,
                tuple(met),
                tuple(each for each in fresh if each not in met),
                tuple(each for each in mine if each not in fresh),
                able.get(row.interest, 0),
            )
        )
    return found


def _is_here(person: Person, today: date) -> bool:
    return person.is_active and (person.ends_on is None or person.ends_on >= today)
