"""A paper as a Word file with real styles, levels, lists and tables; changes in it can be real tracked changes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from handrail.kernel.paper.blocks import (
    Annex,
    Block,
    Break,
    Clause,
    Grid,
    Heading,
    Listing,
    Note,
    Paper,
    Para,
    Points,
    Quote,
    Sides,
    Span,
    Words,
    opened,
    plain,
)
from handrail.kernel.paper.packing import runs_right_to_left
from handrail.kernel.paper.safe import is_right_to_left, safe_address
from handrail.kernel.paper.signs import SIGNS
from handrail.kernel.paper.word_parts import (
    HEAD,
    R,
    W,
    carried_text,
    core,
    custom,
    moment,
    numbering,
    relations,
    said,
    settings,
    styles,
    zipped,
)

_LOOKS = {
    "bold": "<w:b/><w:bCs/>",
    "italic": "<w:i/><w:iCs/>",
    "code": '<w:rStyle w:val="HandrailCode"/>',
    "discussed": '<w:u w:val="dotted" w:color="9A6C12"/>',
    "added": '<w:color w:val="27663A"/><w:u w:val="single"/>',
    "removed": '<w:strike/><w:color w:val="A1231E"/>',
}
_WEB = re.compile(r"^(?:https?://|mailto:)", re.I)
_WIDE = 9070


@dataclass(frozen=True, slots=True)
class Tracked:
    """Whose changes the added and removed words are, and when they were made."""

    author: str
    at: datetime


def can_docx() -> bool:
    """Whether this installation can make Word files; it always can."""
    return True


def to_docx(paper: Paper, tracked: Tracked | None = None) -> bytes:
    """The paper as a Word file. With `tracked`, added and removed words are changes that Word accepts or rejects."""
    return _Writer(paper, tracked).file()


def bookmark_of(key: str) -> str:
    """The hidden bookmark that carries a clause's id through Word, which allows neither hyphens nor length."""
    return f"_hr_{re.sub(r'[^A-Za-z0-9]', '_', key)}"[:40]


class _Writer:
    """One Word file in the making."""

    def __init__(self, paper: Paper, tracked: Tracked | None) -> None:
        self.paper, self.tracked = paper, tracked
        self.rtl = is_right_to_left(paper.language)
        self.count = 0
        self.links: dict[str, int] = {}
        self.starts: list[tuple[int, int]] = []
        self.counting: tuple[int, int, int] | None = None
        self.entries: list[tuple[int, str, str]] = []
        self.given: set[str] = set()
        self.narrow = False
        self.signs = SIGNS.get(paper.language.lower().replace("_", "-").split("-")[0], SIGNS["en"])

    def file(self) -> bytes:
        """Every part, zipped."""
        paper = self.paper
        body = "".join(self.blocks(paper.blocks))
        front = self.front()
        text = (
            f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{front}{body}{self.section()}</w:body></w:document>'
        )
        return zipped(
            {
                "word/document.xml": text,
                "word/_rels/document.xml.rels": relations(self.links),
                "word/styles.xml": styles(paper.language or "en", paper.cover),
                "word/numbering.xml": numbering(self.starts),
                "word/settings.xml": settings(paper.language or "en"),
                "word/header.xml": self.header(),
                "word/footer.xml": self.footer(),
                "docProps/core.xml": core(
                    paper.title, paper.author or paper.organisation, paper.subtitle, paper.language or "en", paper.at
                ),
                "docProps/custom.xml": custom(paper.stamps),
                "customXml/item1.xml": carried_text(paper.carried),
            }
        )

    def front(self) -> str:
        """The title, what is known of the document, and its contents."""
        paper = self.paper
        pieces = [self.boxed("cover", self.paragraph((Span(paper.organisation, "bold"),), "HandrailFacts"))]
        pieces.append(self.paragraph((Span(paper.title),), "Title"))
        rest = [self.paragraph((Span(paper.subtitle),), "Subtitle")] if paper.subtitle else []
        if paper.facts:
            rest.append(self.facts())
        pieces.append(self.boxed("cover", "".join(rest)) if rest else "")
        if paper.contents and self.entries:
            pieces.append(self.boxed("contents", self.contents()))
        if paper.cover:
            pieces.append(self.boxed("cover", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'))
        return "".join(pieces)

    def boxed(self, name: str, inner: str) -> str:
        """A part that is ours and not of the text: a control that keeps its words from being edited."""
        self.count += 1
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="Handrail"/><w:tag w:val="handrail-{name}"/><w:id w:val="{self.count}"/>'
            f'<w:lock w:val="sdtContentLocked"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'
        )

    def facts(self) -> str:
        """Names and values in two columns without rules."""
        rows = "".join(
            "<w:tr>"
            + self.cell(self.paragraph((Span(name),), "HandrailFacts"), 2200)
            + self.cell(self.paragraph((Span(value),), "HandrailFacts"), _WIDE - 2200)
            + "</w:tr>"
            for name, value in self.paper.facts
        )
        return _table((2200, _WIDE - 2200), rows, "")

    def contents(self) -> str:
        """A table of contents that Word can bring up to date; until then it holds links without page numbers."""
        lines = []
        for at, (level, text, name) in enumerate(self.entries):
            begin = (
                '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> '
                'TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
                if at == 0
                else ""
            )
            end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if at == len(self.entries) - 1 else ""
            link = f'<w:hyperlink w:anchor="{name}" w:history="1">{_run(text)}</w:hyperlink>'
            lines.append(f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>{begin}{link}{end}</w:p>')
        return self.paragraph((Span(self.signs.contents),), "TOCHeading") + "".join(lines)

    def section(self) -> str:
        """A4, with head and foot on every page but the title page."""
        title_page = "<w:titlePg/>" if self.paper.cover else ""
        bidi = "<w:bidi/>" if self.rtl else ""
        return (
            '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>'
            '<w:footerReference w:type="default" r:id="rId5"/>'
            '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1530" w:right="1418" w:bottom="1418" w:left="1418" '
            f'w:header="709" w:footer="709" w:gutter="0"/>{title_page}{bidi}</w:sectPr>'
        )

    def header(self) -> str:
        """Who and what, at the head of each page."""
        text = f"{_run(self.paper.organisation)}<w:r><w:tab/></w:r>{_run(self.paper.running or self.paper.title)}"
        return f'{HEAD}<w:hdr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{text}</w:p></w:hdr>'

    def footer(self) -> str:
        """The footer’s words, and page x of y."""
        pages = f"{_field('PAGE')}{_run(f' {self.signs.of} ')}{_field('NUMPAGES')}"
        text = f"{_run(self.paper.footer)}<w:r><w:tab/></w:r>{pages}"
        return f'{HEAD}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{text}</w:p></w:ftr>'

    def blocks(self, blocks: tuple[Block, ...], key: str = "", number: str = "") -> Iterator[str]:
        """Blocks in order. A clause's bookmark opens in its first paragraph and closes in its last."""
        for at, block in enumerate(blocks):
            mark = key if at == 0 else ""
            if not isinstance(block, Points | Clause):
                self.counting = None
            yield from self.block(block, mark, number if at == 0 else "")

    def block(self, block: Block, key: str, number: str) -> Iterator[str]:
        """One block; `key` and `number` are those of the clause that begins with it."""
        match block:
            case Heading():
                yield self.heading(block)
            case Para():
                yield self.paragraph(block.spans, "", key=key, number=number)
            case Points():
                yield from self.points(block, key, number)
            case Grid():
                yield from self.grid(block, key)
            case Quote():
                yield self.paragraph(block.spans, "Quote", key=key, number=number)
                if block.who:
                    yield self.paragraph((Span(block.who),), "HandrailSource")
            case Note():
                yield self.paragraph(block.spans, "HandrailNote")
            case Listing():
                spans = tuple(Span(line) for line in block.text.split("\n"))
                yield self.paragraph(spans, "HandrailListing", key=key, number=number, lines=True)
            case Break():
                yield '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
            case Clause():
                yield from self.blocks(block.blocks, block.key, block.number)
            case Sides():
                for side in block.sides:
                    yield self.paragraph((Span(side.title),), "HandrailSide")
                    yield from self.blocks(side.blocks)
            case Annex():
                yield self.boxed("annex", "".join(self.blocks(opened(block))))

    def heading(self, block: Heading) -> str:
        """A heading with its level, a place for the contents to lead to, and its number."""
        level = max(1, min(block.level, 6))
        name = f"_hr_h_{len(self.entries) + 1}"
        if level <= 2:
            self.entries.append((level, f"{block.number} {block.text}".strip(), name))
        spans = block.spans or (Span(block.text),)
        return self.paragraph(spans, f"Heading{level}", number=block.number, place=name if level <= 2 else "")

    def points(self, block: Points, key: str, number: str) -> Iterator[str]:
        """Lines of a list, counted on where the list before them stopped."""
        depth = max(0, min(block.depth, 8))
        list_id = 1
        if block.ordered:
            known = self.counting
            if known is None or known[0] != depth or known[2] != block.start:
                self.starts.append((depth, max(block.start, 0)))
                known = (depth, len(self.starts) + 1, block.start)
            list_id = known[1]
            self.counting = (depth, list_id, block.start + len(block.points))
        for at, point in enumerate(block.points):
            own = (key, number) if at == 0 else ("", "")
            yield self.paragraph(point, "ListParagraph", key=own[0], number=own[1], listed=(list_id, depth))

    def grid(self, block: Grid, key: str) -> Iterator[str]:
        """A table whose row of heads comes again on each page."""
        width = max([len(block.head), *(len(row) for row in block.rows)], default=1) or 1
        if block.caption:
            yield self.paragraph((Span(block.caption),), "Caption")
        each = _WIDE // width
        rows = []
        if any(plain(cell) for cell in block.head):
            cells = "".join(self.head_cell(block.head[at] if at < len(block.head) else (), each) for at in range(width))
            change = self.change_of(tuple(span for cell in block.head for span in cell))
            changed = self.mark(change) if change else ""
            rows.append(f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/>{changed}</w:trPr>{cells}</w:tr>")
        for at, row in enumerate(block.rows):
            row_key = block.keys[at] if at < len(block.keys) else (key if at == 0 else "")
            rows.append(self.row(row, row_key, width, each))
        yield _table((each,) * width, "".join(rows), _RULES)
        yield "<w:p/>" if not block.keys else _SMALL_GAP

    def head_cell(self, spans: Words, each: int) -> str:
        """A cell of the row of heads."""
        return self.cell(self.paragraph(tuple(_in_bold(span) for span in spans), "HandrailCell"), each)

    def row(self, row: tuple[Words, ...], key: str, width: int, each: int) -> str:
        """A row; one that is wholly added or removed is a tracked row."""
        change = self.change_of(tuple(span for cell in row for span in cell))
        properties = f"<w:trPr><w:cantSplit/>{self.mark(change) if change else ''}</w:trPr>"
        cells = [
            self.cell(
                self.paragraph(row[at] if at < len(row) else (), "HandrailCell", key=key if at == 0 else ""), each
            )
            for at in range(width)
        ]
        return f"<w:tr>{properties}{''.join(cells)}</w:tr>"

    def cell(self, inner: str, width: int) -> str:
        """A cell around a paragraph."""
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'

    def change_of(self, spans: Words) -> str:
        """`ins` or `del` where every word is added or removed and changes are tracked."""
        marks = {span.mark for span in spans if span.text}
        if self.tracked is None or len(marks) != 1:
            return ""
        return {"added": "ins", "removed": "del"}.get(marks.pop(), "")

    def mark(self, change: str, inner: str | None = None) -> str:
        """A tracked change around some runs, or the bare mark of one."""
        if self.tracked is None:
            return inner or ""
        self.count += 1
        author, at = said(self.tracked.author), moment(self.tracked.at)
        opening = f'<w:{change} w:id="{self.count}" w:author="{author}" w:date="{at}"'
        return f"{opening}/>" if inner is None else f"{opening}>{inner}</w:{change}>"

    def paragraph(
        self,
        spans: Words,
        style: str,
        *,
        key: str = "",
        number: str = "",
        listed: tuple[int, int] | None = None,
        lines: bool = False,
        place: str = "",
    ) -> str:
        """A paragraph: its properties in the order the schema wants, then its words."""
        text = plain(spans)
        right_to_left = runs_right_to_left(text) or (self.rtl and not text.isascii())
        change = self.change_of(spans)
        properties = [f'<w:pStyle w:val="{style}"/>'] if style else []
        if listed:
            properties.append(f'<w:numPr><w:ilvl w:val="{listed[1]}"/><w:numId w:val="{listed[0]}"/></w:numPr>')
        if right_to_left:
            properties.append("<w:bidi/>")
        if change:
            properties.append(f"<w:rPr>{self.mark(change)}</w:rPr>")
        joint = "<w:r><w:br/></w:r>" if lines else ""
        runs = joint.join(self.span(span, right_to_left) for span in spans)
        if number:
            runs = (
                f'<w:r><w:rPr><w:rStyle w:val="HandrailNumber"/></w:rPr><w:t>{said(number)}</w:t><w:tab/></w:r>{runs}'
            )
        for name in (place, bookmark_of(key) if key else ""):
            runs = self.placed(name, runs)
        stated = f"<w:pPr>{''.join(properties)}</w:pPr>" if properties else ""
        return f"<w:p>{stated}{runs}</w:p>"

    def placed(self, name: str, runs: str) -> str:
        """Runs within a bookmark; each name is given once, as Word wants it."""
        if not name or name in self.given:
            return runs
        self.given.add(name)
        self.count += 1
        return f'<w:bookmarkStart w:id="{self.count}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{self.count}"/>'

    def span(self, span: Span, right_to_left: bool) -> str:
        """Words with one look; a link where it leads somewhere, a tracked change where it is one."""
        change = {"added": "ins", "removed": "del"}.get(span.mark, "") if self.tracked else ""
        look = _LOOKS.get(span.also, "") + ("" if change else _LOOKS.get(span.mark, ""))
        address = safe_address(span.href)
        is_link = bool(_WEB.match(address)) or address.startswith("#")
        if is_link and not look.startswith("<w:rStyle"):
            look = f'<w:rStyle w:val="Hyperlink"/>{look}'
        shown = _run(span.text, look + ("<w:rtl/>" if right_to_left else ""), "delText" if change == "del" else "t")
        if is_link and address.startswith("#"):
            shown = f'<w:hyperlink w:anchor="{bookmark_of(address[1:])}">{shown}</w:hyperlink>'
        elif is_link:
            at = self.links.setdefault(address, 100 + len(self.links))
            shown = f'<w:hyperlink r:id="rId{at}">{shown}</w:hyperlink>'
        return self.mark(change, shown) if change else shown


_RULES = (
    '<w:tblBorders><w:top w:val="single" w:sz="4" w:color="C4CBC5"/><w:bottom w:val="single" w:sz="4" '
    'w:color="C4CBC5"/><w:insideH w:val="single" w:sz="4" w:color="C4CBC5"/></w:tblBorders>'
)
_SMALL_GAP = '<w:p><w:pPr><w:spacing w:after="60"/></w:pPr></w:p>'


def _in_bold(span: Span) -> Span:
    return replace(span, also="bold") if span.mark in ("added", "removed") else replace(span, mark="bold")


def _table(widths: tuple[int, ...], rows: str, rules: str) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{rules}<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:firstRow="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )


def _run(text: str, look: str = "", tag: str = "t") -> str:
    if not text:
        return ""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    flat = text.replace("\r", " ").replace("\n", " ").replace("\t", " ")
    return f'<w:r>{properties}<w:{tag} xml:space="preserve">{said(flat)}</w:{tag}></w:r>'


def _field(name: str) -> str:
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "separate", "end"))
    order = f'<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
    return f"{begin}{order}{middle}<w:r><w:t>1</w:t></w:r>{end}"
