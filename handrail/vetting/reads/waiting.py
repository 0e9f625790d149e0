"""What waits on a person in vetting: words to sign, changes to look at, remarks to answer, answers to read."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from handrail.kernel.words import counted
from handrail.people.models import Interest, Person
from handrail.vetting.models import Answer, Reading, Round, RoundAuthor, Seat, SignOff, SnapshotClause
from handrail.vetting.reads.hindrances import hindrances, open_remarks_in
from handrail.vetting.reads.stand_ins import away_for, seats_of, standing_in


@dataclass(frozen=True, slots=True)
class WaitingHere:
    """One thing that needs this person: what, where, why, by when, and of which kind."""

    words: str
    href: str
    because: str
    due: datetime | None
    kind: str
    round: Round


def round_href(round: Round) -> str:
    """The page of a round."""
    try:
        return reverse("vetting:round", args=[round.pk])
    except NoReverseMatch:
        return round.href


def waiting_for(person: Person) -> list[WaitingHere]:
    """What needs this person in every open round, the most pressing first."""
    if not person.is_here:
        return []
    found = [*_to_sign(person), *_to_run(person), *_to_read(person)]
    return sorted(found, key=lambda each: (each.due is None, each.due or each.round.closes_at, each.words))


def _to_sign(person: Person) -> list[WaitingHere]:
    own = Seat.objects.filter(person=person, stands_for__isnull=True).exclude(interest="")
    seats = own.filter(round__state=Round.State.OPEN).select_related("round", "person")
    found = []
    for seat in [*seats, *_in_place_of(person)]:
        round = seat.round
        needed = round.required.filter(interest=seat.interest).exists()
        if not needed or RoundAuthor.objects.filter(round=round, person=person).exists():
            continue
        mine = SignOff.objects.filter(round=round, interest=seat.interest, person=person, ended_at__isnull=True).first()
        if mine is not None and mine.words_sha256 == round.words_sha256:
            continue
        name = dict(Interest.choices)[seat.interest]
        if seat.person_id != person.pk:
            given = SignOff.objects.filter(round=round, interest=seat.interest, words_sha256=round.words_sha256)
            given = given.filter(ended_at__isnull=True).filter(Q(person=seat.person) | Q(stands_for=seat.person))
            if not given.exists():
                words, because = f"Read and sign “{round.title}” for {name}", f"You are standing in for {seat.person}"
                found.append(WaitingHere(words, round_href(round), because, round.closes_at, "sign", round))
            continue
        if mine is not None:
            words = f"Look at what changed in “{round.title}” and sign again for {name}"
            found.append(
                WaitingHere(words, round_href(round), "You signed earlier words", round.closes_at, "sign", round)
            )
            continue
        left = _unread(round, person)
        if left:
            words = f"Read “{round.title}” for {name}: {counted(left, 'clause')} to go"
            found.append(WaitingHere(words, round_href(round), f"{name} must be heard", round.closes_at, "read", round))
        else:
            words = f"Sign “{round.title}” for {name}, or say what is missing"
            found.append(
                WaitingHere(words, round_href(round), "You have read all of it", round.closes_at, "sign", round)
            )
    return found


def _in_place_of(person: Person) -> list[Seat]:
    """The seats of reviewers for whom this person stands in today, in open rounds that hold no words of either."""
    away = away_for(person)
    if not away:
        return []
    seats = seats_of(away).filter(round__state=Round.State.OPEN).select_related("round", "person")
    return [each for each in seats if standing_in(person, each.round).get(each.interest) == each.person]


def _unread(round: Round, person: Person) -> int:
    read = set(Reading.objects.filter(seat__round=round, seat__person=person).values_list("clause_key", "clause_sha"))
    shas = SnapshotClause.objects.filter(snapshot__round=round, snapshot__number=round.number)
    return sum(pair not in read for pair in shas.values_list("key", "sha"))


def _to_run(person: Person) -> list[WaitingHere]:
    mine = Q(opened_by=person) | Q(pk__in=RoundAuthor.objects.filter(person=person).values("round"))
    found = []
    for round in Round.objects.filter(mine, state=Round.State.OPEN):
        if waiting := open_remarks_in(round).count():
            words = f"Answer {counted(waiting, 'remark')} on “{round.title}”"
            because = "Each remark gets an answer with a reason"
            found.append(WaitingHere(words, round_href(round), because, round.closes_at, "answer", round))
        elif not hindrances(round):
            words = f"Clear “{round.title}”: nothing stands in the way"
            found.append(WaitingHere(words, round_href(round), "Everyone was heard", round.closes_at, "clear", round))
    return found


def _to_read(person: Person) -> list[WaitingHere]:
    """Answers to what this person said that they have not seen yet."""
    rows = Answer.objects.filter(person=person, seen_at__isnull=True).select_related("disposition__remark__round")
    found = []
    for row in rows:
        remark = row.disposition.remark
        words = f"Your remark on “{remark.round.title}” was answered: {row.disposition.get_verdict_display().lower()}"
        href = f"{round_href(remark.round)}#remark-{remark.uid}"
        found.append(WaitingHere(words, href, "You said something about this text", None, "answered", remark.round))
    return found
