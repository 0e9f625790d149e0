"""STR-07: lines that forbid what others ask, give other numbers for the same thing, or say the same again."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from handrail.policy.clause import Clause, Document
from handrail.policy.lint.duty import duties_by_deed
from handrail.policy.lint.finding import Context, Hit
from handrail.policy.lint.reading import Reading, Sentence
from handrail.policy.lint.rulebook import detector
from handrail.policy.lint.stems import likeness, weighty

SAME_OBJECT = 0.8
SAME_WORDS = 0.8
_COMPARED_AT_MOST = 8
_FEWEST_WORDS = 10
_WORDS_READ = 200
_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fourteen": 14, "twenty-four": 24, "thirty": 30, "sixty": 60, "ninety": 90,
}  # fmt: skip
_HOURS = {
    "minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0, "fortnight": 336.0, "month": 730.0, "quarter": 2190.0,
    "year": 8760.0,
}  # fmt: skip
_QUANTITY = re.compile(
    r"\b(?P<n>\d{1,6}(?:\.\d{1,3})?|" + "|".join(_NUMBER_WORDS) + r")(?:[ -](?:working|business|calendar|full"
    r"|consecutive))?"
    r"[ -](?P<unit>minutes?|hours?|days?|weeks?|fortnights?|months?|quarters?|years?|per ?cent|%|people|persons"
    r"|holders|"
    r"approvers|moderators|administrators|admins|characters|words|posts?)\b|\b(?P<share>\d{1,3}(?:\.\d{1,2})?) ?%"
    r"|\b(?P<often>once|twice) (?:a|per|each|every) (?P<each>day|week|month|quarter|year)\b"
    r"|\b(?P<regular>daily|weekly|monthly|quarterly|annually|yearly|every (?:day|week|month|quarter|year))\b",
    re.IGNORECASE,
)
_COUNTING = frozenset(
    {*_NUMBER_WORDS, "once", "twice", "daily", "weekly", "monthly", "quarterly", "annually", "yearly", "every"}
)
_UNIT_PARTS = (
    *("minute", "hour", "day", "week", "fortnight", "month", "quarter", "year", "annual", "%", "cent", "people"),
    *("persons", "holders", "approvers", "moderators", "admin", "characters", "words", "post", "dail"),
)
_REGULAR = {
    "daily": 24.0, "weekly": 168.0, "monthly": 730.0, "quarterly": 2190.0, "annually": 8760.0, "yearly": 8760.0,
    "every day": 24.0, "every week": 168.0, "every month": 730.0, "every quarter": 2190.0, "every year": 8760.0,
}  # fmt: skip
_DEEDS = {
    "answer": r"repl(?:y|ies|ied)|respond\w*|response|answer\w*|acknowledg\w*",
    "review": r"review\w*|check\w*|audit\w*",
    "report": r"report\w*|notif\w*|tell|inform\w*|escalat\w*",
    "remove": r"delet\w*|remov\w*|erase\w*|clos(?:e|ed|ing)|revok\w*",
    "keep": r"keep|kept|retain\w*|retention|stor(?:e|ed|age)|archiv\w*",
    "change": r"chang(?:e|ed)|rotat\w*|renew\w*|updat\w*",
    "train": r"train\w*|course",
    "approve": r"approv\w*|sign off|clear(?:ed|ance)",
    "hold": r"holders?|hold|administrators?|admins|moderators",
}
_DEED = re.compile(r"\b(?:" + "|".join(f"(?P<{deed}>{said})" for deed, said in _DEEDS.items()) + r")\b", re.IGNORECASE)


@detector("STR-07")
def contradictions(document: Document, context: Context) -> Iterator[Hit]:
    """Pairs of lines that disagree or repeat each other; the later one is marked."""
    yield from _must_and_must_not(context.reading)
    yield from _other_numbers(context.reading)
    yield from _repeats(context.reading)


def _must_and_must_not(reading: Reading) -> Iterator[Hit]:
    for together in duties_by_deed(reading).values():
        told: set[str] = set()
        for one, other in combinations(together, 2):
            differ = one.forbids != other.forbids and not one.limited and not other.limited
            same = likeness(one.about, other.about) >= SAME_OBJECT and one.scope == other.scope
            weak = {one.strength, other.strength} & {"expected"}
            if differ and same and not weak and other.sentence.text not in told:
                told.add(other.sentence.text)
                values = {
                    "line": one.sentence.clause.line_start,
                    "one": _said(other.strength, other.forbids),
                    "other": _said(one.strength, one.forbids),
                }
                yield Hit(other.sentence.text, other.sentence.clause, values=values)


def _said(strength: str, forbids: bool) -> str:
    return f"{strength} not" if forbids else strength


@dataclass(frozen=True, slots=True)
class _Quantity:
    sentence: Sentence
    words: str
    amount: float
    about: frozenset[str]
    figures: frozenset[str]


def _other_numbers(reading: Reading) -> Iterator[Hit]:
    """Sentences on the same deed and object whose times, shares or counts differ by more than a rounding."""
    for (deed, unit), found in _quantities(reading).items():
        told: set[str] = set()
        by_word: dict[str, list[_Quantity]] = defaultdict(list)
        for quantity in found:
            near = {id(each): each for word in quantity.about for each in by_word[word]}
            for earlier in near.values():
                if _disagree(earlier, quantity) and quantity.sentence.text not in told:
                    told.add(quantity.sentence.text)
                    values = {
                        "line": earlier.sentence.clause.line_start, "one": quantity.words, "other": earlier.words,
                        "deed": deed, "unit": unit,
                    }  # fmt: skip
                    yield Hit(quantity.sentence.text, quantity.sentence.clause, wording="numbers", values=values)
            for word in quantity.about:
                by_word[word] = [*by_word[word][1 - _COMPARED_AT_MOST :], quantity]


def _disagree(one: _Quantity, other: _Quantity) -> bool:
    if one.sentence.clause is other.sentence.clause:
        return False
    if max(one.amount, other.amount) <= 1.15 * min(one.amount, other.amount) or one.figures != other.figures:
        return False
    return likeness(one.about, other.about) >= 0.6


def _quantities(reading: Reading) -> dict[tuple[str, str], list[_Quantity]]:
    found: dict[tuple[str, str], list[_Quantity]] = defaultdict(list)
    for passage in reading.passages:
        if passage.clause.kind == "example" or not passage.has(_UNIT_PARTS):
            continue
        for sentence in passage.sentences:
            if not any(word[0].isdigit() or word.lower() in _COUNTING for word in sentence.words):
                continue
            matches = list(_QUANTITY.finditer(sentence.text))
            if len(matches) != 1:
                continue
            deed = _DEED.search(sentence.text)
            if not deed:
                continue
            unit, amount = _amount(matches[0])
            rest = _DEED.sub(" ", sentence.text.replace(matches[0].group(), " "))
            about = frozenset(weighty(rest)) - {"within", "least", "tim", "work", "busi", "once", "twic"}
            if about and amount:
                figures = frozenset(word for word in about if word[0].isdigit())
                found[deed.lastgroup or "", unit].append(
                    _Quantity(sentence, matches[0].group(), amount, about - figures, figures)
                )
    return found


def _amount(found: re.Match[str]) -> tuple[str, float]:
    if found["share"]:
        return "share", float(found["share"])
    if found["often"]:
        return "time", _HOURS[found["each"].lower()] / (2 if found["often"].lower() == "twice" else 1)
    if found["regular"]:
        return "time", _REGULAR[found["regular"].lower()]
    number = float(_NUMBER_WORDS.get(found["n"].lower()) or found["n"])
    unit = found["unit"].lower().rstrip("s")
    if unit in _HOURS:
        return "time", number * _HOURS[unit]
    return ("share" if unit in ("percent", "per cent", "%") else unit), number


def _repeats(reading: Reading) -> Iterator[Hit]:
    """Sentences of ten words or more of which four in five word triples already stood in another clause."""
    known = _Seen()
    told: set[tuple[int, int]] = set()
    for passage in reading.passages:
        if passage.clause.form == "table_row":
            continue
        for sentence in passage.sentences:
            earlier = known.earlier(sentence) if len(sentence.words) >= _FEWEST_WORDS else None
            pair = (earlier.line_start, passage.clause.line_start) if earlier else None
            if earlier and earlier is not passage.clause and pair and pair not in told:
                told.add(pair)
                values = {"line": earlier.line_start}
                yield Hit(sentence.text, passage.clause, wording="repeat", severity="improve", values=values)


class _Seen:
    """Sentences met so far, found again by their words or by word triples that only close ones share."""

    def __init__(self) -> None:
        self._exact: dict[tuple[str, ...], Clause] = {}
        self._near: dict[int, list[tuple[frozenset[int], Clause]]] = defaultdict(list)

    def earlier(self, sentence: Sentence) -> Clause | None:
        """The clause that said nearly the same before; the sentence is remembered."""
        words = tuple(word.lower() for word in sentence.words[:_WORDS_READ])
        if words in self._exact:
            return self._exact[words]
        self._exact[words] = sentence.clause
        triples = frozenset(hash(words[at : at + 3]) for at in range(len(words) - 2))
        # Two sets this alike must share one of their smallest members, so only those are looked up.
        heads = sorted(triples)[: int((1 - SAME_WORDS) * len(triples)) + 1]
        near = [one for head in heads for one in self._near.get(head, ())]
        match = next((clause for seen, clause in near if likeness(seen, triples) > SAME_WORDS), None)
        for head in heads:
            if len(self._near[head]) < _COMPARED_AT_MOST:
                self._near[head].append((triples, sentence.clause))
        return match
