"""A friendly word to reviewers whose signature is missing: once a day at the most."""

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import NotNow
from handrail.kernel.jobs import enqueue
from handrail.kernel.models import Job
from handrail.people.models import Person
from handrail.vetting.actions import ground
from handrail.vetting.facts import ReviewersNudged
from handrail.vetting.models import RequiredInterest, Round, Seat, SignOff


def may_nudge(person: Person, round: Round) -> bool:
    """Those who run an open round."""
    return round.is_open and ground.may_run(person, round)


@transaction.atomic
def nudge(round: Round, interest: str, *, by: Person) -> int:
    """Write to those who read for an interest and have not signed the present text; returns how many.

    None where they were written to today already. Raises Refused or NotNow.
    """
    ground.must_run(by, round)
    round = ground.locked(round)
    ground.must_be_open(round)
    ground.known_interest(interest)
    if not RequiredInterest.objects.filter(round=round, interest=interest).exists():
        raise NotNow(f"{ground.interest_name(interest)} need not sign in this round.")
    key = f"vetting-nudge-{round.pk}-{interest}-{timezone.localdate()}"
    if Job.objects.filter(key=key).exists():
        return 0
    fresh = SignOff.objects.filter(
        round=round, interest=interest, ended_at__isnull=True, words_sha256=round.words_sha256
    )
    seats = Seat.objects.filter(round=round, interest=interest, person__in=Person.objects.here())
    given = {pk for pair in fresh.values_list("person_id", "stands_for_id") for pk in pair if pk}
    seats = seats.exclude(person__in=given | ground.author_ids(round)).exclude(stands_for__in=given)
    found = list(seats.values_list("pk", flat=True))
    if not found:
        raise NotNow(f"Everyone who reads for {ground.interest_name(interest)} has signed the present text.")
    enqueue("handrail.vetting.posts.send_nudges", found, str(by), key=key)
    announce(ReviewersNudged(ground.ref_of(round), interest, len(found)), who=by)
    return len(found)
