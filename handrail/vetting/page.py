"""What the pages of a round show together: its sentence, what is left, what was settled, what each may do here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from handrail.kernel.paper import Block, Paper
from handrail.kernel.words import count, counted, listed, sentence_case
from handrail.people.models import Person
from handrail.vetting.models import Disposition, Remark, Round, RoundAuthor, Seat, SignOff, Snapshot
from handrail.vetting.pictures import Settled
from handrail.vetting.reads import (
    GroupShare,
    Hindrance,
    Matrix,
    Row,
    Standing,
    TextClause,
    Thread,
    clauses_in,
    record_of,
)
from handrail.vetting.reads.readers import still_reads
from handrail.vetting.reads.threads import interest_words
from handrail.vetting.shares import OTHERS, UNNAMED

DUE_DAYS = 5
STATES = {
    "signed": "answered",
    "conditional": "in_progress",
    "voting": "in_progress",
    "ready": "in_progress",
    "stale": "again",
    "reading": "open",
    "unread": "open",
}


def headline(round: Round, table: Matrix, hindrances: Sequence[Hindrance]) -> str:
    """What the record says of this round, in a sentence or two."""
    if round.state == Round.State.WITHDRAWN:
        return f"This round was withdrawn on {day_words(round.withdrawn_at)}."
    if round.state == Round.State.CLEARED:
        return "Everyone with a stake was heard, and these words are cleared."
    if not hindrances:
        return "Everyone with a stake was heard. The round can close."
    read, asked = table.finished, table.required
    if read == asked:
        said = "Every interest has finished reading."
    elif read:
        have = "has" if read == 1 else "have"
        said = f"{sentence_case(count(read))} of {count(asked)} interests {have} finished reading."
    else:
        said = f"None of {count(asked)} interests has finished reading yet." if asked > 1 else "Nobody has read it yet."
    hot = table.hottest
    if hot is not None and hot.open:
        return f"{said} The heat is on clause {hot.number or hot.heading or hot.key}."
    return said if table.open else f"{said} No remark waits for an answer."


def under_headline(round: Round) -> str:
    """Who opened it, to whom it is open, who must sign."""
    asked = [row.get_interest_display() for row in round.required.all()]
    must = f"{sentence_case(count(len(asked)))} {'interest' if len(asked) == 1 else 'interests'} must sign."
    part = {"everyone": f"Open to all {round.invited:,} people"}.get(round.open_to_words)
    part = part or (f"Open to {round.open_to_words}" if round.open_to_words else "Open to its reviewers only")
    names = " Remarks without a name are taken." if round.anonymous else ""
    return f"Round opened {day_words(round.opened_at)} by {round.opened_by}. {part}; {must[0].lower()}{must[1:]}{names}"


def day_words(moment: datetime | None) -> str:
    """A moment as a day: 27 November."""
    if moment is None:
        return ""
    on = timezone.localtime(moment).date()
    return f"{on.day} {on:%B}" + ("" if on.year == timezone.localdate().year else f" {on.year}")


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """How long a round still runs: a large word and a small one."""

    large: str
    small: str


def time_left(round: Round) -> TimeLeft:
    """Days and hours to the last day, or how it ended."""
    if not round.is_open:
        return TimeLeft(round.get_state_display(), day_words(round.cleared_at or round.withdrawn_at))
    left = round.closes_at - timezone.now()
    if left.total_seconds() <= 0:
        return TimeLeft("Over", "its last day has passed")
    hours = int(left.total_seconds() // 3600)
    if left.days:
        return TimeLeft(counted(left.days, "day"), f"and {counted(hours - 24 * left.days, 'hour')}")
    return TimeLeft(counted(hours, "hour") if hours else "Minutes", "until it closes")


def closes_words(round: Round) -> str:
    """The last day with its hour: Friday 27 November, 17:00."""
    at = timezone.localtime(round.closes_at)
    return f"{at:%A} {at.day} {at:%B}, {at:%H:%M}"


def settled_by_interest(threads: Sequence[Thread], table: Matrix) -> list[Settled]:
    """What became of settled remarks, by who made them; required interests first, in their order."""
    verdicts: dict[str, list[str]] = {row.key: [] for row in table.rows if row.kind == "required"}
    for each in threads:
        if each.disposition is not None:
            verdicts.setdefault(each.interest, []).append(each.disposition.verdict)
    taken = (Disposition.Verdict.ADOPTED, Disposition.Verdict.ADAPTED)
    return [
        Settled(
            interest_words(key) or "Everyone else",
            sum(each in taken for each in given),
            sum(each == Disposition.Verdict.DECLINED for each in given),
            sum(each == Disposition.Verdict.OUT_OF_SCOPE for each in given),
        )
        for key, given in verdicts.items()
    ]


def settled_words(rows: Sequence[Settled]) -> str:
    """The finding over the squares."""
    taken = sum(each.taken_up for each in rows)
    settled = taken + sum(each.declined + each.noted for each in rows)
    if not settled:
        return "No remark is settled yet"
    return f"{taken} of {settled} settled remarks were taken up"


def silent_words(groups: Sequence[GroupShare]) -> str:
    """The finding over the bars."""
    silent = [each.name for each in groups if each.is_silent]
    if not groups:
        return "No open part, so no groups to hear"
    if not silent:
        heard = any(each.share > 0.1 or each.opened for each in groups)
        return "No group lags behind the others" if heard else "Hardly anybody has opened it yet"
    named = listed(silent[:2]) if len(silent) <= 2 else f"{silent[0]} and {count(len(silent) - 1)} more"
    return f"{named} {'has' if len(silent) == 1 else 'have'} hardly been heard"


@dataclass(frozen=True, slots=True)
class OpenRemark:
    """One line of the table of open remarks."""

    thread: Thread
    support: str
    waiting: str
    is_late: bool
    answers: str
    act: str


def open_lines(threads: Sequence[Thread], person: Person, runs: bool) -> list[OpenRemark]:
    """The remarks that wait, in reading order, with what this person does about each: answer, nudge or open."""
    return [
        OpenRemark(
            each,
            support_words(each),
            waiting_words(each.waiting_days),
            each.waiting_days > DUE_DAYS,
            "You" if each.answers == person else str(each.answers),
            act_on(each, person, runs),
        )
        for each in threads
        if each.is_open
    ]


def waiting_words(days: int) -> str:
    """Today; 4 days; 5 days, due; 8 days, late. An answer is due after five days."""
    said = counted(days, "day") if days else "Today"
    return f"{said}, late" if days > DUE_DAYS else f"{said}, due" if days == DUE_DAYS else said


def act_on(thread: Thread, person: Person, runs: bool) -> str:
    """Those who run a round answer what is theirs to answer and nudge others; whoever was chosen answers."""
    if not thread.remark.round.is_open:
        return "open"
    if thread.answers == person:
        return "answer" if runs or thread.remark.assignee_id == person.pk else "open"
    return "nudge" if runs else "open"


def support_words(each: Thread) -> str:
    """14 agree, 2 don’t; nothing where nobody took a side."""
    parts = [f"{each.support} agree{'s' if each.support == 1 else ''}"] if each.support else []
    if each.against:
        parts.append(f"{each.against} don’t" if parts else f"{counted(each.against, 'person', 'people')} disagree")
    return ", ".join(parts)


def laggard(groups: Sequence[GroupShare]) -> GroupShare | None:
    """The group that has clearly been heard least; None where none lags, or where it is several groups together."""
    least = groups[0] if groups and groups[0].is_silent else None
    return least if least is not None and least.name not in (OTHERS, UNNAMED) else None


def may_be_chosen(round: Round, remark: Remark) -> list[Person]:
    """Who may be asked to answer a remark: those who wrote, who opened the round, and its reviewers; not its maker."""
    asked = Seat.objects.filter(round=round).exclude(interest="").values("person")
    wrote = RoundAuthor.objects.filter(round=round).values("person")
    found = Person.objects.here().filter(Q(pk__in=asked) | Q(pk__in=wrote) | Q(pk=round.opened_by_id))
    return [each for each in found.order_by("name", "pk") if each.pk != remark.person_id]


def furthest_behind(rows: Sequence[Row], stands: Sequence[Standing]) -> Row | None:
    """The required interest to nudge first: unsigned, and with least of it read."""
    unmet = {each.interest for each in stands if not each.is_met and each.interest}
    waiting = [row for row in rows if row.kind == "required" and row.key in unmet and row.state != "conditional"]
    return min(waiting, key=lambda row: row.read, default=None)


@dataclass(frozen=True, slots=True)
class MySign:
    """One interest this person reads for in a round: what they signed, and since which edit it is stale."""

    interest: str
    name: str
    is_required: bool
    sign_off: SignOff | None
    is_fresh: bool
    unread: tuple[TextClause, ...]
    stale_since: Snapshot | None
    stands_for: Person | None = None

    @property
    def may_sign_now(self) -> bool:
        """Whether all is read and there is something to sign."""
        return self.is_required and not self.unread and not self.is_fresh


def my_signs(
    round: Round, person: Person, read: set[tuple[str, str]], clauses: Sequence[TextClause] | None = None
) -> list[MySign]:
    """The interests this person reads for; `read` holds the clauses they opened with their fingerprints."""
    seats = list(
        Seat.objects.filter(round=round, person=person)
        .exclude(interest="")
        .filter(still_reads())
        .select_related("stands_for")
    )
    if not seats:
        return []
    clauses = clauses_in(round) if clauses is None else clauses
    unread = tuple(each for each in clauses if (each.key, each.sha) not in read)
    required = set(round.required.values_list("interest", flat=True))
    found = []
    for seat in seats:
        interest = seat.interest
        mine = SignOff.objects.filter(round=round, interest=interest, person=person, ended_at__isnull=True)
        row = mine.select_related("snapshot", "remark").first()
        since = round.snapshots.filter(number=row.stale_since).first() if row and row.stale_since else None
        fresh = row is not None and row.words_sha256 == round.words_sha256
        found.append(
            MySign(
                interest, seat.get_interest_display(), interest in required, row, fresh, unread, since, seat.stands_for
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class ClauseBlock:
    """One clause as the reading page shows it, with what was said about it."""

    clause: TextClause
    pieces: tuple[tuple[str, bool], ...]
    threads: tuple[Thread, ...]
    is_read: bool

    @property
    def waiting(self) -> list[Thread]:
        """Its remarks that wait for an answer."""
        return [each for each in self.threads if each.is_open]

    @property
    def settled(self) -> list[Thread]:
        """Its remarks that have one, or were taken back."""
        return [each for each in self.threads if not each.is_open]

    @property
    def called(self) -> str:
        """How readers call it."""
        return self.clause.number or self.clause.heading or self.clause.key


def clause_blocks(
    clauses: Sequence[TextClause], threads: Sequence[Thread], read: set[tuple[str, str]]
) -> list[ClauseBlock]:
    """The text clause by clause; words that open remarks quote are marked as being discussed."""
    by_clause: dict[str, list[Thread]] = {}
    for each in threads:
        by_clause.setdefault(each.clause_key, []).append(each)
    found = []
    for clause in clauses:
        mine = tuple(by_clause.get(clause.key, ()))
        quotes = [each.remark.quote for each in mine if each.is_open and each.remark.quote]
        found.append(ClauseBlock(clause, marked(clause.text, quotes), mine, (clause.key, clause.sha) in read))
    return found


def marked(text: str, quotes: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether it is being discussed; quotations that overlap become one piece."""
    spans = sorted((at, at + len(quote)) for quote in quotes if (at := text.find(quote)) >= 0)
    pieces: list[tuple[str, bool]] = []
    done = 0
    for start, end in spans:
        if end <= done:
            continue
        if start > done:
            pieces.append((text[done:start], False))
        pieces.append((text[max(start, done) : end], True))
        done = end
    if done < len(text):
        pieces.append((text[done:], False))
    return tuple(pieces)


def likely_same(remark: Remark, threads: Sequence[Thread]) -> list[Thread]:
    """Other open remarks that may say the same: on the same clause, those with most words in common first."""
    words = _words(remark.body)
    others = [each for each in threads if each.is_open and each.remark.pk != remark.pk]
    near = [each for each in others if each.clause_key == remark.clause_key or _likeness(words, each.remark.body) > 0.3]
    return sorted(near, key=lambda each: -_likeness(words, each.remark.body))


def _words(text: str) -> set[str]:
    return {word for word in text.casefold().split() if len(word) > 3}


def _likeness(words: set[str], text: str) -> float:
    other = _words(text)
    return len(words & other) / max(1, len(words | other))


def record_paper(round: Round, *, name_signers: bool | None, organisation: str) -> Paper:
    """The vetting record as a paper of its own."""
    blocks: tuple[Block, ...] = record_of(round, name_signers=name_signers)
    facts = (
        ("State", round.get_state_display()),
        ("Opened", day_words(round.opened_at)),
        ("Fingerprint of the text", round.text_sha256),
    )
    footer = "Written from the record, edited by no one."
    return Paper(round.title, "The vetting record", organisation, facts, blocks[1:], "en", footer)
