"""What a sentence asks, taken apart: the duty word, the deed and what it is done to."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from handrail.policy.lint.reading import Reading, Sentence
from handrail.policy.lint.stems import weighty

_DUTY = re.compile(
    r"\b(?P<modal>must|shall|should|may|can|ought to|(?:is|are) expected to|has to|have to|needs? to)"
    r"(?P<no>(?: \w{1,12}ly)? not| never|n[’']t)?\b|\b(?P<bare>(?:do not|don[’']t|never)) ",
    re.IGNORECASE,
)
_STRENGTH = {
    "must": "must", "shall": "must", "has to": "must", "have to": "must", "need to": "must", "needs to": "must",
    "should": "should", "ought to": "should", "is expected to": "expected", "are expected to": "expected",
    "may": "may", "can": "may",
}  # fmt: skip
_CONDITION = re.compile(
    r"\b(?:unless|except|without|other than|until|only|if|when|where|before|after|during|by)\b", re.IGNORECASE
)
_MOST_ALIKE = 12


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: how strong (must, should, expected, may), whether it forbids, and the stems of what it is about.

    `about` holds the deed and what follows it, `scope` the stems before the duty word, `limited` whether an exception
    or a condition stands with it.
    """

    sentence: Sentence
    strength: str
    forbids: bool
    about: tuple[str, ...]
    scope: frozenset[str]
    limited: bool


_KNOWN: WeakKeyDictionary[Reading, dict[tuple[str, str], list[Duty]]] = WeakKeyDictionary()


def duties_by_deed(reading: Reading) -> dict[tuple[str, str], list[Duty]]:
    """The duties of a document put together by deed and first object, so that only near ones are compared."""
    if reading not in _KNOWN:
        grouped: dict[tuple[str, str], list[Duty]] = defaultdict(list)
        for duty in _duties(reading):
            together = grouped[duty.about[0], duty.about[1]]
            if len(together) < _MOST_ALIKE:
                together.append(duty)
        _KNOWN[reading] = grouped
    return _KNOWN[reading]


def _duties(reading: Reading) -> Iterator[Duty]:
    """The duties in order, a list point heard with the frame it inherits."""
    for passage in reading.passages:
        if passage.clause.kind in ("example", "definition") or passage.clause.form == "table_row":
            continue
        for sentence in passage.sentences:
            duty = _duty(sentence, passage.clause.frame if len(passage.sentences) == 1 else "")
            if duty and 2 <= len(duty.about) <= 12:
                yield duty


def _duty(sentence: Sentence, frame: str) -> Duty | None:
    text = sentence.text
    found = _DUTY.search(text)
    if found:
        forbids = bool(found["no"] or found["bare"])
        after, before = text[found.end() :], text[: found.start()]
        strength = _STRENGTH[(found["modal"] or "must").lower()]
    elif frame in ("must", "must not", "should", "should not", "may"):
        after, before = text, ""
        strength, forbids = frame.split()[0], frame.endswith("not")
        if re.match(r"(?:not|never) ", after, re.IGNORECASE):
            after = after.split(" ", 1)[1]
    else:
        return None
    if strength == "may" and forbids:
        strength = "must"
    limited = bool(_CONDITION.search(after))
    return Duty(sentence, strength, forbids, tuple(weighty(after)), frozenset(weighty(before)), limited)
