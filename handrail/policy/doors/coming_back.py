"""What do the lines that came back suggest, compared with the text they went out from? Clause by clause, with whom."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher

from handrail.kernel.paper import Span, Words, plain
from handrail.policy.clause import Clause, Document
from handrail.policy.doors.layout import sources_of
from handrail.policy.doors.redline import exact_pieces
from handrail.policy.doors.spans import markup_of
from handrail.policy.doors.word_file import Comment, Line, WordFile
from handrail.policy.ledger import sha_of, wording_of
from handrail.policy.text.block import Block, row_text, squeeze
from handrail.policy.text.difference import Piece
from handrail.policy.text.matching import pair

_LONG_ENOUGH = 20_000


@dataclass(frozen=True, slots=True)
class Came:
    """One suggestion: new words for a clause, a new clause, one less, one moved, a heading, or a remark.

    `before` is the wording it went out with and `base_sha` its fingerprint; `after` the clause it follows.
    """

    kind: str
    clause_key: str
    words: str = ""
    before: str = ""
    base_sha: str = ""
    after: str = ""
    quote: str = ""
    who: str = ""
    at: datetime | None = None
    form: str = ""
    level: int = 0

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What changes, word by word."""
        if self.kind == "new":
            return (Piece("ins", self.words),)
        if self.kind == "removed":
            return (Piece("del", self.before),)
        return exact_pieces(self.before, self.words or self.before)


def came_back(base: Document, word: WordFile) -> list[Came]:
    """Every suggestion of the file, in the order of the text; remarks last."""
    sources = sources_of(base)
    lines = [line for line in word.lines if line.sort not in ("aside", "heading", "side") and _is_left(line)]
    known = {clause.id: clause for clause in base.clauses}
    taken: set[str] = set()
    came = [_as_clause(line, at, known, taken) for at, line in enumerate(lines)]
    shown = [replace(clause, text=shown_text(clause, sources[clause.id])) for clause in base.clauses]
    pairing = pair(shown, came, trusted=frozenset(taken))
    # A clause of other words under a clause's bookmark is still that clause: the mark was put there by us.
    found: list[Came] = []
    last = ""
    key_of: dict[int, str] = {}
    lost = word.last_editor
    for at, line in enumerate(lines):
        place = pairing.old_of.get(at)
        if place is None:
            if len(found) < _LONG_ENOUGH:
                found.append(_new(line, came[at].text, last, lost))
            key_of[id(line)] = last
            continue
        clause = base.clauses[place]
        key_of[id(line)] = last = clause.id
        edited = _edited(line, clause, shown[place].text, sources[clause.id], lost)
        found += [edited] if edited else []
    found += _moved(pairing.old_of, base, lines, came, sources, lost)
    found += _removed(pairing.new_of, base, sources, word, lost)
    found += _headings(base, word, key_of, lost)
    found += [_remark(comment, word, key_of) for comment in word.comments]
    return found


def shown_text(clause: Clause, source: Block) -> str:
    """The words of a clause as they went out: a cell of a Do-and-Don't row without the head of its column."""
    if source.cell >= 0:
        return clause.text.removeprefix(f"{source.marker.rstrip(':')}: ")
    return clause.text


def _is_left(line: Line) -> bool:
    return not line.gone and any(span.text.strip() for span in line.left())


def _as_clause(line: Line, at: int, known: dict[str, Clause], taken: set[str]) -> Clause:
    """The line as a clause; the id that its bookmark carries counts where no line before it had it."""
    key = next((each for each in line.keys if each in known and each not in taken), "")
    if key:
        taken.add(key)
    text = squeeze(plain(line.left()))
    if line.sort == "table_row":
        text = row_text(line.columns, tuple(squeeze(plain(cell)) for cell in line.left_cells()))
    form = line.sort if line.sort in ("list_item", "table_row", "quotation", "code") else "paragraph"
    return Clause(key or f"came-{at}", "principle", "", text, at + 1, at + 1, form=form)  # type: ignore[arg-type]


def _edited(line: Line, clause: Clause, was: str, source: Block, lost: str) -> Came | None:
    now = _as_clause(line, 0, {}, set()).text
    if now == was:
        return None
    before = wording_of(source)
    words = (
        _row_markup(line, before) if line.sort == "table_row" and source.cell < 0 else markup_of(_trimmed(line.left()))
    )
    who, at = _hand(line, lost)
    return Came("edit", clause.id, words, before, sha_of(before), who=who, at=at)


def _wording(line: Line, source: Block, before: str) -> str:
    """The new words as Markdown, in the form the clause has."""
    if source.sort == "code":
        return plain(line.left()).rstrip("\n")
    if line.sort == "table_row" and source.cell < 0:
        return _row_markup(line, before)
    return markup_of(_trimmed(line.left()))


def _row_markup(line: Line, before: str) -> str:
    """A row as Markdown: its cells between pipes."""
    cells = [markup_of(_trimmed(cell)).replace("|", "\\|") for cell in line.left_cells()]
    return f"| {' | '.join(cells)} |" if before.lstrip().startswith("|") else " | ".join(cells)


def _trimmed(spans: Words) -> Words:
    """Spans without white space at their ends and without doubled white space between them."""
    result: list[Span] = []
    for span in spans:
        text = " ".join(span.text.split())
        text = f"{' ' if span.text[:1].isspace() else ''}{text}{' ' if span.text[-1:].isspace() and text else ''}"
        if result and result[-1].text.endswith(" "):
            text = text.lstrip()
        if text:
            result.append(replace(span, text=text))
    if result:
        result[0] = replace(result[0], text=result[0].text.lstrip())
        result[-1] = replace(result[-1], text=result[-1].text.rstrip())
    return tuple(result)


def _new(line: Line, text: str, after: str, lost: str) -> Came:
    who, at = _hand(line, lost)
    words = text if line.sort == "table_row" else markup_of(_trimmed(line.left()))
    form = line.sort if line.sort in ("list_item", "quotation") else "paragraph"
    return Came("new", "", words, after=after, who=who, at=at, form=form)


def _moved(
    old_of: dict[int, int],
    base: Document,
    lines: Sequence[Line],
    came: Sequence[Clause],
    sources: dict[str, Block],
    lost: str,
) -> Iterator[Came]:
    """Clauses that left the order the others kept."""
    order = sorted(old_of)
    places = [old_of[at] for at in order]
    stayed = longest_run(places)
    before = ""
    for at, place in zip(order, places, strict=True):
        clause = base.clauses[place]
        if place not in stayed:
            who, when = _hand(lines[at], lost)
            wording = wording_of(sources[clause.id])
            yield Came("moved", clause.id, "", wording, sha_of(wording), before, who=who, at=when)
        before = clause.id


def longest_run(places: Sequence[int]) -> set[int]:
    """The longest run of places that still follow each other."""
    ends: list[int] = []
    before: dict[int, int] = {}
    for place in places:
        at = bisect_left(ends, place)
        if at:
            before[place] = ends[at - 1]
        ends[at : at + 1] = [place]
    run: set[int] = set()
    step = ends[-1] if ends else None
    while step is not None:
        run.add(step)
        step = before.get(step)
    return run


def _removed(
    new_of: dict[int, int], base: Document, sources: dict[str, Block], word: WordFile, lost: str
) -> Iterator[Came]:
    hands = word.gone | {key: line.hands() for line in word.lines for key in line.keys if line.hands()}
    for at, clause in enumerate(base.clauses):
        if at not in new_of:
            before = wording_of(sources[clause.id])
            who, when = _named(hands.get(clause.id, []), lost)
            yield Came("removed", clause.id, "", before, sha_of(before), who=who, at=when)


def _headings(base: Document, word: WordFile, key_of: dict[int, str], lost: str) -> Iterator[Came]:
    """Headings whose words changed, those added and those gone; the title is Word’s own line and stays."""
    went = [heading.text for heading in base.headings]
    if base.headings and base.headings[0].level == 1:
        del went[0]
    lines = [
        line
        for line in word.lines
        if line.sort in ("heading", "side") and _is_left(line) and (line.sort == "heading" or _said(line) in went)
    ]
    said = [_said(line) for line in lines]
    over: dict[int, str] = {}
    last = ""
    for each in word.lines:
        over[id(each)] = last
        last = key_of.get(id(each), last)
    for op, a, b, c, d in SequenceMatcher(None, went, said, autojunk=False).get_opcodes():
        if op == "equal":
            continue
        for offset in range(max(b - a, d - c)):
            old = went[a + offset] if a + offset < b else ""
            line = lines[c + offset] if c + offset < d else None
            new = said[c + offset] if line is not None else ""
            who, at = _hand(line, lost) if line is not None else (lost, None)
            after, level = (over[id(line)], line.level) if line is not None else ("", 0)
            yield Came("heading", "", new, old, sha_of(old), after, who=who, at=at, level=level)


def _said(line: Line) -> str:
    return squeeze(plain(line.left()))


def _remark(comment: Comment, word: WordFile, key_of: dict[int, str]) -> Came:
    key = key_of.get(id(word.lines[comment.line]), "") if comment.line >= 0 else ""
    return Came("remark", key, comment.body, quote=comment.quote[:500], who=comment.who, at=comment.at)


def _hand(line: Line, lost: str) -> tuple[str, datetime | None]:
    return _named(line.hands(), lost)


def _named(hands: list[tuple[str, datetime | None]], lost: str) -> tuple[str, datetime | None]:
    """Everyone who changed it, and when it was last changed; an untracked change is its last editor’s."""
    names = [who for who, _ in hands if who]
    moments = [at for _, at in hands if at is not None]
    joint = ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else lost
    return joint[:200], max(moments, default=None)
