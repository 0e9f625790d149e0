"""What is a document before it has a face? Blocks of words that become Markdown, a web page, Word or PDF alike."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

Mark = Literal["", "bold", "italic", "code", "added", "removed", "discussed"]
Tone = Literal["plain", "advice", "again"]
SideTone = Literal["do", "dont", "plain"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words with one look. `discussed` is a passage that people remarked on; `href` makes it a link.

    `also` is a second look, for words that are bold and were added.
    """

    text: str
    mark: Mark = ""
    href: str = ""
    also: Mark = ""


Words: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 opens a chapter under the paper's title. `anchor` is where links inside the paper lead.

    `spans` say the same words with a look, where a part of them was added or removed.
    """

    text: str
    level: int
    number: str = ""
    anchor: str = ""
    spans: Words = ()


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph."""

    spans: Words


@dataclass(frozen=True, slots=True)
class Points:
    """A list. `depth` sets it in under the list before it; an ordered one counts from `start`."""

    points: tuple[Words, ...]
    ordered: bool = False
    depth: int = 0
    start: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with one row of heads; each cell is a run of spans. `caption` says what it shows.

    `keys` are the ids of the rows, where each row is a clause.
    """

    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    caption: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, and whose."""

    spans: Words
    who: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A small remark beside the text: plain, advice, or that something needs another look."""

    spans: Words
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines shown as they were typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A new page begins here."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause with what belongs to it, kept together. `key` is its permanent id, `number` how people cite it."""

    key: str
    number: str
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Side:
    """One column of a pair, such as Do or Don't."""

    title: str
    blocks: "tuple[Block, ...]"
    tone: SideTone = "plain"


@dataclass(frozen=True, slots=True)
class Sides:
    """Columns that stand beside each other where there is room: Do left, Don't right."""

    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """A chapter that belongs to the document and not to its text, such as the record of its vetting."""

    title: str
    blocks: "tuple[Block, ...]"
    number: str = ""


Block: TypeAlias = "Heading | Para | Points | Grid | Quote | Note | Listing | Break | Clause | Sides | Annex"


def opened(annex: Annex) -> "tuple[Block, ...]":
    """An annex as the blocks it is drawn with: a new page, its heading, what it holds."""
    return (Break(), Heading(annex.title, 1, annex.number, "annex"), *annex.blocks)


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document. `facts` stand on its title page as pairs of name and value.

    `running` is said at the head of each page; `at` is the day the text is from, so that the same paper gives the
    same bytes whenever it is made. `cover` and `contents` say whether it has a title page and a list of its headings.
    """

    title: str
    subtitle: str
    organisation: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    language: str = "en"
    footer: str = ""
    running: str = ""
    at: datetime | None = None
    author: str = ""
    stamps: tuple[tuple[str, str], ...] = ()
    carried: str = ""
    cover: bool = True
    contents: bool = True


def words(*parts: str | Span) -> Words:
    """Spans from plain text and spans: `words("Said by ", Span("Ana", "bold"), ".")`."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts if part != "")


def plain(spans: Words) -> str:
    """The words of spans without their look."""
    return "".join(span.text for span in spans)
