"""Where on the sheet the words stand that somebody is talking about: pieces of a clause, cut at the quotations."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from handrail.policy.pure import Piece


@dataclass(frozen=True, slots=True)
class Cut:
    """A run of words with the same fate, and whether an open remark quotes them."""

    op: str
    text: str
    discussed: bool

    @property
    def gap(self) -> str:
        """The white space it begins with, which is shown outside the mark."""
        return self.text[: len(self.text) - len(self.text.lstrip())]

    @property
    def body(self) -> str:
        """The words without that space."""
        return self.text.lstrip()


def discussed(pieces: Iterable[Piece], quotes: Iterable[str]) -> tuple[Cut, ...]:
    """The pieces cut so that each quotation found in the present words is one run; removed words are never marked."""
    pieces, quotes = tuple(pieces), tuple(quotes)
    if not quotes:
        return tuple(Cut(piece.op, piece.text, False) for piece in pieces if piece.text)
    present = "".join(piece.text for piece in pieces if piece.op != "del")
    spans = sorted(span for quote in quotes if (span := _span(present, quote)))
    cuts: list[Cut] = []
    at = 0
    for piece in pieces:
        if piece.op == "del":
            cuts.append(Cut(piece.op, piece.text, False))
            continue
        cuts += _cut(piece, at, spans)
        at += len(piece.text)
    return tuple(cuts)


def _span(present: str, quote: str) -> tuple[int, int] | None:
    words = quote.split()
    if not words:
        return None
    found = re.search(r"\s+".join(re.escape(word) for word in words), present)
    return found.span() if found else None


def _cut(piece: Piece, at: int, spans: list[tuple[int, int]]) -> list[Cut]:
    edges = {0, len(piece.text)}
    for start, end in spans:
        edges |= {edge - at for edge in (start, end) if 0 < edge - at < len(piece.text)}
    places = sorted(edges)
    cuts = []
    for start, end in pairwise(places):
        inside = any(first <= at + start and at + end <= last for first, last in spans)
        cuts.append(Cut(piece.op, piece.text[start:end], inside))
    return cuts
