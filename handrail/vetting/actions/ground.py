"""What every verb of vetting stands on: the round locked, its present text, and who runs it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.kernel.typed import check_words
from handrail.people.models import Interest, Person, Role
from handrail.people.reads import has_role
from handrail.vetting.models import Round, RoundAuthor, Seat, Snapshot, SnapshotClause
from handrail.vetting.text import TextClause

NOT_YOURS_TO_RUN = "Only those who wrote the text, whoever opened the round and the governance owner do this. Ask them."
LONGEST_BODY = 20_000
DEEPEST = 9
MOST = 2**31 - 1


def locked(round: Round) -> Round:
    """The round as it stands, held until the transaction ends: two deeds on one round follow one another."""
    return Round.objects.select_for_update().get(pk=round.pk)


def ref_of(round: Round) -> Ref:
    """The round as other rooms name it."""
    return Ref("round", round.pk)


def subject_of(round: Round) -> Ref:
    """What the round is about."""
    return Ref(round.subject_kind, round.subject_key)


def author_ids(round: Round) -> set[int]:
    """Those whose words the text holds."""
    return set(RoundAuthor.objects.filter(round=round).values_list("person_id", flat=True))


def may_run(person: Person, round: Round) -> bool:
    """Those who wrote the text, whoever opened the round, and the governance owner redraft, answer and clear."""
    if not person.is_here:
        return False
    if round.opened_by_id == person.pk or has_role(person, Role.GOVERNANCE_OWNER):
        return True
    return RoundAuthor.objects.filter(round=round, person=person).exists()


def must_run(person: Person, round: Round) -> None:
    """Raise Refused for anyone who doesn't run the round."""
    if not may_run(person, round):
        raise Refused(NOT_YOURS_TO_RUN)


def must_be_open(round: Round) -> None:
    """Raise NotNow where the round has ended."""
    if round.state == Round.State.CLEARED:
        raise NotNow("This round has cleared its text, and its record is closed. Open a new round for new words.")
    if round.state == Round.State.WITHDRAWN:
        raise NotNow("This round was withdrawn, and its record is closed. Open a new round to hear everyone again.")


def present(round: Round) -> Snapshot:
    """The text as it stands now."""
    return Snapshot.objects.get(round=round, number=round.number)


def clauses_of(snapshot: Snapshot) -> list[TextClause]:
    """The clauses of a snapshot, in order."""
    rows = SnapshotClause.objects.filter(snapshot=snapshot).order_by("position")
    return [TextClause(row.key, row.number, row.heading, row.text, row.level, row.kind) for row in rows]


def keep_clauses(snapshot: Snapshot, clauses: Sequence[TextClause]) -> None:
    """Write the clauses of a new snapshot."""
    SnapshotClause.objects.bulk_create(
        [
            SnapshotClause(
                snapshot=snapshot,
                position=position,
                key=each.key,
                number=each.number[:40],
                heading=each.heading[:500],
                text=each.text,
                level=each.level,
                kind=each.kind[:32],
                sha=each.sha,
            )
            for position, each in enumerate(clauses)
        ],
        batch_size=500,
    )


def checked(clauses: Sequence[TextClause]) -> tuple[TextClause, ...]:
    """The clauses, if a round can be held on them: at least one, each with a key of its own and words."""
    if not clauses:
        raise BadInput("There is no clause to read. Give the text at least one.", field="clauses")
    seen: set[str] = set()
    for each in clauses:
        called = f"Clause {each.number or each.key or '?'}"
        if not each.key or len(each.key) > 80:
            raise BadInput(f"{called} needs a key of 1 to 80 letters.", field="clauses")
        if each.key in seen:
            raise BadInput(f"Two clauses have the key {each.key}. Give each its own.", field="clauses")
        if "\x00" in each.text or "\x00" in each.heading:
            raise BadInput(f"{called} holds a hidden character (U+0000). Take it out.", field="clauses")
        if len(each.text) > LONGEST_BODY:
            raise BadInput(
                f"{called} has {len(each.text):,} letters; {LONGEST_BODY:,} are the most. Split it in two.",
                field="clauses",
            )
        if not 0 <= each.level <= DEEPEST:
            raise BadInput(f"{called} has the level {each.level}; levels go from 0 to {DEEPEST}.", field="clauses")
        seen.add(each.key)
    return tuple(clauses)


def check_last_day(closes_at: datetime) -> None:
    """Raise BadInput for a last day that is over, or in a year nobody means."""
    # The year goes first: moments at the ends of the calendar can't be compared across zones.
    if not 2000 <= closes_at.year <= 2100:
        raise BadInput("Choose a last day between the years 2000 and 2100.", field="closes_at")
    if closes_at <= timezone.now():
        raise BadInput("The last day is over already. Choose a later one.", field="closes_at")


def said(words: str, field: str, *, needed: str = "", longest: int = LONGEST_BODY) -> str:
    """Typed words, trimmed; BadInput where they are too long, hold a hidden character, or are needed and missing."""
    words = words.strip()
    if needed and not words:
        raise BadInput(needed, field=field)
    if len(words) > longest:
        raise BadInput(f"That is {len(words):,} letters; {longest:,} are the most. Shorten it.", field=field)
    check_words(**{field: words})
    return words


def interest_name(interest: str) -> str:
    """An interest as people read it."""
    return str(dict(Interest.choices).get(interest, interest))


def known_interest(interest: str) -> str:
    """The interest; BadInput where there is none of that name."""
    if interest not in Interest.values:
        raise BadInput(f"There is no interest called “{interest}”. Use {', '.join(Interest.values)}.", field="interest")
    return interest


def interests_held(person: Person, round: Round) -> list[str]:
    """The interests this person was asked to read for in this round."""
    seats = Seat.objects.filter(round=round, person=person).exclude(interest="")
    return list(seats.values_list("interest", flat=True))


def numbers(clauses: Iterable[TextClause | SnapshotClause]) -> dict[str, str]:
    """How readers call each clause: its number, else its heading, else its key."""
    return {each.key: each.number or each.heading or each.key for each in clauses}
