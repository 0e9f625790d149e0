"""How a word is folded: to its plain form (no case, no accents), its exact form (no case), its raw form (as typed)."""

import unicodedata

from handrail.engine.query.letters import ACCENTS, APOSTROPHES, HIDDEN, TONES, within

# Letters whose stroke or joint is no mark of its own, and what a plain keyboard types instead.
_STROKES = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ŧ": "t", "ß": "ss", "æ": "ae", "œ": "oe"}
# A letter of its own, however it is drawn: without its mark Russian words would turn into other words.
_WHOLE = "й"
_WIDE = (0xFF01, 0xFF5E)
# Marks are taken apart in these only; elsewhere (kana, Hangul, Devanagari) they make another letter.
_TAKEN_APART = ((0x00C0, 0x06FF), (0x1E00, 0x1FFF), (0x212A, 0x212B), (0xFB1D, 0xFB4F))


_SUSPECT = (*_TAKEN_APART, *ACCENTS, *HIDDEN, *TONES, _WIDE, *((ord(mark), ord(mark)) for mark in APOSTROPHES))


def exact_letter(point: int) -> str:
    """The exact form of one character: its accents written as marks of their own."""
    letter = chr(point)
    if letter in APOSTROPHES or within(point, HIDDEN):
        return ""
    if letter in "ßẞ":
        return "ß"
    low = unicodedata.normalize("NFKC", letter).casefold() if within(point, (_WIDE,)) else letter.casefold()
    if low == _WHOLE or not within(point, _TAKEN_APART):
        return low
    return "".join(part for part in unicodedata.normalize("NFD", low) if part not in APOSTROPHES)


def is_folded(point: int) -> bool:
    """Whether one of the character's forms differs from it; quicker than making them."""
    letter = chr(point)
    if letter.casefold() == letter and letter not in _STROKES and not within(point, _SUSPECT):
        return False
    return exact_letter(point) != letter or plain_letter(point) != letter


def plain_letter(point: int) -> str:
    """The plain form of one character; nothing for marks and skin tones."""
    return "".join(
        _STROKES.get(part, part)
        for part in exact_letter(point)
        if not within(ord(part), ACCENTS) and not within(ord(part), TONES)
    )


def raw_letter(point: int) -> str:
    """The character as typed; nothing for apostrophes and invisible ones."""
    return "" if chr(point) in APOSTROPHES or within(point, HIDDEN) else chr(point)


class _Exact(dict[int, str]):
    def __missing__(self, point: int) -> str:
        self[point] = exact_letter(point)
        return self[point]


class _Plain(dict[int, str]):
    def __missing__(self, point: int) -> str:
        self[point] = plain_letter(point)
        return self[point]


class _Raw(dict[int, str]):
    def __missing__(self, point: int) -> str:
        self[point] = raw_letter(point)
        return self[point]


_PLAIN, _EXACT, _RAW = _Plain(), _Exact(), _Raw()


def plain_form(word: str) -> str:
    """The word without case, accents, skin tones, apostrophes: what an unaccented query word is compared with."""
    return word.replace("'", "").lower() if word.isascii() else word.translate(_PLAIN)


def exact_form(word: str) -> str:
    """The word without case and apostrophes, its accents written as separate marks."""
    return word.replace("'", "").lower() if word.isascii() else word.translate(_EXACT)


def raw_form(word: str) -> str:
    """The word as typed, without apostrophes and invisible characters."""
    return word.replace("'", "") if word.isascii() else word.translate(_RAW)


def picture_forms(picture: str) -> tuple[str, str]:
    """An emoji's plain form (no skin tone) and its exact form; what ties its parts together stays in both."""
    exact = picture.replace("\ufe0e", "").replace("\ufe0f", "")
    return "".join(part for part in exact if not within(ord(part), TONES)), exact
