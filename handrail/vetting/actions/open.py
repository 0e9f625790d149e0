"""How a text goes out for review: who must sign, who may read, which words, until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.db.models import Count

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.jobs import enqueue
from handrail.kernel.refs import Ref
from handrail.kernel.words import counted, listed
from handrail.people.models import Audience, Interest, Person, PersonQuerySet, Role
from handrail.people.reads import decided, has_role, may_act, people_in, reviewers_for
from handrail.vetting.actions import ground
from handrail.vetting.facts import ReviewersInvited, RoundOpened
from handrail.vetting.models import InterestLeftOut, RequiredInterest, Round, RoundAuthor, Seat, Snapshot
from handrail.vetting.shares import K, safe_names
from handrail.vetting.text import TextClause, text_sha, words_sha

NOT_AN_OPENER = "Only authors and the governance owner send a text out for review. Ask the owner for the role."
BATCH = 1000
Reviewers = Mapping[str, Sequence[Person]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who is asked, worked out before a row is written."""

    required: Mapping[str, int]
    left_out: Mapping[str, str]
    authors: tuple[Person, ...]
    reviewers: Mapping[str, tuple[Person, ...]]
    groups: Mapping[str, Sequence[Person]] = field(default_factory=dict)


def may_open_round(person: Person, subject: Ref | None = None) -> bool:
    """Authors, the governance owner, and whoever the agreed matrix names for vetting this text.

    Without a row in the matrix reviewers only read: reading for an interest is not sending a text out.
    """
    if not person.is_here:
        return False
    if has_role(person, Role.AUTHOR, Role.GOVERNANCE_OWNER):
        return True
    return decided("vet", subject).row is not None and may_act(person, "vet", subject)


@transaction.atomic
def open_round(
    subject: Ref,
    title: str,
    href: str,
    clauses: Sequence[TextClause],
    *,
    by: Person,
    authors: Sequence[Person],
    required: Mapping[str, int],
    closes_at: datetime,
    open_to: Audience | Literal["everyone"] | None = None,
    anonymous: bool = False,
    asks: str = "",
    reviewers: Reviewers | None = None,
    left_out: Mapping[str, str] | None = None,
    invited: Mapping[str, Sequence[Person]] | None = None,
) -> Round:
    """Send a text out: at least one interest must sign it, and each interest that is left out has a reason.

    `authors` never count for an interest. `reviewers` names who reads for an interest, else it is whom the matrix
    names of those who hold it. `invited` names groups that are asked to read, such as Stewards. Letters to all go out
    as a job. Raises Refused, BadInput, or NotNow while the text is under review already or an interest has too few who
    may sign.
    """
    if not may_open_round(by, subject):
        raise Refused(NOT_AN_OPENER)
    clauses = ground.checked(clauses)
    title = ground.said(title, "title", needed="Give the round a title.", longest=200)
    asks = ground.said(asks, "asks")
    ground.check_last_day(closes_at)
    chosen = reviewers_for(subject) | dict(reviewers or {})
    asked = _who_is_asked(required, left_out or {}, authors, chosen, reviewers or {}, invited or {})
    if Round.objects.filter(subject_kind=subject.kind, subject_key=subject.key, state=Round.State.OPEN).exists():
        raise NotNow(f"“{title}” is under review already. Go on in that round, or withdraw it first.")
    round = Round.objects.create(
        subject_kind=subject.kind,
        subject_key=subject.key,
        title=title,
        href=href[:300],
        asks=asks,
        text_sha256=text_sha(clauses),
        words_sha256=words_sha(clauses),
        anonymous=anonymous,
        for_everyone=open_to == "everyone",
        open_to=open_to if isinstance(open_to, Audience) else None,
        open_to_words=_open_to_words(open_to),
        opened_by=by,
        closes_at=closes_at,
    )
    _write(round, asked, clauses, by)
    _seat_the_open_part(round, open_to, asked, anonymous)
    _told(round, asked, len(clauses), by)
    return round


def _open_to_words(open_to: Audience | str | None) -> str:
    if isinstance(open_to, Audience):
        return open_to.name[:160]
    return "everyone" if open_to == "everyone" else ""


def _who_is_asked(
    required: Mapping[str, int],
    left_out: Mapping[str, str],
    authors: Sequence[Person],
    reviewers: Reviewers,
    named: Reviewers,
    invited: Mapping[str, Sequence[Person]],
) -> _Asked:
    if not required:
        raise BadInput(
            "Choose at least one interest that must sign; a text nobody signs is not vetted.", field="required"
        )
    for interest, quorum in required.items():
        ground.known_interest(interest)
        if quorum > ground.MOST:
            name = ground.interest_name(interest)
            raise BadInput(f"Ask fewer to sign for {name}: {ground.MOST:,} are the most.", field="required")
        if quorum < 1:
            raise BadInput(f"At least one reviewer must sign for {ground.interest_name(interest)}.", field="required")
    missing = [each for each in Interest.values if each not in required and not left_out.get(each, "").strip()]
    if missing:
        names = listed([ground.interest_name(each) for each in missing])
        raise BadInput(f"Say why {names} need not sign. The reason is printed in the record.", field="left_out")
    reasons = {
        ground.known_interest(each): ground.said(why, "left_out", longest=1000)
        for each, why in left_out.items()
        if each not in required
    }
    chosen = {
        interest: tuple(each for each in dict.fromkeys(reviewers.get(interest, ())) if each.is_here)
        for interest in Interest.values
        if interest in required or interest in named
    }
    asked = _Asked(required, reasons, tuple(dict.fromkeys(authors)), chosen, invited)
    _enough_may_sign(asked)
    return asked


def _enough_may_sign(asked: _Asked) -> None:
    """A quorum nobody can reach would hold the text for ever, so it is refused at once and in words."""
    writers = {each.pk for each in asked.authors}
    for interest, quorum in asked.required.items():
        may = [each for each in asked.reviewers[interest] if each.pk not in writers]
        if len(may) >= quorum:
            continue
        name = ground.interest_name(interest)
        wrote = len(asked.reviewers[interest]) - len(may)
        aside = f" ({counted(wrote, 'reviewer')} wrote the text and can’t count)" if wrote else ""
        raise NotNow(
            f"{name} needs {counted(quorum, 'signature')} and has {counted(len(may), 'person', 'people')} who may sign"
            f"{aside}. Name more reviewers for {name}, or ask fewer to sign."
        )


def _write(round: Round, asked: _Asked, clauses: Sequence[TextClause], by: Person) -> None:
    RequiredInterest.objects.bulk_create(
        RequiredInterest(round=round, interest=each, quorum=quorum) for each, quorum in asked.required.items()
    )
    InterestLeftOut.objects.bulk_create(
        InterestLeftOut(round=round, interest=each, why=why) for each, why in asked.left_out.items()
    )
    RoundAuthor.objects.bulk_create(RoundAuthor(round=round, person=each) for each in asked.authors)
    snapshot = Snapshot.objects.create(
        round=round, number=1, text_sha256=round.text_sha256, words_sha256=round.words_sha256, made_by=by
    )
    ground.keep_clauses(snapshot, clauses)
    Seat.objects.bulk_create(
        Seat(round=round, person=each, interest=interest, group=each.function)
        for interest, people in asked.reviewers.items()
        for each in people
    )


def _seat_the_open_part(round: Round, open_to: Audience | str | None, asked: _Asked, anonymous: bool) -> None:
    """Give everyone in the open part a seat, and fix under which names their functions are counted."""
    people = _open_part(open_to)
    labels = {each.pk: label[:80] for label, group in asked.groups.items() for each in group if each.is_here}
    reading = {each.pk for people_of in asked.reviewers.values() for each in people_of}
    wanted = dict(people.values_list("pk", "function")) if people is not None else {}
    if labels:
        wanted |= dict(Person.objects.filter(pk__in=labels).values_list("pk", "function"))
    seats = [
        Seat(round=round, person_id=pk, group=function, label=labels.get(pk, ""))
        for pk, function in wanted.items()
        if pk not in reading
    ]
    Seat.objects.bulk_create(seats, batch_size=BATCH)
    sizes: dict[str, int] = {}
    for seat in seats:
        sizes[seat.group] = sizes.get(seat.group, 0) + 1
    round.invited = len(set(wanted) | reading)
    round.groups = safe_names(sizes)
    round.save(update_fields=["invited", "groups"])
    if anonymous and round.invited < K:
        raise NotNow(
            f"Anonymity needs at least {K} people who could have spoken; this round asks {round.invited}. "
            "Open it to more people, or take names."
        )


def _open_part(open_to: Audience | str | None) -> PersonQuerySet | None:
    if isinstance(open_to, Audience):
        return people_in(open_to)
    return Person.objects.here() if open_to == "everyone" else None


def _told(round: Round, asked: _Asked, clauses: int, by: Person) -> None:
    announce(
        RoundOpened(
            round=ground.ref_of(round),
            subject=ground.subject_of(round),
            text_sha256=round.text_sha256,
            interests=tuple(asked.required),
            clauses=clauses,
            invited=round.invited,
            closes_at=round.closes_at,
            anonymous=round.anonymous,
        ),
        who=by,
    )
    enqueue("handrail.vetting.tasks.ask_everyone", round.pk, key=f"vetting-ask-{round.pk}")


@transaction.atomic
def invite_reviewers(round: Round, interest: str, people: Sequence[Person], *, by: Person) -> int:
    """Ask more reviewers to read for an interest, such as where one has left; returns how many are new."""
    ground.must_run(by, round)
    round = ground.locked(round)
    ground.must_be_open(round)
    ground.known_interest(interest)
    known = set(Seat.objects.filter(round=round, interest=interest).values_list("person_id", flat=True))
    new = [each for each in dict.fromkeys(people) if each.is_here and each.pk not in known]
    Seat.objects.bulk_create(Seat(round=round, person=each, interest=interest, group=each.function) for each in new)
    if new:
        round.invited = Seat.objects.filter(round=round).aggregate(n=Count("person", distinct=True))["n"]
        round.save(update_fields=["invited"])
        announce(ReviewersInvited(ground.ref_of(round), interest, len(new)), who=by)
        enqueue("handrail.vetting.tasks.ask_everyone", round.pk)
    return len(new)
