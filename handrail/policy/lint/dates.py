"""Which day a policy means when it writes a date, in any of the usual ways."""

import re
from collections.abc import Iterator
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1
    )
    for name in names.split()
}  # fmt: skip
_MONTH = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    r"\b(?:(?P<y1>(?:19|20)\d\d)-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th)?[ -](?:of )?" + _MONTH.format("m2") + r"\.?,?[ -](?P<y2>(?:19|20)\d\d)"
    r"|" + _MONTH.format("m3") + r"\.? (?P<d3>\d{1,2})(?:st|nd|rd|th)?,? (?P<y3>(?:19|20)\d\d)"
    r"|(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y4>(?:19|20)\d\d)"
    r"|" + _MONTH.format("m5") + r"\.?,?[ /-](?P<y5>(?:19|20)\d\d)"
    r"|(?P<m6>0?[1-9]|1[0-2])/(?P<y6>(?:19|20)\d\d)"
    r"|(?P<y7>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)


def dates_in(text: str) -> Iterator[tuple[str, date]]:
    """Each date in a text as written and as the last day it can mean, so that nobody is late too early."""
    for found in _DATE.finditer(text):
        day = _day(found)
        if day:
            yield found.group(), day


def shown(day: date) -> str:
    """A date for people: 27 November 2026."""
    return f"{day.day} {day:%B %Y}"


def _day(found: re.Match[str]) -> date | None:
    part = found.groupdict()
    for number in ("1", "2", "3"):
        if part[f"y{number}"]:
            return _exact(part[f"y{number}"], part[f"m{number}"], part[f"d{number}"])
    if part["y4"]:
        either = [_exact(part["y4"], part["a"], part["b"]), _exact(part["y4"], part["b"], part["a"])]
        return max((day for day in either if day), default=None)
    if part["y5"] or part["y6"]:
        return _month_end(int(part["y5"] or part["y6"]), _month(part["m5"] or part["m6"]))
    return date(int(part["y7"]), 12, 31)


def _month(written: str) -> int:
    return int(written) if written.isdigit() else MONTHS[written.lower()]


def _exact(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), _month(month), int(day))
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
