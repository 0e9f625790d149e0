"""Do two wordings say the same in another spelling: contractions, hyphens, figures, renamed things, doubled words?"""

import re

from handrail.policy.text.matching import words_of

_SHORT: tuple[tuple[str, str], ...] = (
    (r"\b(can)(?:'t|not)\b", "can not"),
    (r"\bwon't\b", "will not"),
    (r"\bshan't\b", "shall not"),
    (r"n't\b", " not"),
    (r"\b(\w+)'ll\b", r"\1 will"),
    (r"\b(\w+)'re\b", r"\1 are"),
    (r"\b(\w+)'ve\b", r"\1 have"),
    (r"\b(it|that|there|what|who)'s\b", r"\1 is"),
    (r"\bi'm\b", "i am"),
)
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
_UNITS += "seventeen eighteen nineteen".split()
_TENS = {word: (at + 2) * 10 for at, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_NUMBER = re.compile(rf"\b(?:({'|'.join(_TENS)})(?:[- ]({'|'.join(_UNITS[1:10])}))?|({'|'.join(_UNITS)}))\b", re.I)
_NAMED_SHORT = re.compile(r"((?:\b[\w&-]+\s+){1,6})\(([A-Z]{2,6})\)")
_RENAMED = {"twitter": "x", "e-mail": "email", "e-mails": "emails", "web-site": "website", "etc.": "etc"}
# Pairs that are mixed up in writing and ask the same whichever stands there.
_MIXED = tuple(
    frozenset(each.split("/"))
    for each in (
        "there/their/they are|your/you are|its/it is|to/too|then/than|whose/who is|practise/practice|licence/license"
        "|advice/advise|principal/principle|effect/affect|loose/lose|who/whom|a/an|complement/compliment"
    ).split("|")
)
_SMALL = frozenset(("a an the that which this these it its").split())
_WEIGHTY = frozenset(
    (
        "must shall should may can could will would not never no nor none only all any every each always unless except "
        "without before after within until least most more less fewer over under and or if when while where from by"
    ).split()
)
_DOUBLED = re.compile(r"\b(\w+)(\s+\1\b)+", re.I)
_OPPOSITE = re.compile(r"^(?:un|in|im|il|ir|dis|non|mis|anti|de)-?")


def canonical(text: str) -> str:
    """The text in lower case with contractions written out, number words as figures, renamed things by one name."""
    plain = _NAMED_SHORT.sub(_short_name, text.replace("’", "'").replace("‘", "'")).lower()
    for pattern, full in _SHORT:
        plain = re.sub(pattern, full, plain)
    plain = _NUMBER.sub(lambda found: str(number_of(found[0])), plain)
    return re.sub(r"[\w-]+", lambda found: _RENAMED.get(found[0], found[0]), plain)


def _short_name(found: re.Match[str]) -> str:
    """“Human Resources (HR)” is HR, where the letters are those of the words before."""
    words = found[1].split()
    tail = words[-len(found[2]) :]
    if "".join(word[0].upper() for word in tail) != found[2]:
        return found[0]
    return " ".join([*words[: -len(tail)], found[2]])


def number_of(word: str) -> int:
    """The figure a number word stands for."""
    parts = re.split(r"[- ]", word.lower())
    return sum(_TENS.get(part, _UNITS.index(part) if part in _UNITS else 0) for part in parts)


def sameness(old: str, new: str) -> str:
    """Why the two say the same in another spelling, in one sentence; nothing where they may not."""
    was, now = words_of(old), words_of(new)
    if was == now:
        return "Only punctuation or capitals changed."
    one, other = words_of(canonical(old)), words_of(canonical(new))
    if one == other:
        return "Only the way words or figures are written changed."
    if [each for each in one if each not in _SMALL] == [each for each in other if each not in _SMALL]:
        return "Only small words such as “the” changed."
    if words_of(_DOUBLED.sub(r"\1", canonical(old))) == words_of(_DOUBLED.sub(r"\1", canonical(new))):
        return "Only a doubled word went."
    if _joined_alike(one, other):
        return "Only a blank or a hyphen within a word changed."
    return "Only spelling changed." if _spelt_alike(one, other) else ""


def _joined_alike(one: list[str], other: list[str]) -> bool:
    """The same letters, with at most two words written apart or together; no duty word among those."""
    if "".join(one).replace("'", "") != "".join(other).replace("'", "") or abs(len(one) - len(other)) > 2:
        return False
    apart = set(one) ^ set(other)
    return not apart & (_WEIGHTY - {"on", "within", "with"}) or "within" in apart


def _spelt_alike(one: list[str], other: list[str]) -> bool:
    if not _nearly(one, other):
        one, other = _unmixed(one, other)
    return _nearly(one, other)


def _nearly(one: list[str], other: list[str]) -> bool:
    if len(one) != len(other):
        return False
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(differing) <= max(2, len(one) // 5) and all(_typo(a, b) for a, b in differing)


def _unmixed(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """Both wordings with “their” for “there”, “your” for “you are” and the like, where that is all that differs."""
    text, against = f" {' '.join(one)} ", f" {' '.join(other)} "
    for group in _MIXED:
        first = sorted(group)[0]
        for each in group:
            if (f" {each} " in text) != (f" {each} " in against):
                for form in group:
                    text, against = text.replace(f" {form} ", f" {first} "), against.replace(f" {form} ", f" {first} ")
                break
    return text.split(), against.split()


def _typo(one: str, other: str) -> bool:
    """Whether two words are the same but for a letter, and neither turns the other into its opposite."""
    if one.replace("'", "") == other.replace("'", ""):
        return True
    if one in _WEIGHTY or other in _WEIGHTY or one[0] != other[0] or max(len(one), len(other)) < 4:
        return False
    if any(each.isdigit() for each in one + other):
        return False
    if _OPPOSITE.sub("", one) == other or _OPPOSITE.sub("", other) == one:
        return False
    return _distance_at_most_one(one, other) or sorted(one) == sorted(other)


def _distance_at_most_one(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    return (
        one[start + 1 :] == other[start + 1 :] or one[start:] == other[start + 1 :] or one[start + 1 :] == other[start:]
    )
