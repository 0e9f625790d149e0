"""How a version is laid out to be read: parts with a number, and in them rows that share a line with their margin."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from handrail.policy.clause import Clause, Document, Heading
from handrail.policy.marks import Cut, discussed
from handrail.policy.pure import ClauseChange, Finding, Piece
from handrail.policy.text.duty import heading_frame
from handrail.policy.wordings import Wording, wordings
from handrail.vetting.reads import Thread

CHANGED = ("editorial", "clarified", "tightened", "loosened", "new", "removed", "moved")


@dataclass(slots=True)
class Row:
    """One clause on the sheet: its words in pieces, what became of it, and what is said and found beside it."""

    clause: Clause
    pieces: tuple[Piece, ...]
    change: str = "unchanged"
    why: str = ""
    findings: list[Finding] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """Its words, with those marked that an open remark quotes."""
        return discussed(self.pieces, [each.remark.quote for each in self.threads if each.is_open])

    @property
    def wordings(self) -> list[Wording]:
        """Other words that open remarks put forward, laid beside what it says."""
        return wordings(self.threads, self.clause)

    @property
    def changed_rows(self) -> list["Row"]:
        """Itself, where a reader of the difference must look at it."""
        return [self] if self.is_changed else []

    @property
    def in_list(self) -> bool:
        """Whether it is drawn as a line of a list."""
        return self.clause.form == "list_item"

    @property
    def is_changed(self) -> bool:
        """Whether a reader of the difference must look at it."""
        return self.change != "unchanged"


@dataclass(slots=True)
class Part:
    """A heading with what stands straight under it; `sides` are a Do and a Don't drawn side by side."""

    number: str
    heading: str
    level: int
    anchor: str
    path: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    sides: list["Part"] = field(default_factory=list)

    def every_row(self) -> list[Row]:
        """Its own rows and those of its sides."""
        return self.rows + [row for side in self.sides for row in side.rows]

    @property
    def changed(self) -> int:
        """How many of its clauses changed."""
        return sum(row.is_changed for row in self.every_row())

    @property
    def finding_count(self) -> int:
        """How many findings stand beside it."""
        return sum(len(row.findings) for row in self.every_row())

    @property
    def open_count(self) -> int:
        """How many open remarks stand beside it."""
        return sum(thread.is_open for row in self.every_row() for thread in row.threads)

    @property
    def is_dont(self) -> bool:
        """Whether it is headed Don't."""
        return heading_frame(self.heading) == "must not"

    @property
    def groups(self) -> list["Group"]:
        """Its rows in runs: list lines together, all else one by one."""
        runs: list[Group] = []
        for row in self.rows:
            if row.in_list and runs and runs[-1].is_list:
                runs[-1].rows.append(row)
            else:
                runs.append(Group([row], row.in_list))
        return runs


@dataclass(slots=True)
class Group:
    """Neighbouring rows that share one line of the sheet and its margin."""

    rows: list[Row]
    is_list: bool

    @property
    def findings(self) -> list[Finding]:
        """Findings on any of its rows."""
        return [finding for row in self.rows for finding in row.findings]

    @property
    def threads(self) -> list[Thread]:
        """Remarks on any of its rows, open ones first."""
        return sorted((each for row in self.rows for each in row.threads), key=lambda each: not each.is_open)

    @property
    def changed(self) -> list[Row]:
        """Rows of it that changed."""
        return [row for row in self.rows if row.is_changed]


def sheet(
    document: Document,
    changes: Sequence[ClauseChange] | None = None,
    findings: Iterable[Finding] = (),
    threads: Iterable[Thread] = (),
) -> list[Part]:
    """The parts of a text in reading order; with `changes`, removed clauses stand where they stood."""
    beside: dict[str, list[Finding]] = {}
    for finding in findings:
        beside.setdefault(finding.clause_id, []).append(finding)
    said: dict[str, list[Thread]] = {}
    for thread in threads:
        said.setdefault(thread.clause_key, []).append(thread)
    rows = _changed_rows(changes) if changes is not None else _plain_rows(document)
    for row in rows:
        if row.change != "removed":
            row.findings = beside.get(row.clause.id, [])
            row.threads = said.get(row.clause.id, [])
    return _side_by_side(_parts(document, rows))


def _plain_rows(document: Document) -> list[Row]:
    return [Row(clause, (Piece("equal", clause.text),)) for clause in document.clauses]


def _changed_rows(changes: Sequence[ClauseChange]) -> list[Row]:
    return [
        Row(each.new or each.old, each.words, each.change, each.why)  # type: ignore[arg-type]
        for each in changes
    ]


def _parts(document: Document, rows: list[Row]) -> list[Part]:
    waiting = list(document.headings)
    title = waiting[0] if waiting and waiting[0].level == 1 else None
    base = min((each.level for each in waiting if each is not title), default=2)
    counter: list[int] = []
    parts = [Part("", "", 1, "start", (title.text,) if title else ())]
    gone: list[tuple[Row, int]] = []
    for row in rows:
        if row.change == "removed" and row.clause.headings != parts[-1].path:
            gone.append((row, len(parts) - 1))
            continue
        if row.change != "removed":
            while waiting and waiting[0].line <= row.clause.line_start:
                _open(parts, waiting.pop(0), title, base, counter)
        parts[-1].rows.append(row)
    for heading in waiting:
        _open(parts, heading, title, base, counter)
    _put_back(parts, gone)
    return [part for part in parts if part.rows or part.heading]


def _put_back(parts: list[Part], gone: list[tuple[Row, int]]) -> None:
    """Removed clauses under the heading they stood under; where that is gone too, at the end of the part before."""
    first: dict[int, list[Row]] = {}
    for row, at in gone:
        home = _home(parts, row.clause, at)
        if home is None and row.clause.heading:
            row.why = f"{row.why} It stood under “{row.clause.heading}”, which is gone too."
        if home is not None and home > at:
            first.setdefault(home, []).append(row)
        else:
            parts[at if home is None else home].rows.append(row)
    for place, rows in first.items():
        parts[place].rows[:0] = rows


def _home(parts: list[Part], clause: Clause, at: int) -> int | None:
    """The part with the same headings, else one with the same heading, those that follow first."""
    exact = next((place for place, part in enumerate(parts) if part.path == clause.headings), None)
    if exact is not None:
        return exact
    same = [place for place, part in enumerate(parts) if part.heading and part.heading == clause.heading]
    return min(same, key=lambda place: (place < at, abs(place - at)), default=None)


def _open(parts: list[Part], heading: Heading, title: Heading | None, base: int, counter: list[int]) -> None:
    """Begin the part of a heading; the title of the text gives no part of its own."""
    if heading is title:
        return
    depth = max(heading.level - base, 0)
    del counter[depth + 1 :]
    while len(counter) <= depth:
        counter.append(0)
    counter[depth] += 1
    number = ".".join(str(each) for each in counter) if depth < 2 else ""
    path = _path(parts, heading, depth + 1)
    parts.append(Part(number, heading.text, depth + 1, f"h{len(parts)}", path))


def _path(parts: list[Part], heading: Heading, level: int) -> tuple[str, ...]:
    """The headings over a part, its own last, as its clauses have them."""
    over = next((part.path for part in reversed(parts[1:]) if part.level < level), parts[0].path)
    return (*over, heading.text)


def _side_by_side(parts: list[Part]) -> list[Part]:
    """A Do and a Don't that follow each other with nothing but lists become two columns of the part over them."""
    result: list[Part] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        following = parts[at + 1] if at + 1 < len(parts) else None
        if following is not None and result and _is_pair(part, following):
            result[-1].sides = sorted((part, following), key=lambda side: side.is_dont)
            at += 2
            continue
        result.append(part)
        at += 1
    return _numbered(result)


def _is_pair(one: Part, other: Part) -> bool:
    only_lists = all(row.in_list for row in one.rows + other.rows) and one.rows and other.rows
    frames = {heading_frame(one.heading), heading_frame(other.heading)}
    short = max(len(one.heading), len(other.heading)) <= 24
    return bool(only_lists) and short and "must not" in frames and len(frames) == 2 and one.level == other.level > 1


def _numbered(parts: list[Part]) -> list[Part]:
    """Numbers without gaps, once Do and Don't have become columns."""
    counter: list[int] = []
    for part in parts:
        if not part.heading:
            continue
        depth = part.level - 1
        del counter[depth + 1 :]
        while len(counter) <= depth:
            counter.append(0)
        counter[depth] += 1
        part.number = ".".join(str(each) for each in counter) if depth < 2 and all(counter) else ""
    return parts


def change_counts(changes: Sequence[ClauseChange]) -> list[tuple[str, int]]:
    """How many clauses changed in which way, the weightiest first."""
    counts = Counter(change.change for change in changes if change.change != "unchanged")
    order = {
        name: place for place, name in enumerate(("tightened", "loosened", "new", "removed", "clarified", "moved"))
    }
    return sorted(counts.items(), key=lambda each: order.get(each[0], 9))
