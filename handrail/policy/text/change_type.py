"""Does a new wording ask more, less or the same? Rules that can be explained, proposed to the author to confirm."""

import re
from dataclasses import dataclass
from typing import Literal

from handrail.policy.clause import Clause, Frame
from handrail.policy.text.duty import is_imperative, plain_quotes
from handrail.policy.text.matching import words_of
from handrail.policy.text.words import Piece

Change = Literal["unchanged", "moved", "editorial", "clarified", "tightened", "loosened", "new", "removed"]
_STRENGTH: dict[Frame, int] = {"": 0, "we will": 0, "may": 1, "should": 2, "should not": 2, "must": 3, "must not": 3}
_DUTY_WORDS = frozenset(
    (
        "must shall should may can cannot can't mustn't shouldn't not never no nor none don't won't only all "
        "any every each always unless except without before after within until least most more less fewer now"
    ).split()
)
_OPPOSITE = re.compile(r"^(?:un|in|im|il|ir|dis|non|mis|anti|de)-?")
_SMALL = frozenset(("a an the of to in on at that which this these it its").split())
_EXCEPTION = re.compile(
    r"\b(?:unless|except(?:ing|ion)?|other than|apart from|excluding|does not apply|not include)\b", re.I
)
_SOFTENER = re.compile(
    r"\b(?:where possible|if (?:you can|possible)|when(?:ever)? possible|usually|normally|generally|in most cases"
    r"|try to|aim to|as far as possible|where practical)\b",
    re.I,
)
_SCOPE = re.compile(
    r"\b(?:all|any|every|each|always|at all times|anyone|anything|anywhere|including|whatever|either)\b", re.I
)
_ONLY = re.compile(r"\bonly\b", re.I)
_NEGATION = re.compile(r"\b(?:not|never|no|nor|neither|don't|mustn't|cannot|can't)\b", re.I)
_CEILING = re.compile(
    r"\b(?:within|under|at most|no more than|not more than|maximum(?: of)?|up to|before|less than|fewer than|by)\s*$",
    re.I,
)
_FLOOR = re.compile(
    r"\b(?:at least|minimum(?: of)?|more than|no fewer than|not less than|no less than|over|after)\s*$", re.I
)
_AMOUNT = re.compile(
    r"\b(\d+(?:[.,]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty)\b(?:\s*(?:working\s+)?"
    r"(minutes?|hours?|days?|weeks?|months?|years?|%|percent))?",
    re.I,
)
_NUMBERS = {
    word: value for value, word in enumerate(("zero one two three four five six seven eight nine ten").split())
} | {"twelve": 12, "twenty": 20, "thirty": 30}
_HOURS = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168, "month": 730, "year": 8760}


@dataclass(frozen=True, slots=True)
class Typed:
    """A type of change and the reason for it in one sentence."""

    change: Change
    why: str


def type_of(old: Clause, new: Clause, pieces: tuple[Piece, ...]) -> Typed:
    """The type of a clause that is in both texts and did not simply move."""
    by_duty = _by_duty(old, new)
    if old.text == new.text:
        return by_duty or Typed("unchanged", "The words are the same.")
    if by_duty:
        return by_duty
    editorial = _editorial(old.text, new.text)
    if editorial:
        return Typed("editorial", editorial)
    return _by_signs(old, new, pieces)


def _strength(clause: Clause) -> int:
    if clause.frame in ("", "we will"):
        return 3 if clause.kind in ("do", "don't") and is_imperative(clause.text) else 0
    return _STRENGTH[clause.frame]


def _by_duty(old: Clause, new: Clause) -> Typed | None:
    """A clause whose duty word changed, in itself or in the lead-in or heading over it."""
    if old.frame == new.frame:
        return None
    was, now = _strength(old), _strength(new)
    if "not" in new.frame and "not" not in old.frame:
        return Typed("tightened", f"It now says “{new.frame}”, which it did not before.")
    if "not" in old.frame and "not" not in new.frame:
        said = f"says “{new.frame}”" if new.frame else "states no duty"
        return Typed("loosened", f"It said “{old.frame}” and now {said}.")
    if was == now or {was, now} == {0, 1}:
        return None
    words = (f"“{old.frame}”" if old.frame else "no duty", f"“{new.frame}”" if new.frame else "no duty")
    return Typed("tightened" if now > was else "loosened", f"The duty goes from {words[0]} to {words[1]}.")


def _editorial(old: str, new: str) -> str:
    was, now = words_of(old), words_of(new)
    if was == now:
        return "Only punctuation or capitals changed."
    if [word for word in was if word not in _SMALL] == [word for word in now if word not in _SMALL]:
        return "Only small words such as “the” changed."
    if len(was) == len(now):
        differing = [(a, b) for a, b in zip(was, now, strict=True) if a != b]
        if len(differing) <= max(2, len(was) // 5) and all(_typo(a, b) for a, b in differing):
            return "Only spelling changed."
    return ""


def _typo(one: str, other: str) -> bool:
    """Whether two words are the same but for a letter, and neither turns the other into its opposite."""
    if one in _DUTY_WORDS or other in _DUTY_WORDS or one[0] != other[0] or max(len(one), len(other)) < 4:
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


def _by_signs(old: Clause, new: Clause, pieces: tuple[Piece, ...]) -> Typed:
    added = plain_quotes(" ".join(piece.text for piece in pieces if piece.op == "ins"))
    removed = plain_quotes(" ".join(piece.text for piece in pieces if piece.op == "del"))
    amounts = _by_amounts(old.text, new.text)
    if amounts:
        return amounts
    signs = _signs(added, 1) + [(-weight, f"no longer {words}") for weight, words in _signs(removed, 1)]
    total = sum(weight for weight, _ in signs)
    if total:
        reason = next(words for weight, words in signs if (weight > 0) == (total > 0))
        return Typed("tightened" if total > 0 else "loosened", f"It {reason}.")
    return _by_length(old, new, added, removed)


def _signs(words: str, way: int) -> list[tuple[int, str]]:
    """What words, where they were added, do to a duty: more (above 0) or less."""
    signs: list[tuple[int, str]] = []
    for pattern, weight, what in (
        (_EXCEPTION, -2, "makes an exception"),
        (_SOFTENER, -1, "leaves room to do otherwise"),
        (_ONLY, 1, "says “only”"),
        (_SCOPE, 1, "covers more"),
    ):
        found = pattern.search(words)
        if found:
            signs.append(
                (
                    way * weight,
                    what if weight < 0 else f"{what} (“{found[0].lower()}”)" if what == "covers more" else what,
                )
            )
    if not signs and _NEGATION.search(words):
        signs.append((way, "forbids something"))
    return signs


def _by_length(old: Clause, new: Clause, added: str, removed: str) -> Typed:
    """Words only added to, or only taken from, a rule: a longer list of duties or bans asks more, of freedoms less."""
    many, few = len(words_of(added)), len(words_of(removed))
    rule = new.kind in ("do", "don't") and old.kind == new.kind
    freedom = new.frame == "may"
    if rule and many and not few and _joins(added):
        return Typed("loosened" if freedom else "tightened", "The list of what it names is longer.")
    if rule and few and not many and _joins(removed):
        return Typed("tightened" if freedom else "loosened", "The list of what it names is shorter.")
    return Typed("clarified", "The words changed, but no duty word, number, scope or exception did.")


def _joins(words: str) -> bool:
    """Whether the words add a member to a list or a further duty: “, a room or a table”, “and say where”."""
    stripped = words.strip()
    return bool(
        re.match(r"(?:,|;|\band\b|\bor\b)", stripped, re.I) or re.search(r",? (?:and|or)$", stripped, re.I)
    ) or any(is_imperative(sentence) for sentence in re.split(r"(?<=[.!?])\s+", stripped))


def _by_amounts(old: str, new: str) -> Typed | None:
    was, now = _amounts(old), _amounts(new)
    if len(was) != len(now):
        return None
    for (a, a_said, a_before), (b, b_said, b_before) in zip(was, now, strict=True):
        if a == b:
            continue
        if _CEILING.search(b_before) and _CEILING.search(a_before):
            more = b < a
        elif _FLOOR.search(b_before) and _FLOOR.search(a_before):
            more = b > a
        else:
            return Typed("clarified", f"A figure changed from {a_said} to {b_said}; say whether that asks more.")
        return Typed("tightened" if more else "loosened", f"The limit goes from {a_said} to {b_said}.")
    return None


def _amounts(text: str) -> list[tuple[float, str, str]]:
    found = []
    for match in _AMOUNT.finditer(text):
        number = _NUMBERS.get(match[1].lower())
        value = float(number) if number is not None else float(match[1].replace(",", "."))
        unit = (match[2] or "").lower().rstrip("s")
        found.append((value * _HOURS.get(unit, 1), match[0].strip(), text[max(0, match.start() - 30) : match.start()]))
    return found
