"""What does this file say, clause by clause? One door for Markdown, HTML, Word and plain text."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from handrail.policy.clause import Clause, Document, Heading
from handrail.policy.text import from_markdown
from handrail.policy.text.annex import without_annex
from handrail.policy.text.assemble import Assembled, assemble
from handrail.policy.text.block import Block
from handrail.policy.text.decode import check_bytes, decode
from handrail.policy.text.from_docx import blocks_of_word
from handrail.policy.text.from_html import blocks_of_page
from handrail.policy.text.from_text import markdown_of_text
from handrail.policy.text.to_markdown import markdown_of

Format = Literal["markdown", "html", "docx", "text"]
_PAGE_START = re.compile(
    r"\s*(?:<!--.{0,500}?-->\s*)?(?:<\?(?:php|xml)\b|<!doctype html|<(?:html|head|body|article|main|section)\b)",
    re.I | re.S,
)
_KANA = re.compile(r"[\u3040-\u30ff]")


def read_policy(raw: bytes, name: str) -> Document:
    """Read a policy; raises BadInput with the sentence for the person when the file can't be used."""
    check_bytes(raw, name)
    if raw.startswith(b"PK\x03\x04"):
        blocks, title = blocks_of_word(raw, name)
        return _document_of_blocks(blocks, "docx", title)
    text = without_annex(decode(raw, name))
    source_format = _format(text, name)
    if source_format == "html":
        blocks, title = blocks_of_page(text)
        return _document_of_blocks(blocks, "html", title)
    if source_format == "text":
        markdown, lines = markdown_of_text(text)
        return _document(markdown, "text", "", lines)
    return read_markdown(text)


def read_markdown(text: str) -> Document:
    """Read Markdown that is already text, such as what `write_markdown` gave."""
    return _document(text, "markdown", "", None)


def assembled(markdown: str) -> tuple[Assembled, Mapping[str, str]]:
    """Clauses of a Markdown text with the blocks they came from, and its front matter."""
    blocks, values = from_markdown.read(markdown)
    return assemble(blocks), values


def _format(text: str, name: str) -> Format:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in ("md", "markdown", "mdown", "mkd"):
        return "markdown"
    if ending in ("html", "htm", "xhtml", "php") or _PAGE_START.match(text):
        return "html"
    return "text" if ending in ("txt", "text") else "markdown"


def _document_of_blocks(blocks: list[Block], source_format: Format, title: str) -> Document:
    """A document in Markdown that says what the blocks say, with lines as counted in the source."""
    markdown, spans = markdown_of(blocks)
    return _document(markdown, source_format, title, spans)


def _document(markdown: str, source_format: Format, title: str, spans: list[tuple[int, int]] | None) -> Document:
    """`spans` gives, for each line of the Markdown, the lines of the source it came from."""
    result, values = assembled(markdown)
    clauses, headings = result.clauses, result.headings
    if spans is not None:
        clauses = [_moved(clause, spans) for clause in clauses]
        headings = [replace(each, line=_span(spans, each.line)[0]) for each in headings]
    return Document(
        clauses=tuple(clauses),
        headings=tuple(headings),
        title=_title(values, headings) or title,
        front_matter=values,
        markdown=markdown,
        source_format=source_format,
        language=_language(values, clauses),
    )


def _span(spans: list[tuple[int, int]], line: int) -> tuple[int, int]:
    return spans[line - 1] if line <= len(spans) else (line, line)


def _moved(clause: Clause, spans: list[tuple[int, int]]) -> Clause:
    return replace(clause, line_start=_span(spans, clause.line_start)[0], line_end=_span(spans, clause.line_end)[1])


def _title(values: Mapping[str, str], headings: list[Heading]) -> str:
    stated = next((value for key, value in values.items() if key.lower() == "title" and value), "")
    if stated:
        return stated
    first = next((each for each in headings if each.level == 1), headings[0] if headings else None)
    return first.text if first else ""


def _language(values: Mapping[str, str], clauses: list[Clause]) -> str:
    stated = next((value for key, value in values.items() if key.lower() in ("lang", "language") and value), "")
    if stated:
        return stated.lower()[:12]
    sample = " ".join(clause.text for clause in clauses[:40])
    return "ja" if len(_KANA.findall(sample)) * 10 > len(sample) else "en"
