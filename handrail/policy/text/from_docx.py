"""Reads Word files (.docx) into blocks: headings by style, lists by numbering, tables, no deleted words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from handrail.kernel.errors import BadInput
from handrail.policy.text.block import Block, row_text, squeeze

_LARGEST_PART = 40 * 1024 * 1024
_LARGEST_WHOLE = 200 * 1024 * 1024
_STEEPEST = 200
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_LEFT_OUT = frozenset(
    f"{_W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "footnoteReference")
)
_HEADING_STYLE = re.compile(r"^heading\s*([1-9])$", re.I)
_FALSE = frozenset({"0", "false", "off", "none"})


@dataclass(slots=True)
class WordStyles:
    """What the styles of a file mean: heading level, list, quotation, bold."""

    level: dict[str, int] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    quoted: set[str] = field(default_factory=set)
    bold: set[str] = field(default_factory=set)
    ours: bool = False
    numbered: dict[tuple[str, int], bool] = field(default_factory=dict)


def blocks_of_word(raw: bytes, name: str) -> tuple[list[Block], str]:
    """Blocks of a Word file and its title; lines count paragraphs. Macros are never read, only the text is."""
    parts = parts_of(raw, name)
    body = tree_of(parts["word/document.xml"], name).find(f"{_W}body")
    if body is None:
        raise BadInput(f"{name} is a Word file without text. Save it again from Word and try again.")
    styles = styles_of(parts, name)
    blocks = list(_Walk(styles).blocks(body))
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        if part in parts:
            blocks += _notes(tree_of(parts[part], name), blocks[-1].line_end if blocks else 0)
    return blocks, ""


def parts_of(raw: bytes, name: str, more: tuple[str, ...] = ()) -> dict[str, bytes]:
    """The few parts we read (`more` names others), after the sizes stated for all of them were looked at."""
    try:
        with ZipFile(BytesIO(raw)) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            if "word/document.xml" not in entries:
                raise BadInput(f"{name} is a zip archive, but not a Word file. Choose the .docx itself.")
            whole = sum(entry.file_size for entry in entries.values())
            if whole > _LARGEST_WHOLE or whole > _STEEPEST * max(len(raw), 50_000):
                raise BadInput(
                    f"{name} unpacks to {whole // 1_048_576:,} MB, far more than a policy holds. It was not opened. "
                    "Save the text under a new name in Word and try again."
                )
            wanted = ("document", "styles", "numbering", "footnotes", "endnotes")
            read: dict[str, bytes] = {}
            for part in (*(f"word/{each}.xml" for each in wanted), *more):
                if part in entries:
                    with archive.open(entries[part]) as stream:
                        read[part] = stream.read(_LARGEST_PART + 1)
                    if len(read[part]) > _LARGEST_PART:
                        raise BadInput(
                            f"{name} holds more than {_LARGEST_PART // 1_048_576} MB of text. Bring it in by parts."
                        )
            return read
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise BadInput(
            f"{name} is damaged or locked by a password. Open it in Word, save it again and try again."
        ) from error


def tree_of(part: bytes, name: str) -> ElementTree.Element:
    """A part as XML; one with entities of its own is not read."""
    head = part.replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise BadInput(
            f"{name} defines entities of its own, which no Word file needs. It was not read. Save it again from Word."
        )
    try:
        tree = ElementTree.fromstring(part.replace(_STRICT.encode(), _W[1:-1].encode()))  # noqa: S314
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise BadInput(
            f"{name} is damaged: its text is not well-formed. Open it in Word, save it again and try again."
        ) from error
    return tree


def styles_of(parts: dict[str, bytes], name: str) -> WordStyles:
    """The styles of a file with what those they build on say too."""
    styles = WordStyles()
    if "word/styles.xml" in parts:
        parents: dict[str, str] = {}
        for style in tree_of(parts["word/styles.xml"], name).iter(f"{_W}style"):
            identity = style.get(f"{_W}styleId", "")
            parents[identity] = _value(style, "basedOn")
            _one_style(styles, identity, style)
        _inherit(styles, parents)
    if "word/numbering.xml" in parts:
        _numbering(styles, tree_of(parts["word/numbering.xml"], name))
    return styles


def _one_style(styles: WordStyles, identity: str, style: ElementTree.Element) -> None:
    called = _value(style, "name")
    styles.ours = styles.ours or identity == "HandrailNumber"
    heading = _HEADING_STYLE.match(called)
    outline = _value(style, "pPr/outlineLvl")
    if heading:
        styles.level[identity] = min(int(heading[1]), 6)
    elif called.lower() == "title":
        styles.level[identity] = 1
    elif outline.isdigit() and int(outline) < 9:
        styles.level[identity] = min(int(outline) + 1, 6)
    lowered = called.lower()
    if lowered.startswith("list ") and lowered != "list paragraph":
        styles.listed.add(identity)
        styles.numbered[(identity, 0)] = "number" in lowered
    if "quote" in lowered:
        styles.quoted.add(identity)
    if style.find(f"{_W}pPr/{_W}numPr") is not None and identity not in styles.level:
        styles.listed.add(identity)
    if _is_on(style.find(f"{_W}rPr/{_W}b")):
        styles.bold.add(identity)


def _inherit(styles: WordStyles, parents: dict[str, str]) -> None:
    for identity in parents:
        above, steps = parents.get(identity, ""), 0
        while above and steps < 20:
            if above in styles.level and identity not in styles.level:
                styles.level[identity] = styles.level[above]
            for kin in (styles.listed, styles.quoted, styles.bold):
                if above in kin:
                    kin.add(identity)
            above, steps = parents.get(above, ""), steps + 1


def _numbering(styles: WordStyles, numbering: ElementTree.Element) -> None:
    formats: dict[tuple[str, int], bool] = {}
    for abstract in numbering.iter(f"{_W}abstractNum"):
        for level in abstract.iter(f"{_W}lvl"):
            said = level.get(f"{_W}ilvl", "0")
            key = (abstract.get(f"{_W}abstractNumId", ""), int(said) if said.isdigit() else 0)
            formats[key] = _value(level, "numFmt") not in ("bullet", "none", "")
    for number in numbering.iter(f"{_W}num"):
        abstract_id = _value(number, "abstractNumId")
        for (abstract_key, depth), numbered in formats.items():
            if abstract_key == abstract_id:
                styles.numbered[(f"num{number.get(f'{_W}numId', '')}", depth)] = numbered


class _Walk:
    """One pass over the body of a Word file."""

    def __init__(self, styles: WordStyles) -> None:
        self.styles = styles
        self.line = 0
        self.tables = 0
        self.counts: dict[str, dict[int, int]] = {}
        self.depth = -1

    def blocks(self, parent: ElementTree.Element) -> Iterator[Block]:
        """Every paragraph and table row, through the boxes Word puts around them."""
        for child in parent:
            if child.tag == f"{_W}p":
                self.line += 1
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child)
            elif child.tag not in _LEFT_OUT and not is_ours(child):
                yield from self.blocks(child)

    def _paragraph(self, paragraph: ElementTree.Element) -> Iterator[Block]:
        text, bold = _words(paragraph)
        style = _value(paragraph, "pPr/pStyle")
        if text:
            block = Block("paragraph", text, self.line, self.line)
            level = self._level(paragraph, style)
            listing = self._listing(paragraph, style)
            if level:
                block.sort, block.level, self.depth = "heading", level, -1
            elif listing is not None:
                block.sort, block.depth, block.marker = "list_item", min(listing[0], self.depth + 1), listing[1]
                self.depth = block.depth
            elif style in self.styles.quoted:
                block.sort, self.depth = "quotation", -1
            else:
                block.bold, self.depth = bold or style in self.styles.bold, -1
            yield block
        for box in paragraph.iter(f"{_W}txbxContent"):
            yield from self.blocks(box)

    def _level(self, paragraph: ElementTree.Element, style: str) -> int:
        outline = _value(paragraph, "pPr/outlineLvl")
        if outline.isdigit() and int(outline) < 9:
            return min(int(outline) + 1, 6)
        level = self.styles.level.get(style, 0)
        # In our own files the title is a line over the headings, so that the first of them is the text’s second level.
        return min(level + 1, 6) if self.styles.ours and level and style != "Title" else level

    def _listing(self, paragraph: ElementTree.Element, style: str) -> tuple[int, str] | None:
        number = _value(paragraph, "pPr/numPr/numId")
        if number == "0" or (not number and style not in self.styles.listed):
            return None
        depth = _value(paragraph, "pPr/numPr/ilvl")
        level = min(int(depth), 8) if depth.isdigit() else 0
        key = f"num{number}" if number else style
        if not self.styles.numbered.get((key, level), False):
            return level, "-"
        counts = self.counts.setdefault(key, {})
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        counts[level] = counts.get(level, 0) + 1
        return level, f"{counts[level]}."

    def _table(self, table: ElementTree.Element) -> Iterator[Block]:
        self.tables += 1
        self.depth = -1
        number = self.tables
        columns: tuple[str, ...] | None = None
        rows = [row for row in table.iter(f"{_W}tr") if row.find(f"{_W}tc") is not None or len(row)]
        for row in rows:
            self.line += 1
            cells = tuple(
                squeeze(" ".join(_words(each)[0] for each in cell.iter(f"{_W}p"))) for cell in row.findall(f"{_W}tc")
            )
            if columns is None:
                columns = cells if len(rows) > 1 and len(cells) > 1 else ()
                if columns:
                    continue
            yield Block(
                "table_row", row_text(columns, cells), self.line, self.line, table=number, columns=columns, cells=cells
            )


def is_ours(element: ElementTree.Element) -> bool:
    """Whether it is a part that Handrail wrote around the text: title page, contents, the record of its vetting."""
    return element.tag == f"{_W}sdt" and _value(element, "sdtPr/tag").startswith("handrail-")


def _words(paragraph: ElementTree.Element) -> tuple[str, bool]:
    pieces: list[str] = []
    plain = False
    for run, bold in _runs(paragraph, False):
        pieces.append(run)
        plain = plain or (bool(run.strip()) and not bold)
    return squeeze("".join(pieces)), not plain


def _runs(parent: ElementTree.Element, bold: bool) -> Iterator[tuple[str, bool]]:
    for child in parent:
        if child.tag in _LEFT_OUT or child.tag == f"{_W}txbxContent":
            continue
        if child.tag == f"{_W}t":
            yield child.text or "", bold
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " ", bold
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-", bold
        elif child.tag == f"{_W}r" and _value(child, "rPr/rStyle") != "HandrailNumber":
            yield from _runs(child, _is_on(child.find(f"{_W}rPr/{_W}b")))
        elif len(child) and child.tag != f"{_W}r":
            yield from _runs(child, bold)


def _notes(notes: ElementTree.Element, line: int) -> Iterator[Block]:
    for note in notes:
        for paragraph in note.iter(f"{_W}p"):
            text = _words(paragraph)[0]
            if text:
                line += 1
                yield Block("paragraph", text, line, line)


def _value(element: ElementTree.Element, path: str) -> str:
    found = element.find("/".join(f"{_W}{step}" for step in path.split("/")))
    return found.get(f"{_W}val", "") if found is not None else ""


def _is_on(toggle: ElementTree.Element | None) -> bool:
    return toggle is not None and toggle.get(f"{_W}val", "true").lower() not in _FALSE
