"""Does a new wording ask more, less or the same? Rules that can be explained, proposed to the author to confirm."""

import re
from dataclasses import dataclass
from typing import Literal

from handrail.policy.clause import Clause, Frame
from handrail.policy.text.duty import is_imperative
from handrail.policy.text.matching import words_of
from handrail.policy.text.signs import doubt, signs_of, told
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
_NOTHING_ASKED = "The words changed, but no duty word, number, scope or exception did."
_HOURS = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168, "month": 730, "year": 8760}


@dataclass(frozen=True, slots=True)
class Typed:
    """A type of change and the reason for it in one sentence."""

    change: Change
    why: str


# The same words under the other heading say the opposite, so they are never “unchanged”.
_TURNED = {
    ("do", "don't"): Typed("tightened", "The same words stood among the do’s and are a don’t now."),
    ("don't", "do"): Typed("loosened", "The same words stood among the don’ts and are a do now."),
}


def type_of(old: Clause, new: Clause, pieces: tuple[Piece, ...]) -> Typed:
    """The type of a clause that is in both texts and did not simply move."""
    if old.text == new.text:
        return _TURNED.get((old.kind, new.kind), Typed("unchanged", "The words are the same."))
    editorial = _editorial(old.text, new.text)
    if editorial and (old.frame == new.frame or words_of(old.text) == words_of(new.text)):
        return Typed("editorial", editorial)
    by_signs = _by_signs(old, new, pieces)
    by_duty = _by_duty(old, new)
    if by_duty and by_duty.change == "tightened" and by_signs.change == "loosened":
        return Typed(by_duty.change, f"{by_duty.why} But: {by_signs.why[:1].lower()}{by_signs.why[1:]}")
    return by_duty or by_signs


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
    """What the signs say together: a ban or consent that is gone is never hidden behind what was added."""
    added, removed = told(pieces, "ins"), told(pieces, "del")
    signs = signs_of(old, new, added, removed)
    amounts = _by_amounts(old.text, new.text)
    more = [sign.what for sign in signs if sign.way > 0]
    less = [sign.what for sign in signs if sign.way < 0]
    if amounts and amounts.change == "clarified" and not signs:
        return amounts
    if amounts and amounts.change != "clarified":
        (more if amounts.change == "tightened" else less).insert(0, amounts.why[3:-1])
    lifted = [sign.what for sign in signs if sign.lifts]
    if lifted:
        return Typed("loosened", f"It {lifted[0]}." + (f" But it {more[0]}." if more else ""))
    if more and less:
        both = f"It {more[0]}, but it {less[0]}."
        return Typed("clarified", f"{both} Handrail can’t tell which weighs more: say which.")
    if more or less:
        return Typed("tightened" if more else "loosened", f"It {(more or less)[0]}.")
    return Typed("clarified", doubt(added, removed) or _NOTHING_ASKED)


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
        return Typed("tightened" if more else "loosened", f"It moves the limit from {a_said} to {b_said}.")
    return None


def _amounts(text: str) -> list[tuple[float, str, str]]:
    found = []
    for match in _AMOUNT.finditer(text):
        number = _NUMBERS.get(match[1].lower())
        value = float(number) if number is not None else float(match[1].replace(",", "."))
        unit = (match[2] or "").lower().rstrip("s")
        found.append((value * _HOURS.get(unit, 1), match[0].strip(), text[max(0, match.start() - 30) : match.start()]))
    return found
