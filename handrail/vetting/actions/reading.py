"""What is noted when somebody opens the text: by whom for an interest, and for everyone else only that someone did."""

import hmac
from collections.abc import Sequence
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from handrail.kernel.errors import Refused
from handrail.people.models import Person
from handrail.vetting.actions import ground
from handrail.vetting.actions.remarks import NOT_ASKED, may_remark
from handrail.vetting.models import Opening, Reading, Round, Seat, SnapshotClause
from handrail.vetting.reads.stand_ins import standing_in


def may_read(person: Person, round: Round) -> bool:
    """Everyone the round asks and those who run it; once it has ended, whoever may read what it was about."""
    return may_remark(person, round) or (person.is_here and not round.is_open)


@transaction.atomic
def read_clauses(round: Round, keys: Sequence[str], *, by: Person, number: int | None = None) -> int:
    """Note that somebody has these clauses before them in their present words; returns how many are new.

    A reviewer's reading is kept clause by clause, since a sign-off binds to it. Everyone else is only counted, under
    a mark that leads back to nobody. Opening an ended round notes nothing. A page that stood open during a redraft
    says by `number` which snapshot it showed, so that nobody is taken to have read words they never saw.
    """
    round = Round.objects.get(pk=round.pk)
    if not may_read(by, round):
        raise Refused(NOT_ASKED)
    if not round.is_open:
        return 0
    _seat_in_place(round, by)
    seats = list(Seat.objects.filter(round=round, person=by))
    shas = SnapshotClause.objects.filter(
        snapshot__round=round, snapshot__number=number or round.number, key__in=list(keys)
    ).values_list("key", "sha")
    reviewing = [each for each in seats if each.interest]
    if reviewing:
        return _note_readings(reviewing, list(shas))
    if by.pk in ground.author_ids(round):
        return 0
    return _count_opening(round, by, seats[0].label if seats else "", [key for key, _ in shas])


def _seat_in_place(round: Round, by: Person) -> None:
    """Whoever stands in for a reviewer today reads for the interest, under their own name, from now on."""
    for interest, whom in standing_in(by, round).items():
        values = {"group": by.function, "stands_for": whom, "asked_at": timezone.now()}
        Seat.objects.update_or_create(
            round=round, person=by, interest=interest, defaults={"stands_for": whom}, create_defaults=values
        )


def _note_readings(seats: list[Seat], shas: list[tuple[str, str]]) -> int:
    known = set(Reading.objects.filter(seat__in=seats).values_list("seat_id", "clause_key", "clause_sha"))
    rows = [
        Reading(seat=seat, clause_key=key, clause_sha=sha)
        for seat in seats
        for key, sha in shas
        if (seat.pk, key, sha) not in known
    ]
    Reading.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def _count_opening(round: Round, by: Person, label: str, keys: list[str]) -> int:
    """One row for the text, and one for each clause where the group was invited by name."""
    group = round.groups.get(by.function, "")
    rows = [Opening(round=round, mark=_mark(round, by, ""), group=group, label=label)]
    if label:
        rows += [
            Opening(round=round, mark=_mark(round, by, key), group=group, label=label, clause_key=key) for key in keys
        ]
    known = set(Opening.objects.filter(mark__in=[each.mark for each in rows]).values_list("mark", flat=True))
    new = [each for each in rows if each.mark not in known]
    Opening.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(new)


def _mark(round: Round, by: Person, key: str) -> str:
    """A keyed fingerprint: the key is in the house's key file, so the database alone leads from it to nobody."""
    told = f"opening {round.pk} {by.pk} {key}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, sha256).hexdigest()
