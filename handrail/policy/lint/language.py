"""Whether a text is English, which most rules need: they are lists of English words."""

import re

from handrail.policy.clause import Document
from handrail.policy.lint.words import words

_COMMON = words("common_english")
_WORD = re.compile(r"[^\W\d_]{1,60}")
_SAMPLE_LETTERS = 20_000
_ENGLISH_SHARE = 0.12
_FEW_WORDS = 25


def is_english(document: Document) -> bool:
    """What the document says of itself, checked against its words: common English words or Latin letters missing."""
    if not document.language.lower().startswith("en"):
        return False
    sample = _sample(document)
    letters = sum(letter.isalpha() for letter in sample)
    latin = sum(letter.isalpha() and letter < "\u0250" for letter in sample)
    if letters and latin < 0.7 * letters:
        return False
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < _FEW_WORDS:
        return True
    return sum(word in _COMMON for word in words) >= _ENGLISH_SHARE * len(words)


def _sample(document: Document) -> str:
    parts: list[str] = []
    length = 0
    for clause in document.clauses:
        parts.append(clause.text[:2_000])
        length += len(parts[-1])
        if length > _SAMPLE_LETTERS:
            break
    return " ".join(parts)
