"""Of which kind a character is: part of a word, a word of its own, a mark, a sign, or a gap between words.

Kinds are one letter each, so that the shape of a token can be written as a short regular expression over them.
"""

import unicodedata

WORD = "w"  # letter or digit of a script that puts spaces between words
TAIL = "t"  # mark or invisible character: belongs to the word before it
SINGLE = "s"  # letter of a script without spaces: a word by itself
PICTURE = "p"  # emoji, currency sign, ©
TONE = "o"  # varies a picture: skin tone, flag tag
FLAG = "f"  # half of a flag
JOINER = "J"  # ties two pictures into one; a tail in a word
DRAWING = "v"  # picks text or colour drawing; a tail in a word
LOW_LINE = "_"
SIGIL = "#"  # opens a tag or a handle
APOSTROPHE = "'"
GAP = " "
# In this order: what goes on with a word comes first, so that compiled code asks with one comparison.
KINDS = WORD + TAIL + JOINER + DRAWING + GAP + SINGLE + PICTURE + TONE + FLAG + LOW_LINE + SIGIL + APOSTROPHE

Span = tuple[int, int]

# Marks that careful writers add and quick ones leave out: Latin, Greek and Cyrillic accents, Hebrew points,
# Arabic vowel signs, the ring around a keycap.
ACCENTS: tuple[Span, ...] = (
    (0x0300, 0x036F),
    (0x0591, 0x05BD),
    (0x05BF, 0x05BF),
    (0x05C1, 0x05C2),
    (0x05C4, 0x05C5),
    (0x05C7, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x1AB0, 0x1ACE),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20F0),
    (0xFE20, 0xFE2F),
)
# Written between characters but never seen: soft hyphen, joiners, the signs that pick a drawing.
HIDDEN: tuple[Span, ...] = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x180B, 0x180D),
    (0x200C, 0x200D),
    (0x2060, 0x2060),
    (0xFE00, 0xFE0F),
)
TONES: tuple[Span, ...] = ((0x1F3FB, 0x1F3FF), (0xE0020, 0xE007F))
_FLAGS: tuple[Span, ...] = ((0x1F1E6, 0x1F1FF),)
_PICTURES: tuple[Span, ...] = ((0x1F000, 0x1FAFF),)
# Scripts that put no spaces between words, or hang particles on them: Thai, Lao, Burmese, Khmer, Han, kana, Hangul.
_UNSPACED: tuple[Span, ...] = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3021, 0x303C),
    (0x3041, 0x318E),
    (0x31A0, 0x31BF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97C),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFFDC),
    (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFF),
)
APOSTROPHES = "'\u2019\u02bc\uff07"
SIGILS = {"#": "#", "\uff03": "#", "@": "@", "\uff20": "@"}
_FIXED = {
    **dict.fromkeys(APOSTROPHES, APOSTROPHE),
    **dict.fromkeys(SIGILS, SIGIL),
    "_": LOW_LINE,
    "\u200d": JOINER,
    "\ufe0e": DRAWING,
    "\ufe0f": DRAWING,
}


def within(point: int, spans: tuple[Span, ...]) -> bool:
    """Whether a code point stands in one of the spans."""
    return any(first <= point <= last for first, last in spans)


def kind(point: int) -> str:
    """The kind of one code point."""
    letter = chr(point)
    if letter in _FIXED:
        return _FIXED[letter]
    category = unicodedata.category(letter)
    if within(point, HIDDEN) or category[0] == "M":
        return TAIL
    if within(point, TONES):
        return TONE
    if within(point, _FLAGS):
        return FLAG
    if category in ("So", "Sc") or within(point, _PICTURES):
        return PICTURE
    if within(point, _UNSPACED) and category in ("Lo", "Lm", "Nl"):
        return SINGLE
    return WORD if category[0] in "LN" else GAP


class _Kinds(dict[int, str]):
    """Fills itself as characters are met, so that nothing is computed for scripts nobody writes in."""

    def __missing__(self, point: int) -> str:
        self[point] = kind(point)
        return self[point]


_KINDS = _Kinds()


def kinds(text: str) -> str:
    """The kind of each character, one letter each, at the same places."""
    return text.translate(_KINDS)
