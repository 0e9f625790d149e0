"""What stands in a Word file, line by line: the words with who changed them when, the clause ids, the comments?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.etree import ElementTree

from handrail.kernel.errors import BadInput
from handrail.kernel.paper import Span, Words
from handrail.kernel.paper.blocks import Mark
from handrail.policy.text.from_docx import WordStyles, is_ours, parts_of, styles_of, tree_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CARRIED = tuple(f"customXml/item{number}.xml" for number in range(1, 10))
_MORE = (
    "word/comments.xml",
    "word/_rels/document.xml.rels",
    "docProps/custom.xml",
    "docProps/core.xml",
    *_CARRIED,
)
_FATES = {"ins": "ins", "moveTo": "ins", "del": "del", "moveFrom": "del"}
_ASIDE = frozenset(["HandrailNote", "HandrailSource", "HandrailFacts", "Caption", "Title", "Subtitle", "TOCHeading"])
_BOOKMARK = "_hr_c_"
_MOST_LINES = 60_000
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Run:
    """Some words with one look and one fate: there before and after, added (`ins`) or taken out (`del`)."""

    span: Span
    fate: str = ""
    who: str = ""
    at: datetime | None = None
    moved: bool = False


@dataclass(slots=True)
class Line:
    """A paragraph or a table row. `keys` are the clause ids whose bookmarks stand in it."""

    sort: str
    cells: list[list[Run]] = field(default_factory=lambda: [[]])
    keys: list[str] = field(default_factory=list)
    level: int = 0
    depth: int = 0
    marker: str = ""
    joins_next: bool = False
    gone: bool = False
    fate: str = ""
    who: str = ""
    at: datetime | None = None
    quoted: dict[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()

    def left(self) -> Words:
        """The words once every change is accepted."""
        return self.left_in([run for cell in self.cells for run in cell])

    def left_cells(self) -> list[Words]:
        """The words of each cell once every change is accepted."""
        return [self.left_in(cell) for cell in self.cells]

    @staticmethod
    def left_in(runs: list[Run]) -> Words:
        """The words of some runs that are left, those of one look joined."""
        kept: list[Span] = []
        for run in runs:
            if run.fate == "del" or not run.span.text:
                continue
            if kept and (kept[-1].mark, kept[-1].href) == (run.span.mark, run.span.href):
                kept[-1] = Span(kept[-1].text + run.span.text, run.span.mark, run.span.href)
            else:
                kept.append(run.span)
        return tuple(kept)

    def hands(self) -> list[tuple[str, datetime | None]]:
        """Who changed it, each once, with the latest moment."""
        found: dict[str, datetime | None] = {}
        changes = [(run.who, run.at) for cell in self.cells for run in cell if run.fate]
        for who, at in [*changes, *([(self.who, self.at)] if self.fate else [])]:
            known = found.get(who)
            found[who] = at if known is None or (at is not None and at > known) else known
        return list(found.items())


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in the margin of a Word file, and the words it points at."""

    who: str
    at: datetime | None
    body: str
    quote: str
    line: int


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file as it came back."""

    lines: tuple[Line, ...]
    comments: tuple[Comment, ...]
    stamps: dict[str, str]
    last_editor: str
    carried: str
    gone: dict[str, list[tuple[str, datetime | None]]]


def read_word(raw: bytes, name: str) -> WordFile:
    """Read it; raises BadInput with one plain sentence where it can't be used. Macros are never read."""
    if raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise BadInput(
            f"{name} is locked by a password or is an old .doc file. Save it from Word as .docx without a password."
        )
    if not raw.startswith(b"PK"):
        raise BadInput(f"{name} is no Word file. Choose the .docx that came from here and was edited in Word.")
    parts = parts_of(raw, name, _MORE)
    body = tree_of(parts["word/document.xml"], name).find(f"{_W}body")
    if body is None:
        raise BadInput(f"{name} is a Word file without text. Save it again from Word and try again.")
    reader = _Reader(styles_of(parts, name), _links(parts, name))
    try:
        reader.read(body, "", "", None)
    except RecursionError as error:
        raise BadInput(
            f"{name} nests its parts deeper than Word does. Save it again from Word and try again."
        ) from error
    lines = tuple(reader.joined())
    return WordFile(
        lines=lines,
        comments=tuple(_comments(parts, name, lines)),
        stamps=_stamps(parts, name),
        last_editor=_core(parts, name),
        carried=_carried(parts, name),
        gone=reader.gone,
    )


class _Reader:
    """One pass over the body."""

    def __init__(self, styles: WordStyles, links: dict[str, str]) -> None:
        self.styles, self.links = styles, links
        self.lines: list[Line] = []
        self.waiting_keys: list[str] = []
        self.open_comments: dict[str, None] = {}
        self.gone: dict[str, list[tuple[str, datetime | None]]] = {}

    def read(self, parent: ElementTree.Element, fate: str, who: str, at: datetime | None) -> None:
        """Paragraphs and tables, through the boxes Word puts around them."""
        for child in parent:
            tag = child.tag.removeprefix(_W)
            if len(self.lines) > _MOST_LINES:
                raise BadInput(
                    f"It holds more than {_MOST_LINES:,} paragraphs, far more than a policy. Bring it in by parts."
                )
            if tag == "p":
                line = self.line_of(child)
                self.runs(child, line, line.cells[-1], _Look(fate, who, at))
                self.lines.append(line)
            elif tag == "tbl":
                self.table(child)
            elif tag == "bookmarkStart":
                self.bookmark(child, None)
            elif tag in ("commentRangeStart", "commentRangeEnd"):
                self.comment_range(child, tag)
            elif tag in _FATES:
                self.read(child, _FATES[tag], child.get(f"{_W}author", ""), _moment(child))
            elif tag not in ("sectPr",) and not is_ours(child):
                self.read(child, fate, who, at)

    def line_of(self, paragraph: ElementTree.Element) -> Line:
        """The line a paragraph begins: what sort, how deep, and whether its end was added or taken out."""
        style = _value(paragraph, "pPr/pStyle")
        outline = _value(paragraph, "pPr/outlineLvl")
        level = int(outline) + 1 if outline.isdigit() and int(outline) < 9 else self.styles.level.get(style, 0)
        number = _value(paragraph, "pPr/numPr/numId")
        line = Line("paragraph", keys=self.waiting_keys)
        self.waiting_keys = []
        if style in _ASIDE:
            line.sort = "aside"
        elif style == "HandrailSide":
            line.sort = "side"
        elif level:
            line.sort, line.level = "heading", min(level, 6)
        elif number not in ("", "0") or (number == "" and style in self.styles.listed):
            depth = _value(paragraph, "pPr/numPr/ilvl")
            line.sort, line.depth = "list_item", min(int(depth), 8) if depth.isdigit() else 0
            counted = self.styles.numbered.get((f"num{number}" if number else style, line.depth), False)
            line.marker = "1." if counted else "-"
        elif style in self.styles.quoted:
            line.sort = "quotation"
        elif style == "HandrailListing":
            line.sort = "code"
        self._end_of(paragraph, line)
        return line

    def _end_of(self, paragraph: ElementTree.Element, line: Line) -> None:
        mark = paragraph.find(f"{_W}pPr/{_W}rPr")
        for change in mark if mark is not None else ():
            fate = _FATES.get(change.tag.removeprefix(_W), "")
            if fate:
                line.fate, line.who, line.at = fate, change.get(f"{_W}author", ""), _moment(change)
                line.joins_next = fate == "del"

    def table(self, table: ElementTree.Element) -> None:
        """Each row as one line with its cells; the row of heads gives the columns."""
        columns: tuple[str, ...] = ()
        for row in table.iter(f"{_W}tr"):
            line = Line("table_row", cells=[], columns=columns, keys=self.waiting_keys)
            self.waiting_keys = []
            for change in row.find(f"{_W}trPr") if row.find(f"{_W}trPr") is not None else ():  # type: ignore[union-attr]
                fate = _FATES.get(change.tag.removeprefix(_W), "")
                if fate:
                    line.fate, line.who, line.at = fate, change.get(f"{_W}author", ""), _moment(change)
                    line.gone = fate == "del"
            for cell in row.findall(f"{_W}tc"):
                runs: list[Run] = []
                for paragraph in cell.iter(f"{_W}p"):
                    if runs:
                        runs.append(Run(Span(" ")))
                    self.runs(paragraph, line, runs, _Look(line.fate, line.who, line.at))
                line.cells.append(runs)
            if row.find(f"{_W}trPr/{_W}tblHeader") is not None and not line.keys:
                columns = tuple("".join(span.text for span in cell) for cell in line.left_cells())
                line.sort = "aside"
            self.lines.append(line)

    def runs(self, parent: ElementTree.Element, line: Line, into: list[Run], look: "_Look") -> None:
        """The words of a paragraph, through links, changes and controls."""
        for child in parent:
            tag = child.tag.removeprefix(_W)
            if tag == "r":
                self.run(child, line, into, look)
            elif tag in _FATES:
                # Words added by one and taken out by another are gone once both are accepted.
                fate = "del" if look.fate == "del" else _FATES[tag]
                inner = _Look(fate, child.get(f"{_W}author", ""), _moment(child), look.href, tag.startswith("move"))
                self.runs(child, line, into, inner)
            elif tag == "hyperlink":
                address = self.links.get(child.get(f"{_R}id", ""), "")
                self.runs(child, line, into, _Look(look.fate, look.who, look.at, address, look.moved))
            elif tag == "bookmarkStart":
                self.bookmark(child, line)
            elif tag in ("commentRangeStart", "commentRangeEnd"):
                self.comment_range(child, tag)
            elif tag not in ("pPr", "rPr") and len(child) and not is_ours(child):
                self.runs(child, line, into, look)

    def run(self, run: ElementTree.Element, line: Line, into: list[Run], look: "_Look") -> None:
        """One run of words."""
        style = _value(run, "rPr/rStyle")
        if style == "HandrailNumber":
            return
        text = _text(run)
        reference = run.find(f"{_W}commentReference")
        if reference is not None:
            line.quoted.setdefault(reference.get(f"{_W}id", ""), "")
        if not text:
            return
        mark: Mark = ""
        if style == "HandrailCode":
            mark = "code"
        elif _is_on(run.find(f"{_W}rPr/{_W}b")):
            mark = "bold"
        elif _is_on(run.find(f"{_W}rPr/{_W}i")):
            mark = "italic"
        into.append(Run(Span(text, mark, look.href), look.fate, look.who, look.at, look.moved))
        if look.fate != "del":
            for comment in self.open_comments:
                line.quoted[comment] = line.quoted.get(comment, "") + text

    def bookmark(self, start: ElementTree.Element, line: Line | None) -> None:
        """A clause id that came along; between paragraphs it belongs to the next one."""
        name = start.get(f"{_W}name", "")
        if name.startswith(_BOOKMARK):
            key = f"c-{name.removeprefix(_BOOKMARK)}"
            (line.keys if line is not None else self.waiting_keys).append(key)

    def comment_range(self, mark: ElementTree.Element, tag: str) -> None:
        """Where a comment begins and ends to point at words."""
        number = mark.get(f"{_W}id", "")
        if tag == "commentRangeStart":
            self.open_comments[number] = None
        else:
            self.open_comments.pop(number, None)

    def joined(self) -> Iterator[Line]:
        """Lines once accepted: where the end of a paragraph was taken out, the next one goes on with it."""
        carried: Line | None = None
        for line in self.lines:
            if carried is not None and line.sort == "table_row":
                yield carried
                carried = None
            if carried is not None:
                self.join(carried, line)
                carried = None
            if line.joins_next and line.sort != "table_row":
                carried = line
            else:
                yield line
        if carried is not None:
            yield carried

    def join(self, carried: Line, line: Line) -> None:
        """Put what is left of a paragraph before the one that it now runs into."""
        line.quoted = carried.quoted | line.quoted
        if not any(span.text.strip() for span in carried.left()):
            self.gone |= {key: carried.hands() for key in carried.keys}
            return
        line.keys = [*carried.keys, *line.keys]
        line.cells[0] = [*carried.cells[0], Run(Span(" ")), *line.cells[0]]
        line.sort, line.level, line.depth, line.marker = carried.sort, carried.level, carried.depth, carried.marker


@dataclass(frozen=True, slots=True)
class _Look:
    """What holds for the runs inside an element."""

    fate: str = ""
    who: str = ""
    at: datetime | None = None
    href: str = ""
    moved: bool = False


def _text(run: ElementTree.Element) -> str:
    pieces = []
    for child in run:
        tag = child.tag.removeprefix(_W)
        if tag in ("t", "delText"):
            pieces.append(child.text or "")
        elif tag in ("br", "cr"):
            pieces.append("\n")
        elif tag == "tab":
            pieces.append(" ")
        elif tag == "noBreakHyphen":
            pieces.append("-")
    return "".join(pieces)


def _links(parts: dict[str, bytes], name: str) -> dict[str, str]:
    part = parts.get("word/_rels/document.xml.rels")
    if part is None:
        return {}
    return {each.get("Id", ""): each.get("Target", "") for each in tree_of(part, name)}


def _comments(parts: dict[str, bytes], name: str, lines: tuple[Line, ...]) -> Iterator[Comment]:
    part = parts.get("word/comments.xml")
    if part is None:
        return
    at_line: dict[str, tuple[int, list[str]]] = {}
    for place, line in enumerate(lines):
        for number, words in line.quoted.items():
            at_line.setdefault(number, (place, []))[1].append(words)
    for comment in tree_of(part, name).iter(f"{_W}comment"):
        body = " ".join(" ".join(_text(run) for run in comment.iter(f"{_W}r")).split())
        place, quotes = at_line.get(comment.get(f"{_W}id", ""), (-1, []))
        if body:
            quote = " ".join(" ".join(quotes).split())
            yield Comment(comment.get(f"{_W}author", ""), _moment(comment), body, quote, place)


def _stamps(parts: dict[str, bytes], name: str) -> dict[str, str]:
    part = parts.get("docProps/custom.xml")
    if part is None:
        return {}
    return {each.get("name", ""): "".join(each.itertext()) for each in tree_of(part, name)}


def _carried(parts: dict[str, bytes], name: str) -> str:
    """The text the file went out with, to the letter."""
    for part in _CARRIED:
        if b"urn:handrail:carried" in parts.get(part, b""):
            return "".join(tree_of(parts[part], name).itertext())
    return ""


def _core(parts: dict[str, bytes], name: str) -> str:
    part = parts.get("docProps/core.xml")
    if part is None:
        return ""
    for each in tree_of(part, name):
        if each.tag.endswith("}lastModifiedBy"):
            return (each.text or "").strip()
    return ""


def _moment(change: ElementTree.Element) -> datetime | None:
    try:
        found = datetime.fromisoformat(change.get(f"{_W}date", "").replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _value(element: ElementTree.Element, path: str) -> str:
    found = element.find("/".join(f"{_W}{step}" for step in path.split("/")))
    return found.get(f"{_W}val", "") if found is not None else ""


def _is_on(toggle: ElementTree.Element | None) -> bool:
    return toggle is not None and toggle.get(f"{_W}val", "true").lower() not in _OFF
