"""Does a figure, a period or a date that changed ask more or less? The words round it say."""

import re
from dataclasses import dataclass
from datetime import date

from handrail.policy.text.sameness import number_of

_HOURS = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168, "month": 730, "quarter": 2190, "year": 8760}
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety"
_AMOUNT = re.compile(
    rf"(?P<sign>[€£$])?\b(?P<number>\d+(?:[.,]\d+)*|{_WORDS})\b(?:[\s-]*(?:working |business |calendar )?"
    r"(?P<unit>minutes?|hours?|days?|weeks?|months?|years?|%|percent|euros?|pounds?|dollars?))?",
    re.I,
)
_EVERY = re.compile(
    r"\b(?:(?:once|(?P<twice>twice)) (?:a|every|per) (?P<one>day|week|month|quarter|year)|every (?P<two>day|week|month"
    r"|quarter|year)\b|every (?P<count>\w+) (?P<three>days|weeks|months|years)"
    r"|each (?P<four>day|week|month|quarter|year)"
    r"|(?P<ly>daily|weekly|monthly|quarterly|annually|yearly))\b",
    re.I,
)
_LY = {"daily": 24, "weekly": 168, "monthly": 730, "quarterly": 2190, "annually": 8760, "yearly": 8760}
_MONTHS = "january february march april may june july august september october november december".split()
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{'|'.join(_MONTHS)})|(?P<month2>{'|'.join(_MONTHS)}) "
    rf"(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)(?:,? (?P<year>\d{{4}}))?\b|\b(?P<iso>\d{{4}}-\d\d-\d\d)\b",
    re.I,
)
_AT_ONCE = re.compile(
    r"\b(?:immediately|at once|straight away|right away|without delay|(?:on )?the same day"
    r"|by the end of the (?:same )?day|promptly|as soon as possible)\b",
    re.I,
)
_CEILING = re.compile(
    r"\b(?:within|in under|under|below|at most|no more than|not more than|maximum(?: of)?|the maximum .{0,30}\bis"
    r"|limit .{0,30}\bis|up to|before|less than|fewer than|no later than|not later than|by|in)\s*$",
    re.I,
)
_FLOOR = re.compile(
    r"\b(?:at least|minimum(?: of)?|the minimum .{0,30}\bis|more than|no fewer than|not less than|no less than"
    r"|not fewer than|older than|over|above)\s*$",
    re.I,
)
_THRESHOLD = re.compile(
    r"\b(?:must|has to|have to|need(?:s)? (?:approval|to)|requires?|(?:is|are) (?:declared|reported|approved))\b",
    re.I,
)
_KEPT = re.compile(r"\b(?:keep|kept|store[ds]?|retain(?:ed)?|held|hold|archive[ds]?|wait|preserve[ds]?)\b", re.I)
_ENDS = re.compile(
    r"\b(?:delete[ds]?|remove[ds]?|closed?|erased?|destroy(?:ed)?|expires?|lapses?|end(?:s|ed)?)\b", re.I
)
_COUNTED = re.compile(
    r"^\W*(?:\w+ )?(?:people|persons|readers?|editors?|colleagues|administrators?|approvers?|reviewers?|witnesses"
    r"|characters|letters|factors?|sources?|signatures?|holders?|owners?|members?|moderators?|managers?|checks?)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What changed figures say: `way` above 0 asks more, below 0 less, 0 nobody can tell; `why` in words."""

    way: int
    why: str


@dataclass(frozen=True, slots=True)
class _Amount:
    value: float
    said: str
    before: str
    after: str
    is_time: bool
    is_money: bool


def turned(old: str, new: str, *, ban: bool, freedom: bool) -> Turn | None:
    """What the figures of two wordings say; None where no figure, period or date changed."""
    for found in (_by_dates(old, new), _by_rhythm(old, new)):
        if found is not None:
            return found
    was, now = _amounts(_DATE.sub(" ", _EVERY.sub(" ", old))), _amounts(_DATE.sub(" ", _EVERY.sub(" ", new)))
    if len(was) != len(now):
        return None
    for one, other in zip(was, now, strict=True):
        if one.value == other.value and one.is_money == other.is_money:
            continue
        way = _way(one, old, ban, freedom)
        if way == 0 or _way(other, new, ban, freedom) != way:
            return Turn(0, f"A figure changed from {one.said} to {other.said}; say whether that asks more.")
        more = (other.value > one.value) == (way > 0)
        return Turn(1 if more else -1, f"It moves the limit from {one.said} to {other.said}.")
    return None


def _way(amount: _Amount, text: str, ban: bool, freedom: bool) -> int:
    """Above 0: a larger figure asks more; below 0: a larger figure asks less; 0: nobody can tell."""
    before, after = amount.before, amount.after
    if _FLOOR.search(before):
        return -1 if amount.is_money and _THRESHOLD.search(after) else 1
    if re.match(r"\W*(?:before|ahead|in advance|prior)\b", after) and amount.is_time:
        return 1
    if re.search(r"\b(?:aged?|under|below)\s*$", before) and ban and not amount.is_time and not amount.is_money:
        return 1
    if _CEILING.search(before):
        return -1
    if amount.is_time and _ENDS.search(text):
        return -1
    if amount.is_time and _KEPT.search(text):
        return 1
    if _COUNTED.search(after) and not freedom and not ban:
        return 1
    return 0


def _amounts(text: str) -> list[_Amount]:
    found = []
    for match in _AMOUNT.finditer(text):
        word = match["number"]
        value = float(word.replace(",", "")) if word[0].isdigit() else float(number_of(word))
        unit = (match["unit"] or "").lower().rstrip("s")
        money = bool(match["sign"]) or unit in ("euro", "pound", "dollar")
        before, after = text[max(0, match.start() - 50) : match.start()], text[match.end() :]
        found.append(_Amount(value * _HOURS.get(unit, 1), match[0].strip(), before, after, unit in _HOURS, money))
    for match in _AT_ONCE.finditer(text):
        hours = 24.0 if "day" in match[0].lower() else 1.0
        found.append(_Amount(hours, f"“{match[0].lower()}”", "within ", text[match.end() :], True, False))
    return found


def _by_rhythm(old: str, new: str) -> Turn | None:
    """How often something is done: more often asks more."""
    was, now = _rhythms(old), _rhythms(new)
    if len(was) != 1 or len(now) != 1 or was[0][0] == now[0][0]:
        return None
    more = now[0][0] < was[0][0]
    return Turn(
        1 if more else -1, f"It is done {'more' if more else 'less'} often: “{was[0][1]}” is “{now[0][1]}” now."
    )


def _rhythms(text: str) -> list[tuple[float, str]]:
    found = []
    for match in _EVERY.finditer(text):
        if match["ly"]:
            hours = float(_LY[match["ly"].lower()])
        elif match["count"]:
            word = match["count"].lower()
            count = float(word) if word.isdigit() else float(number_of(word) or 1)
            hours = _HOURS[match["three"].lower().rstrip("s")] * count
        else:
            unit = (match["one"] or match["two"] or match["four"]).lower()
            hours = _HOURS[unit] / (2 if match["twice"] else 1)
        found.append((hours, match[0].lower()))
    return found


def _by_dates(old: str, new: str) -> Turn | None:
    """A day by which or from which something is asked: earlier asks more; “until” the other way round."""
    was, now = _dates(old), _dates(new)
    if len(was) != 1 or len(now) != 1 or was[0][0] == now[0][0]:
        return None
    (before, one, lead), (after, other, lead_now) = was[0], now[0]
    if lead != lead_now or lead not in ("by", "from", "before", "until", "since", "as of", "after", "starting"):
        return Turn(0, f"A day changed from {one} to {other}; say whether that asks more.")
    earlier = after < before
    more = earlier != (lead == "until")
    return Turn(1 if more else -1, f"It says “{lead}” {other} and no longer {one}.")


def _dates(text: str) -> list[tuple[date, str, str]]:
    found = []
    for match in _DATE.finditer(text):
        try:
            if match["iso"]:
                day = date.fromisoformat(match["iso"])
            else:
                month = _MONTHS.index((match["month"] or match["month2"]).lower()) + 1
                day = date(int(match["year"] or 2000), month, int(match["day"] or match["day2"]))
        except ValueError:
            continue
        lead = re.search(
            r"\b(by|from|before|until|since|as of|after|starting)(?: the)?\s*$", text[: match.start()], re.I
        )
        found.append((day, match[0], lead[1].lower() if lead else ""))
    return found
