"""What a policy text is once its file format is forgotten: clauses under headings, each with a permanent id.

Plain Python without Django, so that `handrail clauses`, `lint` and `diff` start at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["principle", "do", "don't", "definition", "example"]
Form = Literal["paragraph", "list_item", "table_row", "quotation", "code", "image"]
Frame = Literal["must", "must not", "should", "should not", "may", "we will", ""]


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing the policy says, in visible words, with the heading and lead-in it inherits.

    `id` never changes over edits, moves and exports. `text` holds the visible words without markup; `markup` the
    Markdown they were written in. Lines are 1-based and inclusive, counted in the file as it was given.
    """

    id: str
    kind: Kind
    heading: str
    text: str
    line_start: int
    line_end: int
    markup: str = ""
    headings: tuple[str, ...] = ()
    level: int = 0
    lead_in: str = ""
    frame: Frame = ""
    form: Form = "paragraph"
    depth: int = 0
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading, real or bold standing in for one (`pseudo`)."""

    text: str
    level: int
    line: int
    pseudo: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A policy text: its clauses in reading order, its headings, its front matter, and the Markdown it equals."""

    clauses: tuple[Clause, ...]
    headings: tuple[Heading, ...] = ()
    title: str = ""
    front_matter: Mapping[str, str] = field(default_factory=dict)
    markdown: str = ""
    source_format: Literal["markdown", "html", "docx", "text"] = "markdown"
    language: str = "en"

    @property
    def headings_said(self) -> tuple[tuple[str, int], ...]:
        """The headings by words and level, wherever they stand in the file."""
        return tuple((heading.text, heading.level) for heading in self.headings)
