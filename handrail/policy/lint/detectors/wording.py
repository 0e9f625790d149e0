"""CLR-03, CLR-05 and CLR-07: legal and office words, vague words in a duty, and tangled negatives."""

import re
from collections.abc import Iterator
from itertools import pairwise

from handrail.policy.clause import Document
from handrail.policy.lint.finding import Context, Hit
from handrail.policy.lint.reading import Section
from handrail.policy.lint.rulebook import detector
from handrail.policy.lint.words import phrases

_PLAIN_WORD = phrases("plain_words")
_LEGALESE = re.compile(
    r"(?<![\w/])(?:" + "|".join(re.escape(word) for word in sorted(_PLAIN_WORD, key=len, reverse=True)) + r")(?![\w/])",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?P<word>(?:in)?appropriate(?:ly)?|(?:un)?reasonabl[ey]|(?:un)?professional(?:ly|ism)?|common sense"
    r"|excessive(?:ly)?|good judge?ment|best judge?ment|good taste|sensibl[ey])\b",
    re.IGNORECASE,
)
_VAGUE_PARTS = (
    "appropriate",
    "reasonab",
    "professional",
    "common sense",
    "excessive",
    "judgment",
    "judgement",
    "good taste",
    "sensibl",
)
# Here "professional" only means "at work", and an "appropriate" person or place is a matter of routing.
_PLAIN_SENSE = re.compile(
    r"\bprofessional (?:capacity|accounts?|use|profiles?|networks?|networking|life|lives|development|body"
    r"|bodies|qualifications?|services|association|and personal|or personal|contacts?|social|situations?"
    r"|settings?|environments?|contexts?|advice|help)\b"
    r"|\b(?:is|are|was|be) not (?:always )?appropriate\b|\bwhere reasonable\b"
    r"|\b(?:personal|private)(?:,| and| or|/) ?professional\b|\bhealth(?:care)? professionals?\b"
    r"|\bprofessionals\b|\breasonable adjustments?\b",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"\b(?:for example|for instance|e\.g\.|eg\b|such as|examples?|i\.e\.|this includes|these include|including"
    r"|in other words|that means|this means)",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|cannot)\b|n[’']t\b|\b(?:prohibited|forbidden"
    r"|refrain) from\b",
    re.IGNORECASE,
)
_TURN = re.compile(r"\b(?:unless|except(?: for| when| where| if| in)?|other than|without|save for)\b", re.IGNORECASE)
_UNWORDS = re.compile(
    r"\bnot (?:\w{1,12} )?(?:un(?!der|i|til|less|tie|it)\w{3,14}|in(?:appropriate|accurate|correct|consistent"
    r"|secure|valid|complete|frequent\w{0,2}|significant)|im(?:possible|proper|polite)|dis(?:similar|honest"
    r"|allowed))\b"
    r"|\b(?:cannot|can[’']t|do(?:es)? not|don[’']t) (?:not|never|fail to)\b|\bnot (?:fail|refuse|neglect) to\b",
    re.IGNORECASE,
)
_ANY_TURN = re.compile(
    r"unless|except|other than|without|save for|not\b|n[’']t\b|never|no\b|nothing"
    r"|nobody",
    re.IGNORECASE,
)
# Without introducing a thing that is done ("without saying who you are") turns a sentence; set phrases do not.
_SET_PHRASE = re.compile(
    r"\bwithout (?:question|doubt|delay|further ado)\b|\bgoes without saying\b"
    r"|\bnot only\b|\bno one other than\b|\bwhether or not\b|\bnot limited to\b|\bno matter\b|\bif not\b"
    r"|\bwhy not\b|\bno problem\b",
    re.IGNORECASE,
)
_FORBIDS = frozenset({"must not", "should not"})


@detector("CLR-03")
def legal_words(document: Document, context: Context) -> Iterator[Hit]:
    """Words of contracts and offices that have an everyday twin; each once per passage."""
    for passage in context.reading.passages:
        if passage.clause.form == "quotation":
            continue
        if not passage.has(_PLAIN_WORD):
            continue
        told: set[str] = set()
        for found in _LEGALESE.finditer(passage.text):
            word = found.group().lower()
            if word not in told:
                told.add(word)
                yield Hit(found.group(), passage.clause, values={"word": found.group(), "plain": _PLAIN_WORD[word]})


@detector("CLR-05")
def vague_words(document: Document, context: Context) -> Iterator[Hit]:
    """A duty that turns on a word each reader fills differently, in a section without an example."""
    for section in context.reading.sections:
        helped: bool | None = None
        for passage in section.passages:
            if not passage.has(_VAGUE_PARTS):
                continue
            found = _VAGUE.search(_PLAIN_SENSE.sub(" ", passage.text))
            if not found or not passage.is_duty or passage.clause.kind in ("definition", "example"):
                continue
            helped = _has_example(section) if helped is None else helped
            if helped:
                break
            word = found["word"]
            sentence = next((each.text for each in passage.sentences if word in each.text), passage.text)
            yield Hit(sentence, passage.clause, values={"word": word.lower()})


def _has_example(section: Section) -> bool:
    return any(passage.clause.kind == "example" or _EXAMPLE.search(passage.text) for passage in section.passages)


@detector("CLR-07")
def tangled_negatives(document: Document, context: Context) -> Iterator[Hit]:
    """Sentences in which a no meets an unless, an except or another no."""
    for passage in context.reading.passages:
        if passage.clause.kind == "example":
            continue
        inherited = passage.clause.frame in _FORBIDS and len(passage.sentences) == 1
        found = next((sentence.text for sentence in passage.sentences if _is_tangled(sentence.text, inherited)), "")
        if found:
            yield Hit(found, passage.clause)


def _is_tangled(sentence: str, inherited: bool) -> bool:
    if not _ANY_TURN.search(sentence):
        return False
    text = _SET_PHRASE.sub(" ", sentence)
    turns = [found.start() for found in _TURN.finditer(text)]
    if _UNWORDS.search(text) or len(turns) >= 2:
        return True
    negatives = [found.start() for found in _NEGATIVE.finditer(text)]
    if turns and (inherited or any(at < turns[0] + 60 for at in negatives)):
        return not (
            negatives and turns[0] < negatives[0] and "," in text[turns[0] : negatives[0]] and len(negatives) == 1
        )
    return len(negatives) >= 3 and not _coordinated(text, negatives)


def _coordinated(text: str, negatives: list[int]) -> bool:
    """Whether the negatives only line up a list: "do not lie, do not boast and do not spam"."""
    gaps = [text[first:second] for first, second in pairwise(negatives)]
    return all(re.search(r"[,;:–—]| and | or | nor |\bnor$| but |\. ", gap + " ") for gap in gaps)
