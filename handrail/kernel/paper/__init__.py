"""Documents: one structure, four faces. What a room wants to hand out on paper, as Markdown, web page, Word and PDF."""

from handrail.kernel.paper.answer import WORD, file_answer, paper_answer
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
    Side,
    Sides,
    Span,
    Words,
    plain,
    words,
)
from handrail.kernel.paper.html import html_fragment, html_of_blocks, to_html
from handrail.kernel.paper.markdown import markdown_of_blocks, to_markdown
from handrail.kernel.paper.pdf import can_pdf, to_pdf, to_pictures
from handrail.kernel.paper.word import Tracked, bookmark_of, can_docx, to_docx

__all__ = [
    "WORD",
    "Annex",
    "Block",
    "Break",
    "Clause",
    "Grid",
    "Heading",
    "Listing",
    "Note",
    "Paper",
    "Para",
    "Points",
    "Quote",
    "Side",
    "Sides",
    "Span",
    "Tracked",
    "Words",
    "bookmark_of",
    "can_docx",
    "can_pdf",
    "file_answer",
    "html_fragment",
    "html_of_blocks",
    "markdown_of_blocks",
    "paper_answer",
    "plain",
    "to_docx",
    "to_html",
    "to_markdown",
    "to_pdf",
    "to_pictures",
    "words",
]
