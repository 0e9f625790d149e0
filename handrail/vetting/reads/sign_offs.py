"""Which words given for an interest count: fresh, unconditional by now, by a reviewer who is here and did not write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from handrail.kernel.words import count, sentence_case
from handrail.people.models import Interest, Person
from handrail.vetting.models import RequiredInterest, Round, RoundAuthor, SignOff
from handrail.vetting.reads.readers import still_reads
from handrail.vetting.reads.stand_ins import own_seats


@dataclass(frozen=True, slots=True)
class Standing:
    """How one required interest stands: how many words count, of how many needed, and what is the matter."""

    interest: str
    name: str
    quorum: int
    counting: tuple[SignOff, ...]
    conditional: tuple[SignOff, ...]
    stale: tuple[SignOff, ...]
    able: frozenset[int] = frozenset()

    @property
    def may_sign(self) -> int:
        """How many reviewers in their own right could sign for it today."""
        return len(self.able)

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
        .filter(still_reads())
        .filter(person__in=Person.objects.here())
        .filter(Q(stands_for__isnull=True) | Q(stands_for__in=Person.objects.here()))
        .exclude(person__in=RoundAuthor.objects.filter(round=round).values("person"))
        .exclude(stands_for__isnull=False, stands_for__in=RoundAuthor.objects.filter(round=round).values("person"))
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
        for each in live_sign_offs(round).filter(still_reads()).select_related("person", "stands_for")
        if each.person_id not in authors
        and each.stands_for_id not in authors
        and all(_is_here(who, today) for who in (each.person, each.stands_for) if who is not None)
    ]
    # The rule of `PersonQuerySet.here`, asked of the few reviewers instead of everybody.
    seats = own_seats(round).order_by()
    able: dict[str, set[int]] = {}
    rows = seats.values_list("interest", "person_id", "person__is_active", "person__ends_on")
    for interest, person, is_active, ends_on in rows:
        here = is_active and (ends_on is None or ends_on >= today)
        if here and person not in authors:
            able.setdefault(interest, set()).add(person)
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
                frozenset(able.get(row.interest, ())),
            )
        )
    return found


def hands_words(stands: Sequence[Standing]) -> str:
    """That fewer people than interests signed, or may: one person may read for several, and then it is said.

    The employee panel is left out, because its members are named by nobody and not by a count either.
    """
    asked = [each for each in stands if each.interest != Interest.EMPLOYEES]
    signed = [each for each in asked if each.counting]
    people = {row.person_id for each in signed for row in each.counting}
    if len(people) < len(signed):
        return f"{_interests(len(signed))}, {_people(len(people))} signed."
    may = {pk for each in asked for pk in each.able}
    if 0 < len(may) < len(asked):
        return f"{_interests(len(asked))}, {_people(len(may))} who may sign for them."
    return ""


def _interests(number: int) -> str:
    return f"{sentence_case(count(number))} interests"


def _people(number: int) -> str:
    return f"{count(number)} {'person' if number == 1 else 'people'}"


def _is_here(person: Person, today: date) -> bool:
    return person.is_active and (person.ends_on is None or person.ends_on >= today)
