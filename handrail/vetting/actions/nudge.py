"""A friendly word where a signature is missing or a group is silent: once a day at the most."""

from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import NotNow
from handrail.kernel.jobs import enqueue
from handrail.kernel.models import Job
from handrail.people.models import Person, PersonQuerySet, Role
from handrail.vetting.actions import ground
from handrail.vetting.facts import ReviewersNudged, StewardsAsked
from handrail.vetting.models import RequiredInterest, Round, Seat, SignOff
from handrail.vetting.reads.readers import still_reads


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
    seats = Seat.objects.filter(round=round, interest=interest, person__in=Person.objects.here()).filter(still_reads())
    given = {pk for pair in fresh.values_list("person_id", "stands_for_id") for pk in pair if pk}
    seats = seats.exclude(person__in=given | ground.author_ids(round)).exclude(stands_for__in=given)
    found = list(seats.values_list("pk", flat=True))
    if not found:
        raise NotNow(f"Everyone who reads for {ground.interest_name(interest)} has signed the present text.")
    enqueue("handrail.vetting.posts.send_nudges", found, str(by), key=key)
    announce(ReviewersNudged(ground.ref_of(round), interest, len(found)), who=by)
    return len(found)


def stewards_of(round: Round, group: str) -> PersonQuerySet:
    """The stewards who work in a group of a round's open part."""
    functions = [function for function, name in round.groups.items() if name == group and function]
    return (
        Person.objects.here()
        .filter(function__in=functions, grants__role=Role.STEWARD, grants__ended_at__isnull=True)
        .distinct()
    )


@transaction.atomic
def ask_stewards(round: Round, group: str, *, by: Person) -> int:
    """Write to the stewards of a group that has hardly been heard; returns how many, none where it was done today.

    Nobody knows who opened the text, so the stewards are asked to spread the word and nobody is named to them.
    """
    ground.must_run(by, round)
    round = ground.locked(round)
    ground.must_be_open(round)
    found = list(stewards_of(round, group).values_list("pk", flat=True))
    if not found:
        raise NotNow(f"No steward works in {group or 'this group'}. Ask somebody there to spread the word.")
    mark = sha256(group.encode()).hexdigest()[:16]
    key = f"vetting-stewards-{round.pk}-{mark}-{timezone.localdate()}"
    if Job.objects.filter(key=key).exists():
        return 0
    enqueue("handrail.vetting.posts.send_to_stewards", round.pk, found, group, str(by), key=key)
    announce(StewardsAsked(ground.ref_of(round), group, len(found)), who=by)
    return len(found)
