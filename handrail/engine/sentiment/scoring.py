"""How posts sound, with calibrated probabilities, and when to say nothing instead."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal

import msgspec
import numpy as np

from handrail.engine.sentiment import alphabet as a
from handrail.engine.sentiment import language, reading
from handrail.engine.sentiment.student import MEASURED, Chances, Student, shipped

Label = Literal["negative", "neutral", "positive", "abstain"]
Why = Literal["", "unsure", "language", "no words"]
_LABELS: tuple[Label, Label, Label] = ("negative", "neutral", "positive")
_EVEN = (1 / 3, 1 / 3, 1 / 3)


class Sentiment(msgspec.Struct, frozen=True, gc=False):
    """How one post sounds. `p` are the probabilities of negative, neutral and positive, and sum to 1.

    An abstention says `why`: it was "unsure" (then `p` is what it would have gone by), the post has "no words", or its
    "language" isn't covered (then `p` is even, since nothing is known).
    """

    label: Label
    p: tuple[float, float, float]
    why: Why = ""


_NO_WORDS = Sentiment("abstain", _EVEN, "no words")
_LANGUAGE = Sentiment("abstain", _EVEN, "language")


def score(
    texts: Sequence[str], langs: Sequence[tuple[str, ...]] | None = None, *, compiled: bool | None = None
) -> list[Sentiment]:
    """How each post sounds, in order. `langs` are the languages each post's source declared, empty where none.

    `compiled` picks the reader (None: whichever suits); both give the same answers.
    """
    if langs is not None and len(langs) != len(texts):
        raise ValueError(f"{len(texts)} texts came with languages for {len(langs)}. Give one entry for each text.")
    student = shipped()
    scored: list[Sentiment] = []
    for count, (sums, counts, tallies) in reading.read(texts, student.table, compiled=compiled):
        first = len(scored)
        declared = _declared(langs[first : first + count]) if langs is not None else [None] * count
        covered = language.covered(tallies, declared)
        chances = student.probabilities(sums, counts)
        scored += _answers(student, chances, tallies[:, a.WORDS] > 0, covered)
    return scored


def accuracy() -> dict[str, Any]:
    """What was measured of the shipped student, for the page to state: recall with its interval, calibration, more."""
    measured: dict[str, Any] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return measured


def _answers(student: Student, chances: Chances, worded: Any, covered: Any) -> list[Sentiment]:
    best = chances.argmax(axis=1)
    sure = chances[np.arange(len(best)), best] >= student.threshold
    answers = []
    for place, p, is_sure, has_words, is_covered in zip(
        best.tolist(), map(tuple, chances.tolist()), sure.tolist(), worded.tolist(), covered.tolist(), strict=True
    ):
        if not has_words:
            answers.append(_NO_WORDS)
        elif not is_covered:
            answers.append(_LANGUAGE)
        elif is_sure:
            answers.append(Sentiment(_LABELS[place], p))
        else:
            answers.append(Sentiment("abstain", p, "unsure"))
    return answers


def _declared(langs: Sequence[tuple[str, ...]]) -> list[bool | None]:
    return [_claim(claim) for claim in langs]


@lru_cache(maxsize=4_096)
def _claim(langs: tuple[str, ...]) -> bool | None:
    return language.declared_covered(langs)
