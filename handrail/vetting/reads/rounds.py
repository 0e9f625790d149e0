"""Which round a text has, what it looks at, and who may come in by an invitation."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from handrail.kernel.refs import Ref
from handrail.people.models import Person
from handrail.vetting.models import Letterbox, Outsider, Remark, Round, RoundAuthor, Seat, SnapshotClause
from handrail.vetting.reads.hindrances import open_remarks_in
from handrail.vetting.reads.stand_ins import away_for, seats_of
from handrail.vetting.receipts import fingerprint, token_sha
from handrail.vetting.text import TextClause


def round_for(subject: Ref) -> Round | None:
    """The latest round on something, open or ended; None where it never had one."""
    return Round.objects.filter(subject_kind=subject.kind, subject_key=subject.key).order_by("-id").first()


def is_cleared(subject: Ref, text_sha: str) -> Round | None:
    """The round that cleared exactly these words of this thing, or None."""
    cleared = Round.objects.filter(
        subject_kind=subject.kind, subject_key=subject.key, state=Round.State.CLEARED, text_sha256=text_sha
    )
    return cleared.order_by("-id").first()


def open_rounds() -> QuerySet[Round]:
    """The rounds that are open, the one that ends first at the top."""
    return Round.objects.filter(state=Round.State.OPEN).order_by("closes_at", "id")


def rounds_asking(person: Person) -> QuerySet[Round]:
    """The rounds, open or ended, that ask this person or that they run."""
    seat = Seat.objects.filter(round=OuterRef("pk"), person=person)
    writes = RoundAuthor.objects.filter(round=OuterRef("pk"), person=person)
    asked = Q(for_everyone=True) | Exists(seat) | Exists(writes) | Q(opened_by=person)
    if away := away_for(person):
        asked |= Q(pk__in=seats_of(away).values("round"), state=Round.State.OPEN)
    return Round.objects.filter(asked)


def open_remarks(subject: Ref) -> int:
    """How many remarks on the latest round of something wait for an answer."""
    round = round_for(subject)
    return open_remarks_in(round).count() if round is not None else 0


def clauses_in(round: Round, number: int | None = None) -> list[TextClause]:
    """The clauses of the present text, or of an earlier snapshot, in order."""
    rows = SnapshotClause.objects.filter(snapshot__round=round, snapshot__number=number or round.number)
    return [TextClause(row.key, row.number, row.heading, row.text, row.level, row.kind) for row in rows]


def outsider_for(token: str) -> Outsider | None:
    """Who comes with this link, if it still opens."""
    row = Outsider.objects.select_related("round").filter(token_sha256=token_sha(token)).first()
    return row if row is not None and row.is_live and row.round.is_open else None


@dataclass(frozen=True, slots=True)
class ByReceipt:
    """What an anonymous author sees with their code: the remark, or that it has not come out yet."""

    remark: Remark | None
    waits: bool
    round: Round
    body: str
    clause_key: str


def by_receipt(code: str) -> ByReceipt | None:
    """What belongs to a receipt code; None where nothing does. Looking it up leaves no trace."""
    known = fingerprint(code)
    remark = Remark.objects.select_related("round").filter(receipt_sha256=known).first()
    if remark is not None:
        return ByReceipt(remark, False, remark.round, remark.body, remark.clause_key)
    boxes = Letterbox.objects.select_related("round").filter(round__state=Round.State.OPEN, letters__icontains=known)
    for box in boxes:
        for letter in box.letters:
            if letter["receipt"] == known:
                return ByReceipt(None, True, box.round, letter["body"], letter["clause"])
    return None


def days_left(round: Round) -> int:
    """Whole days until the round's last day; nothing once it is over."""
    return max(0, (round.closes_at - timezone.now()).days)
