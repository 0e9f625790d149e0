"""Who has read which clause, and where they stumbled: interests by clauses, from what was really opened."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from handrail.kernel.words import count, counted, listed, sentence_case
from handrail.people.models import Interest
from handrail.vetting.models import (
    Disposition,
    Opening,
    Reading,
    Remark,
    RequiredInterest,
    Round,
    RoundAuthor,
    Seat,
    SnapshotClause,
)
from handrail.vetting.reads.sign_offs import Standing, standings
from handrail.vetting.reads.stand_ins import own_seats
from handrail.vetting.shares import K, in_words


@dataclass(frozen=True, slots=True)
class Column:
    """One clause of the present text, or one part of it with so many clauses."""

    key: str
    number: str
    heading: str
    remarks: int
    open: int
    clauses: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """What one interest made of one clause, or of a part: read or not, how many remarks, how many of those wait.

    Of its `clauses`, `seen` were opened in their present words; `at` is the clause whose remarks are looked at first.
    """

    key: str
    is_read: bool
    remarks: int
    open: int
    clauses: int = 1
    seen: int = 0
    at: str = ""

    @property
    def heat(self) -> int:
        """How many remarks, at most four, as the shade of the cell."""
        return min(4, self.remarks)

    @property
    def words(self) -> str:
        """The cell as a sentence says it."""
        if self.remarks:
            waits = f", {self.open} open" if self.open else ""
            return f"{counted(self.remarks, 'remark')}{waits}" + ("" if self.is_read else f"; {self._so_far}")
        return "read, no remarks" if self.is_read else self._so_far

    @property
    def _so_far(self) -> str:
        return f"{count(self.seen)} of {count(self.clauses)} clauses read" if self.seen else "not read yet"


@dataclass(frozen=True, slots=True)
class Row:
    """One interest, or one invited group, with its cells and where its signature stands."""

    key: str
    name: str
    who: str
    kind: str
    cells: tuple[Cell, ...]
    state: str
    sign_off: str
    more: str

    @property
    def read(self) -> int:
        """How many clauses are read in their present words."""
        return sum(each.is_read for each in self.cells)

    @property
    def has_finished(self) -> bool:
        """Whether every clause is read."""
        return all(each.is_read for each in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole table. `on_whole` counts remarks on the text as a whole, `detached` those whose words are gone."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    remarks: int
    open: int
    on_whole: int
    detached: int

    @property
    def hottest(self) -> Column | None:
        """The clause with most open remarks, then most remarks; None where nobody said anything on a clause."""
        best = max(self.columns, key=lambda each: (each.open, each.remarks), default=None)
        return best if best is not None and best.remarks else None

    @property
    def finished(self) -> int:
        """How many interests that must sign have read every clause."""
        return sum(row.has_finished for row in self.rows if row.kind == "required")

    @property
    def required(self) -> int:
        """How many interests must sign."""
        return sum(row.kind == "required" for row in self.rows)

    @property
    def sentence(self) -> str:
        """What the table says, in a sentence."""
        have = "has" if self.finished == 1 else "have"
        said = f"{sentence_case(count(self.finished))} of {count(self.required)} interests {have} finished reading."
        if self.required and self.finished == self.required:
            said = "Every interest has finished reading."
        hot = self.hottest
        return f"{said} The heat is on clause {hot.number or hot.heading or hot.key}." if hot and hot.open else said


@dataclass(frozen=True, slots=True)
class _Counts:
    """What the database counted, by interest and clause."""

    remarks: Counter[tuple[str, str]]
    open: Counter[tuple[str, str]]
    read: set[tuple[str, str]]


def matrix(round: Round, stands: Sequence[Standing] | None = None) -> Matrix:
    """Interests and invited groups by clauses. Ten queries, however many remarks, clauses and people.

    `stands` saves asking anew where the caller has them.
    """
    clauses = list(
        SnapshotClause.objects.filter(snapshot__round=round, snapshot__number=round.number)
        .order_by("position")
        .values_list("key", "number", "heading", "sha")
    )
    counts = _counts(round, {(key, sha) for key, _, _, sha in clauses})
    keys = [key for key, _, _, _ in clauses]
    by_clause, waiting = _by_clause(counts.remarks), _by_clause(counts.open)
    columns = tuple(Column(key, number, heading, by_clause[key], waiting[key]) for key, number, heading, _ in clauses)
    rows = (*_interest_rows(round, keys, counts, stands), *_invited_rows(round, keys))
    placed = set(keys)
    lost = Remark.objects.filter(round=round, parent__isnull=True, withdrawn_on__isnull=True)
    return Matrix(
        columns,
        rows,
        sum(counts.remarks.values()),
        sum(counts.open.values()),
        sum(n for (_, key), n in counts.remarks.items() if key not in placed),
        lost.filter(place=Remark.Place.DETACHED).count(),
    )


def _by_clause(counts: Counter[tuple[str, str]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (_, key), number in counts.items():
        found[key] += number
    return found


def _counts(round: Round, present: set[tuple[str, str]]) -> _Counts:
    live = Disposition.objects.filter(remark=OuterRef("pk"), reopened_at__isnull=True)
    said = Remark.objects.filter(round=round, parent__isnull=True, withdrawn_on__isnull=True).order_by()
    rows = (
        said.annotate(answered=Exists(live))
        .values("interest", "clause_key")
        .annotate(n=Count("pk"), waits=Count("pk", filter=Q(answered=False)))
    )
    remarks: Counter[tuple[str, str]] = Counter()
    waiting: Counter[tuple[str, str]] = Counter()
    for row in rows:
        remarks[row["interest"], row["clause_key"]] += row["n"]
        waiting[row["interest"], row["clause_key"]] += row["waits"]
    writers = RoundAuthor.objects.filter(round=round).values("person")
    read = (
        Reading.objects.filter(seat__round=round)
        .exclude(seat__person__in=writers)
        .order_by()
        .values_list("seat__interest", "clause_key", "clause_sha")
        .distinct()
    )
    seen = {(interest, key) for interest, key, sha in read if (key, sha) in present}
    return _Counts(remarks, waiting, seen)


def _interest_rows(round: Round, keys: list[str], counts: _Counts, given: Sequence[Standing] | None) -> Iterable[Row]:
    quorums = dict(RequiredInterest.objects.filter(round=round).values_list("interest", "quorum"))
    stands = {each.interest: each for each in (standings(round) if given is None else given)}
    people: dict[str, list[str]] = {}
    for interest, name in own_seats(round).values_list("interest", "person__name").order_by("pk"):
        people.setdefault(interest, []).append(name)
    for interest in [*quorums, *(each for each in people if each not in quorums)]:
        cells = tuple(
            _cell(key, (interest, key) in counts.read, counts.remarks[interest, key], counts.open[interest, key])
            for key in keys
        )
        waits = any(each.open for each in cells)
        stand = stands.get(interest)
        state, words, more = _sign_off(stand, cells, waits) if stand else ("invited", "Invited to read", "")
        kind = "required" if interest in quorums else "reading"
        yield Row(interest, _name(interest), _who(interest, people.get(interest, [])), kind, cells, state, words, more)


def _cell(key: str, is_read: bool, remarks: int = 0, waiting: int = 0) -> Cell:
    return Cell(key, is_read, remarks, waiting, 1, int(is_read), key)


def _name(interest: str) -> str:
    return str(dict(Interest.choices).get(interest, interest))


def _who(interest: str, names: list[str]) -> str:
    if interest == Interest.EMPLOYEES and len(names) > 1:
        return f"Panel of {len(names)}"
    return listed(names) if len(names) <= 2 else f"{names[0]} and {count(len(names) - 1)} more"


def _sign_off(stand: Standing, cells: tuple[Cell, ...], waits: bool) -> tuple[str, str, str]:
    """Where a required interest stands: its state for a mark, the words beside it, and a second line."""
    given = [*stand.counting, *stand.conditional]
    if stand.is_met:
        met = sum(bool(each.condition) for each in stand.counting)
        words = f"Signed, {counted(met, 'condition')} met" if met else "Signed"
        return "signed", words, _day(max(each.signed_at for each in stand.counting))
    if stand.conditional and len(given) >= stand.quorum:
        number = len(stand.conditional)
        return "conditional", f"Signed, {counted(number, 'condition')}", _day(given[-1].signed_at)
    if stand.quorum > 1 and given:
        return "voting", "Voting", f"{len(stand.counting)} of {stand.quorum} signed"
    if stand.stale:
        return "stale", "Signed earlier words", "must look at what changed"
    read = sum(each.is_read for each in cells)
    if read < len(cells):
        return (
            "reading" if read else "unread",
            "Still reading" if read else "Not begun",
            f"{read} of {len(cells)} clauses",
        )
    return "ready", "Ready to sign", "remarks of its own are open" if waits else ""


def _day(moment: object) -> str:
    return f"{moment:%-d %b}" if moment else ""


def _invited_rows(round: Round, keys: list[str]) -> Iterable[Row]:
    """Groups that were asked to read. Under five people nothing is shown, so that nobody is watched."""
    sizes = dict(
        Seat.objects.filter(round=round, interest="")
        .exclude(label="")
        .order_by()
        .values_list("label")
        .annotate(Count("pk"))
    )
    if not sizes:
        return
    counted_by: Counter[tuple[str, str]] = Counter()
    rows = Opening.objects.filter(round=round).exclude(label="").order_by().values_list("label", "clause_key")
    for label, key, number in rows.annotate(Count("pk")):
        counted_by[label, key] = number
    for label, size in sizes.items():
        shown = size >= K
        cells = tuple(_cell(key, shown and counted_by[label, key] > 0) for key in keys)
        looked = counted_by[label, ""]
        who = (
            f"{counted(size, 'person', 'people')} invited"
            if not shown or looked < K
            else f"{in_words(looked, size)} looked in"
        )
        yield Row(label, label, who, "invited", cells, "invited", "Invited to read", "")
