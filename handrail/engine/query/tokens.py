"""What the words of a post are, for queries and for the matcher alike; every word keeps where it stands.

- A word is a run of letters, digits and marks. An underscore joins inside a word and is a gap at its edges.
- Apostrophes: the English endings 's 't 'd 'm 're 'll 've belong to the word and the apostrophe itself is not
  compared, so `wendy's`, `wendy’s` and `wendys` are one word. Any other apostrophe is a gap: `l'hôtel` is l + hôtel.
- Case never matters, unless the query says so with braces: {BT}.
- Accents: `cafe` finds cafe and café; `café` finds café alone. Likewise ø ł đ ħ ß æ œ, and skin tones: 👍 finds all
  thumbs, 👍🏽 that one. Invisible characters are ignored. The Russian й is a letter of its own.
- #tag and @handle are a word with a sign: `handrail` finds both, `#handrail` the tag alone. A sign inside a word is
  a gap: a@b.example is no handle. Dots and hyphens are gaps: `e-mail` is the phrase e + mail.
- A link is words too, without its scheme: `example.com` finds https://www.example.com/menu.
- An emoji with all its modifiers is one word; so are a flag, a currency sign and signs such as ©.
- Chinese, Japanese, Korean, Thai, Lao, Burmese and Khmer letters are one word each, since spaces do not show where
  words end; a query word of several letters is the unbroken run of them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from handrail.engine.query.folding import exact_form, picture_forms, plain_form, raw_form
from handrail.engine.query.letters import APOSTROPHE, GAP, PICTURE, SIGILS, kinds

# The endings an English apostrophe ties to its word: wendy's, don't, I'm, they'd, we're, we'll, they've.
ENDINGS = ("s", "t", "d", "m", "re", "ll", "ve")
_TIED = "j"
_TAILS = "tJv"
_TOKEN = re.compile(
    rf"(?:#(?<![w{_TAILS}]#))?"
    rf"(?:w[w{_TAILS}]*(?:_+w[w{_TAILS}]*|{_TIED}w{{1,2}}(?![w_{_TAILS}]))*|s[{_TAILS}]*)"
    r"|p[ov]*(?:Jp[ov]*)*|ff?"
)


# The same shape for a text of ASCII in small letters, its tying apostrophes taken out; "://" shows a link's scheme.
_ASCII_TIE = re.compile(rf"(?<=[a-z0-9])'(?=(?:{'|'.join(ENDINGS)})(?![a-z0-9_]))")
_ASCII_WORD = re.compile(r"(?:[#@](?<![a-z0-9].))?[a-z0-9]+(?:_+[a-z0-9]+)*(?:://)?|\$(?:://)?", re.DOTALL)


class Token(NamedTuple):
    """One word of a text: where it stands, and the forms a query may ask for."""

    start: int
    end: int
    plain: str
    exact: str
    raw: str
    sigil: str


def tokens(text: str, *, wildcards: bool = False) -> list[Token]:
    """The words of a text in order; `wildcards` for a query's own words, where * and ? stand for letters."""
    return [token_at(text, start, end) for start, end in places(text, wildcards=wildcards)]


def places(text: str, *, wildcards: bool = False) -> Iterator[tuple[int, int]]:
    """Where each word starts and ends, its sign included."""
    shape = kinds(text.replace("*", "x").replace("?", "x") if wildcards else text)
    if APOSTROPHE in shape:
        shape = _tie_endings(text, shape)
    linked = "://" in text
    for found in _TOKEN.finditer(shape):
        start, end = found.span()
        if not (linked and text.startswith("://", end)):
            yield start, end


def _tie_endings(text: str, shape: str) -> str:
    """The shape with each apostrophe made a tie or a gap."""
    parts = list(shape)
    for at, mark in enumerate(shape):
        if mark == APOSTROPHE:
            after = text[at + 1 : at + 3].lower()
            length = len(after) if after in ENDINGS else 1 if after[:1] in ENDINGS else 0
            ends = shape[at + 1 + length : at + 2 + length] not in ("w", "_", "t", "J", "v")
            parts[at] = _TIED if length and ends else GAP
    return "".join(parts)


def token_at(text: str, start: int, end: int) -> Token:
    """The forms of the word that stands there."""
    first = text[start]
    if kinds(first) == PICTURE:
        plain, exact = picture_forms(text[start:end])
        return Token(start, end, plain, exact, exact, "")
    sigil = SIGILS.get(first, "")
    word = text[start + 1 : end] if sigil else text[start:end]
    return Token(start, end, plain_form(word), exact_form(word), raw_form(word), sigil)


def ascii_words(text: str) -> list[str]:
    """The plain words of an ASCII text with their signs: what `tokens` says, several times faster."""
    low = text.lower()
    if "'" in low:
        low = _ASCII_TIE.sub("", low)
    words: list[str] = _ASCII_WORD.findall(low)
    return [word for word in words if not word.endswith("://")] if "://" in low else words
