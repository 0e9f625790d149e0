"""What waits on a person in vetting: words to sign, changes to look at, remarks to answer, answers to read."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from handrail.kernel.words import counted
from handrail.people.models import Person
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
    own = seats_of([person])
    seats = own.filter(round__state=Round.State.OPEN).select_related("round", "person")
    found = []
    for seat in [*seats, *_in_place_of(person)]:
        round = seat.round
        needed = round.required.filter(interest=seat.interest).exists()
        if not needed or RoundAuthor.objects.filter(round=round, person=person).exists():
            continue
        said = _of_own_seat(seat, person) if seat.person_id == person.pk else _of_anothers_seat(seat)
        if said is not None:
            words, because, kind = said
            found.append(WaitingHere(words, round_href(round), because, round.closes_at, kind, round))
    return found


def _of_own_seat(seat: Seat, person: Person) -> tuple[str, str, str] | None:
    """What waits on a reviewer, why, and of which kind; None once they signed the present words."""
    round, name = seat.round, seat.get_interest_display()
    live = SignOff.objects.filter(round=round, interest=seat.interest, ended_at__isnull=True)
    mine = live.filter(Q(person=person) | Q(stands_for=person)).order_by("-pk").first()
    if mine is not None and mine.words_sha256 == round.words_sha256:
        return _of_condition(mine, round, name) if mine.person_id == person.pk else None
    if mine is not None and mine.person_id == person.pk:
        words = f"Look at what changed in “{round.title}” and sign again for {name}"
        return words, "You signed earlier words", "sign"
    if left := _unread(round, person):
        words = f"Read “{round.title}” for {name}: {counted(left, 'clause')} to go"
        return words, f"{name} must be heard", "read"
    return f"Sign “{round.title}” for {name}, or say what is missing", "You have read all of it", "sign"


def _of_condition(mine: SignOff, round: Round, name: str) -> tuple[str, str, str] | None:
    """The answer to one's own condition: only whoever signed says whether it is met."""
    if not mine.condition or mine.condition_met_at is not None or mine.remark is None:
        return None
    if not mine.remark.dispositions.filter(reopened_at__isnull=True).exists():
        return None
    words = f"Say whether your condition on “{round.title}” is met"
    return words, f"It was answered, and your word for {name} counts once you say so", "sign"


def _of_anothers_seat(seat: Seat) -> tuple[str, str, str] | None:
    """What waits on a stand-in; None where the reviewer or a stand-in signed the present words."""
    round = seat.round
    given = SignOff.objects.filter(round=round, interest=seat.interest, words_sha256=round.words_sha256)
    given = given.filter(ended_at__isnull=True).filter(Q(person=seat.person) | Q(stands_for=seat.person))
    if given.exists():
        return None
    words = f"Read and sign “{round.title}” for {seat.get_interest_display()}"
    return words, f"You are standing in for {seat.person}", "sign"


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
