"""Words only put in, or only taken out: a condition, an exception, a further case, a check, or just a reason?"""

import re
from collections.abc import Sequence
from typing import Literal

from handrail.policy.text.words import Piece

Stance = Literal["duty", "ban", "freedom", "reach", "plain"]
Sort = Literal["exception", "condition", "gate", "more", "narrow", "only", "urgent", "soft", "without", "stricter", ""]

_GATE = (
    r"(?:(?:consent|permission|approval|agreement|authori[sz]ation|sign-off|go-ahead|clearance)\b"
    r"|(?:manager|colleague|editor|owner|officer|lawyer|legal|hr|supervisor|head)s? (?:has|have|had) (?:\w+ )?"
    r"(?:read|seen|looked|approved|agreed|checked|cleared)"
    r"|(?:after|once|until) \w+ ?\w* (?:approve|agree|check|read)s?\b)"
)
_STRICT = re.compile(
    r"^\W*(?:prior|written|explicit|express|signed|documented|full|formal|personal)(?: and \w+)?\W*$", re.I
)
_URGENT = re.compile(r"\b(?:immediately|at once|straight away|right away|without delay|promptly|the same day)\b", re.I)
_SOFT = re.compile(
    r"^\W*(?:as a rule|in general|generally|usually|normally|ideally"
    r"|where(?:ver)? (?:you can|possible|practical|useful)"
    r"|when(?:ever)? (?:you can|possible|you have time)|if (?:you can|possible|you like|time allows)|as far as possible"
    r"|in most cases|try to|aim to|preferably|mostly|at your discretion)\b",
    re.I,
)
_EXCEPTION = re.compile(
    r"^\W*(?:or |and |but )?(?:unless|except(?:ing|ion)?|other than|apart from|excluding|save for"
    r"|but not (?:for|in|on|to)"
    r"|not including|with the exception)\b",
    re.I,
)
_CONDITION = re.compile(
    r"^\W*(?:and |but )?(?:(?:only|even) )?(?:if|when|whenever|where|while|provided(?: that)?|as long as|once|after"
    r"|before|until|during|in case|on condition|subject to|as soon as)\b",
    re.I,
)
_NARROW = re.compile(
    r"^\W*(?:that|who|which|whose|about|on|in|at|from|during|under|over|aged|made|posted|with)\b", re.I
)
_WITHOUT = re.compile(r"^\W*without\b", re.I)
_ONLY = re.compile(r"\bonly\b", re.I)
_MORE = re.compile(r"^\W*(?:,|;|and\b|or\b|as well as\b|including\b|nor\b)|(?:,|\band|\bor)\W*$", re.I)
# What follows explains: a reason, an example, an address, a synonym in brackets.
_EXPLAINS = re.compile(
    r"^\W*(?:because|since|so that|as (?:you|we|they|the|advertising|it)\b|for example|for instance|e\.g\.|i\.e\."
    r"|such as|like\b|namely|that is\b|meaning|which (?:means|is|are)\b|in the eu\b|see\b|whose\b|step by step)",
    re.I,
)
_BRACKETS = re.compile(r"^\s*\([^()]*\)\s*$")


def one_sided(pieces: Sequence[Piece]) -> tuple[str, int, str] | None:
    """The words put in (1) or taken out (-1) where all changed words are of that one sort, and what follows them."""
    changed = [at for at, piece in enumerate(pieces) if piece.op != "equal" and any(map(str.isalnum, piece.text))]
    if len(changed) != 1:
        return None
    at = changed[0]
    after = "".join(piece.text for piece in pieces[at + 1 :])
    return pieces[at].text, 1 if pieces[at].op == "ins" else -1, after


def sort_of(words: str) -> Sort:
    """What a phrase does to the rule it was put into; nothing where it only explains or nobody can tell."""
    plain = words.strip()
    if _BRACKETS.match(plain) or _EXPLAINS.match(plain):
        return ""
    if _SOFT.match(plain):
        return "soft"
    if _EXCEPTION.match(plain):
        return "exception"
    if _STRICT.match(plain):
        return "stricter"
    if re.search(_GATE, plain, re.I) and not re.search(r"\b(?:no|without|unless|not)\b", plain, re.I):
        return "gate"
    if _URGENT.search(plain) and len(plain.split()) <= 4:
        return "urgent"
    if _ONLY.search(plain):
        return "only"
    if _WITHOUT.match(plain):
        return "without"
    if _CONDITION.match(plain):
        return "condition"
    if _MORE.search(plain):
        return "more"
    return "narrow" if _NARROW.match(plain) else ""


_WAYS: dict[Sort, dict[Stance, int]] = {
    "exception": {"duty": -1, "ban": -1, "freedom": 1, "reach": -1, "plain": -1},
    "condition": {"duty": -1, "ban": -1, "freedom": 1, "reach": -1},
    "gate": {"duty": 1, "ban": -1, "freedom": 1, "plain": 1},
    "more": {"duty": 1, "ban": 1, "freedom": -1, "reach": 1},
    "narrow": {"ban": -1, "freedom": 1, "reach": -1},
    "only": {"duty": 1, "ban": -1, "freedom": 1, "plain": 1, "reach": -1},
    "urgent": {"duty": 1, "plain": 1},
    "soft": {"duty": -1, "ban": -1, "plain": -1},
    "without": {"duty": 1, "ban": -1, "freedom": 1},
    "stricter": {"duty": 1, "freedom": 1, "plain": 1},
}
_SAID: dict[Sort, str] = {
    "exception": "an exception",
    "condition": "a condition",
    "gate": "a check before",
    "more": "a further case",
    "narrow": "a limit to some cases",
    "only": "the word “only”",
    "urgent": "haste",
    "soft": "room to do otherwise",
    "without": "a “without”",
    "stricter": "a stricter form",
}


def way_of(words: str, stance: Stance) -> tuple[int, str]:
    """Whether putting these words in asks more (1) or less (-1), 0 where nobody can tell, and what they are."""
    sort = sort_of(words)
    return (_WAYS[sort].get(stance, 0), _SAID[sort]) if sort else (0, "")
