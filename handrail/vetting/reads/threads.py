"""What was said about a text and what became of it: remarks with their answers, counts and verdicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils import timezone

from handrail.people.models import Interest, Person
from handrail.vetting.models import Disposition, Outsider, Remark, Round, SnapshotClause, Stand

PLACES = {
    "whole": "on the whole text",
    "anchored": "",
    "carried": "carried over from an earlier draft",
    "reanchored": "found again after the words changed; see whether it still fits",
    "detached": "the words it was about are gone; it is kept here",
}
PANEL = "Employee panel"  # its members were promised not to be named
UNNAMED = "Someone who kept their name to themselves"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer in a thread."""

    remark: Remark
    who: str
    interest: str
    made_on: date
    body: str
    is_withdrawn: bool
    by_its_author: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """One remark as a page shows it."""

    remark: Remark
    uid: str
    who: str
    interest: str
    interest_name: str
    number: str
    place: str
    place_words: str
    support: int
    against: int
    my_stand: bool | None
    disposition: Disposition | None
    earlier: tuple[Disposition, ...]
    duplicates: int
    replies: tuple[Reply, ...]
    waiting_days: int
    answers: Person | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.disposition is None and self.remark.withdrawn_on is None

    @property
    def clause_key(self) -> str:
        """The clause on which it stands now; nothing where it is on the whole text or detached."""
        return self.remark.clause_key

    @property
    def is_detached(self) -> bool:
        """Whether the words it was about are gone."""
        return self.place == Remark.Place.DETACHED


def remarks_of(
    round: Round, clause_key: str | None = None, *, viewer: Person | None = None, guest: Outsider | None = None
) -> list[Thread]:
    """The threads of a round in reading order, or of one clause. The number of queries never depends on how many.

    With a viewer, or a guest from elsewhere, each thread says which side they took.
    """
    rows = Remark.objects.filter(round=round).prefetch_related("person", "outsider", "assignee")
    if clause_key is not None:
        rows = rows.filter(Q(clause_key=clause_key) | Q(parent__clause_key=clause_key))
    remarks = list(rows)
    return _threads(round, remarks, viewer, guest)


def thread_of(remark: Remark, *, viewer: Person | None = None, guest: Outsider | None = None) -> Thread:
    """One remark with its answers."""
    first = remark.parent_id or remark.pk
    rows = Remark.objects.filter(Q(pk=first) | Q(parent=first)).prefetch_related("person", "outsider", "assignee")
    return _threads(remark.round, list(rows), viewer, guest)[0]


def _threads(round: Round, remarks: Sequence[Remark], viewer: Person | None, guest: Outsider | None) -> list[Thread]:
    first = [each for each in remarks if each.parent_id is None]
    keys = [each.pk for each in first]
    clauses = SnapshotClause.objects.filter(snapshot__round=round, snapshot__number=round.number)
    order = {key: (position, number) for key, position, number in clauses.values_list("key", "position", "number")}
    stands = _stands(keys)
    mine = {}
    if viewer or guest:
        own = Stand.objects.filter(person=viewer, outsider=guest, remark__in=keys)
        mine = dict(own.values_list("remark_id", "support"))
    verdicts: dict[int, list[Disposition]] = {}
    for row in Disposition.objects.filter(remark__round=round).prefetch_related("by"):
        verdicts.setdefault(row.remark_id, []).append(row)
    copies: dict[int, int] = {}
    for rows in verdicts.values():
        for row in rows:
            if row.duplicate_of_id and row.reopened_at is None:
                copies[row.duplicate_of_id] = copies.get(row.duplicate_of_id, 0) + 1
    replies: dict[int, list[Reply]] = {}
    for each in remarks:
        if each.parent_id is not None:
            replies.setdefault(each.parent_id, []).append(_reply(each))
    for each in first:
        each.round = round
    today = timezone.localdate()
    first.sort(key=lambda each: (order.get(each.clause_key, (10**6, ""))[0] if each.clause_key else -1, each.pk))
    return [
        _thread(
            each,
            order.get(each.clause_key, (0, ""))[1],
            stands.get(each.pk, (0, 0)),
            mine.get(each.pk),
            verdicts.get(each.pk, []),
            copies.get(each.pk, 0),
            tuple(replies.get(each.pk, ())),
            (today - each.made_on).days,
            each.assignee or round.opened_by,
        )
        for each in first
    ]


def _stands(keys: Sequence[int]) -> dict[int, tuple[int, int]]:
    counts = Stand.objects.filter(remark__in=keys).values("remark_id").order_by("remark_id")
    rows = counts.annotate(yes=Count("pk", filter=Q(support=True)), no=Count("pk", filter=Q(support=False)))
    return {row["remark_id"]: (row["yes"], row["no"]) for row in rows}


def _thread(
    remark: Remark,
    number: str,
    stands: tuple[int, int],
    mine: bool | None,
    verdicts: list[Disposition],
    duplicates: int,
    replies: tuple[Reply, ...],
    waiting_days: int,
    answers: Person,
) -> Thread:
    live = next((each for each in verdicts if each.reopened_at is None), None)
    return Thread(
        remark=remark,
        uid=remark.uid,
        who=who_said(remark),
        interest=remark.interest,
        interest_name=interest_words(remark.interest),
        number=number,
        place=remark.place,
        place_words=PLACES[remark.place],
        support=stands[0],
        against=stands[1],
        my_stand=mine,
        disposition=live,
        earlier=tuple(each for each in verdicts if each is not live),
        duplicates=duplicates,
        replies=replies,
        waiting_days=waiting_days,
        answers=answers,
    )


def _reply(remark: Remark) -> Reply:
    return Reply(
        remark=remark,
        who=who_said(remark),
        interest=remark.interest,
        made_on=remark.made_on,
        body=remark.body,
        is_withdrawn=remark.withdrawn_on is not None,
        by_its_author=remark.by_receipt,
    )


def who_said(remark: Remark) -> str:
    """How a page names whoever made a remark."""
    if remark.anonymous:
        return f"{UNNAMED}, {remark.group}" if remark.group else UNNAMED
    if remark.interest == Interest.EMPLOYEES:
        return PANEL
    if remark.outsider is not None:
        return str(remark.outsider)
    return str(remark.person)


def interest_words(interest: str) -> str:
    """An interest as people read it; nothing for the open part."""
    return str(dict(Interest.choices).get(interest, "")) if interest else ""
