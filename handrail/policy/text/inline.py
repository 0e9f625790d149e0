"""Which visible words does a line of Markdown show, once emphasis, links, tags and comments are gone?"""

import re
from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from handrail.policy.text.block import squeeze

ID_COMMENT = re.compile(r"<!--[ \t]*(c-[a-z0-9]{3,32})(?:[ \t]+(principle|do|don't|definition|example))?[ \t]*-->")
# Beyond these a careful reading costs more than linear time, and no policy is written like that.
_LONGEST = 50_000
_MOST_BRACKETS = 400
_PLAIN_TAG = re.compile(r"<!--[^<>]{0,500}-->|</?[A-Za-z][^<>]{0,500}>")
_PLAIN_TARGET = re.compile(r"\]\((?:https?://|mailto:|/|#)[^()\s]{0,2000}\)")
_BREAKING_TAG = re.compile(r"</?(?:br|p|div|li|ul|ol|tr|td|th|h[1-6]|hr|table|section)\b", re.I)


@dataclass(slots=True)
class Inline:
    """Visible words of one run of text, whether all of them are bold, whether it is only pictures, and its id."""

    text: str
    bold: bool = False
    picture: bool = False
    id: str = ""
    kind: str = ""


def visible(md: MarkdownIt, source: str, env: MutableMapping[str, Any]) -> Inline:
    """Read one run of inline Markdown."""
    if len(source) > _LONGEST or source.count("[") > _MOST_BRACKETS:
        return _roughly(source)
    if "[" in source:
        return _parsed(md, source, env)
    # Without brackets it leads nowhere, so it reads the same in every text: an edit reads one clause anew, not all.
    return replace(_kept(md, source))


@lru_cache(maxsize=8192)
def _kept(md: MarkdownIt, source: str) -> Inline:
    return _parsed(md, source, {})


def _parsed(md: MarkdownIt, source: str, env: MutableMapping[str, Any]) -> Inline:
    tokens: list[Token] = []
    md.inline.parse(source, md, env, tokens)
    return _from_tokens(tokens)


def _roughly(source: str) -> Inline:
    found = ID_COMMENT.search(source)
    text = _PLAIN_TARGET.sub("]", _PLAIN_TAG.sub("", source))
    return Inline(squeeze(text), id=found[1] if found else "", kind=(found[2] or "") if found else "")


def _from_tokens(tokens: list[Token]) -> Inline:
    pieces: list[str] = []
    strong = pictures = 0
    plain: list[str] = []
    seen = Inline("")
    for token in tokens:
        piece = ""
        match token.type:
            case "strong_open":
                strong += 1
            case "strong_close":
                strong -= 1
            case "text" | "text_special" | "code_inline":
                piece = token.content
            case "softbreak" | "hardbreak":
                piece = "\n"
            case "image":
                pictures += 1
                pieces.append(alt_text(token))
                continue
            case "html_inline":
                found = ID_COMMENT.fullmatch(token.content)
                if found and not seen.id:
                    seen.id, seen.kind = found[1], found[2] or ""
                piece = " " if _BREAKING_TAG.match(token.content) else ""
        pieces.append(piece)
        if not strong:
            plain.append(piece)
    seen.text = squeeze("".join(pieces))
    outside = "".join(plain).strip()
    seen.bold = bool(seen.text) and not pictures and outside in ("", ":", ".")
    seen.picture = pictures > 0 and not "".join(p for p in plain if p).strip()
    return seen


def alt_text(token: Token) -> str:
    """The words that stand for a picture."""
    if not token.children:
        return token.content
    return "".join(
        alt_text(child) if child.type == "image" else "\n" if child.type.endswith("break") else child.content
        for child in token.children
        if not ID_COMMENT.fullmatch(child.content)
    )
