"""What does a clause’s Markdown look like as runs of words, and how are runs written back as Markdown?"""

import re
from collections.abc import MutableMapping
from typing import Any

from markdown_it.token import Token

from handrail.kernel.paper import Span, Words, plain
from handrail.kernel.paper.blocks import Mark
from handrail.policy.text.block import squeeze
from handrail.policy.text.from_markdown import parser
from handrail.policy.text.inline import alt_text
from handrail.policy.text.to_markdown import escape

_LONGEST = 20_000
_MOST_BRACKETS = 100
_TAG_BREAK = re.compile(r"</?(?:br|p|div|li|ul|ol|tr|td|th|h[1-6]|hr|table|section)\b", re.I)
_INSIDE = re.compile(r"([\\`*_\[\]<>&~|!#])")
_LOOKS: dict[str, Mark] = {"strong": "bold", "em": "italic"}
_AROUND = {"bold": "**", "italic": "*"}


def spans_of(markup: str, text: str) -> Words:
    """The visible words with their look. Where the markup shows other words than `text`, the plain text."""
    if not markup or len(markup) > _LONGEST or markup.count("[") > _MOST_BRACKETS:
        return (Span(text),)
    spans = _seen(markup)
    return spans if plain(spans) == text else (Span(text),)


def _seen(markup: str) -> Words:
    """What a reader of the markup sees."""
    tokens: list[Token] = []
    env: MutableMapping[str, Any] = {}
    parser().inline.parse(markup, parser(), env, tokens)
    return _squeezed(_runs(tokens))


def _runs(tokens: list[Token]) -> list[Span]:
    spans: list[Span] = []
    looks: list[Mark] = []
    href = ""
    for token in tokens:
        kind = token.type.rpartition("_")[0]
        if token.type.endswith("_open") and kind in _LOOKS:
            looks.append(_LOOKS[kind])
        elif token.type.endswith("_close") and kind in _LOOKS and looks:
            looks.pop()
        elif token.type == "link_open":
            href = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            href = ""
        elif token.type == "code_inline":
            spans.append(Span(token.content, "code", href))
        elif token.type in ("softbreak", "hardbreak") or (
            token.type == "html_inline" and _TAG_BREAK.match(token.content)
        ):
            spans.append(Span(" ", looks[-1] if looks else "", href))
        elif token.type == "image":
            spans.append(Span(alt_text(token), looks[-1] if looks else "", href))
        elif token.type in ("text", "text_special"):
            spans.append(Span(token.content, looks[-1] if looks else "", href))
    return spans


def _squeezed(spans: list[Span]) -> Words:
    """White space squeezed across runs as `squeeze` does it in one text, and runs of one look joined."""
    whole = squeeze("".join(span.text for span in spans))
    kept: list[Span] = []
    at = 0
    for span in spans:
        piece = ""
        for letter in span.text:
            if at >= len(whole):
                break
            if letter.isspace():
                if whole[at] == " ":
                    piece += " "
                    at += 1
                continue
            if letter != whole[at]:
                return (Span(whole),)
            piece += letter
            at += 1
        if piece and kept and (kept[-1].mark, kept[-1].href) == (span.mark, span.href):
            kept[-1] = Span(kept[-1].text + piece, span.mark, span.href)
        elif piece:
            kept.append(Span(piece, span.mark, span.href))
    return tuple(kept)


def markup_of(spans: Words) -> str:
    """Runs as Markdown that shows exactly their words; a look that can't be written there is left out."""
    text = squeeze(plain(spans))
    written = "".join(_written(span, at == 0) for at, span in enumerate(spans)).strip()
    return written if len(written) <= _LONGEST and plain(_seen(written)) == text else escape(text)


def _written(span: Span, first: bool) -> str:
    body = span.text.strip()
    if not body:
        return span.text
    before = span.text[: len(span.text) - len(span.text.lstrip())]
    after = span.text[len(span.text.rstrip()) :]
    if span.mark == "code":
        fence = "`" * (max((len(run) for run in re.findall("`+", body)), default=0) + 1)
        pad = " " if body.startswith("`") or body.endswith("`") else ""
        shown = f"{fence}{pad}{body}{pad}{fence}"
    else:
        around = _AROUND.get(span.mark, "")
        shown = around + (escape(body) if first and not before and not around else _INSIDE.sub(r"\\\1", body)) + around
    return f"{before}[{shown}](<{span.href}>){after}" if span.href else f"{before}{shown}{after}"
