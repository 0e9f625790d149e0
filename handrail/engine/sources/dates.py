"""What moment does this cell mean, and does the day or the month come first in this column?"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec

Order = Literal["day", "month", "iso"]
_SLASHED = re.compile(r"\s*(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})\b,?\s*(.*)$")
_CLOCK = re.compile(
    r"(?:at\s+)?(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([AaPp])?\.?[Mm]?\.?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$"
)
_ZONED = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?)\s*(UTC|GMT|Z|[+-]\d{2}:?\d{2})$")
_LETTERS = re.compile(r"[A-Za-z]{3}")
_NUMBER = re.compile(r"\d{10}(?:\.\d+)?$|\d{13}$|\d{16}$")
_WRITTEN = (
    "%a %b %d %H:%M:%S %z %Y",
    "%d-%b-%Y %I:%M%p",
    "%d-%b-%Y %H:%M",
    "%d %b %Y %H:%M:%S",
    "%d %b %Y %H:%M",
    "%b %d, %Y %I:%M %p",
    "%b %d, %Y @ %I:%M %p",
    "%a, %d %b %Y %H:%M:%S %z",
    "%a, %d %b %Y %H:%M:%S GMT",
    "%d %B %Y %H:%M",
    "%B %d, %Y %I:%M %p",
    "%B %d, %Y",
    "%b %d, %Y",
    "%d-%b-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class DateOrder(msgspec.Struct, frozen=True):
    """Which part of 03/04/2026 is the day, why we think so, and whether the data proves it."""

    order: Order
    reason: str
    sure: bool


def decide_order(cells: Iterable[str]) -> DateOrder:
    """Decide from a column's cells: a part above 12 can only be a day."""
    day = month = unclear = 0
    for cell in cells:
        found = _SLASHED.match(cell)
        if found is None:
            continue
        first, second = int(found.group(1)), int(found.group(2))
        if first > 12 >= second:
            day += 1
        elif second > 12 >= first:
            month += 1
        else:
            unclear += 1
    if not (day or month or unclear):
        return DateOrder("iso", "The dates name the year first or the month by its name, so nothing is unclear.", True)
    if day >= month and day:
        against = "none" if not month else f"{month:,}"
        return DateOrder("day", f"{_dates(day)} with the day first, and {against} with the month first.", not month)
    if month:
        against = "none" if not day else f"{day:,}"
        return DateOrder("month", f"{_dates(month)} with the month first, and {against} with the day first.", not day)
    reason = f"All {unclear:,} dates could be read either way; we take the day first. Change it if that is wrong."
    return DateOrder("day", reason, False)


def _dates(count: int) -> str:
    return "1 date only makes sense" if count == 1 else f"{count:,} dates only make sense"


class DateReader:
    """Reads one column's cells into UTC moments; a time without a zone counts as UTC."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._last = _WRITTEN[0]

    def read(self, cell: str) -> datetime | None:
        """The moment, or None when the cell means no moment in this order."""
        try:
            return _utc(datetime.fromisoformat(cell))
        except (ValueError, OverflowError):
            pass
        cell = cell.strip()
        if _NUMBER.match(cell):
            return _from_number(cell)
        found = _SLASHED.match(cell)
        if found is not None:
            return self._slashed(found)
        return self._written(cell)

    def _slashed(self, found: re.Match[str]) -> datetime | None:
        first, second, year = int(found.group(1)), int(found.group(2)), int(found.group(3))
        day, month = (second, first) if self._order == "month" else (first, second)
        try:
            date = datetime(year + 2000 if year < 100 else year, month, day, tzinfo=UTC)
        except ValueError:
            return None
        return _with_clock(date, found.group(4).strip())

    def _written(self, cell: str) -> datetime | None:
        if _LETTERS.search(cell) is None and not cell[:4].isdigit():
            return None
        for shape in (self._last, *_WRITTEN):
            try:
                moment = _utc(datetime.strptime(cell, shape))
            except (ValueError, OverflowError):
                continue
            self._last = shape
            return moment
        found = _ZONED.match(cell)
        if found is None:
            return None
        zone = found.group(3) if found.group(3)[0] in "+-" else "+00:00"
        try:
            return _utc(datetime.fromisoformat(f"{found.group(1)}T{found.group(2)}{zone}"))
        except (ValueError, OverflowError):
            return None


def _with_clock(date: datetime, clock: str) -> datetime | None:
    if not clock:
        return date
    found = _CLOCK.match(clock)
    if found is None:
        return None
    hour, minute, second = int(found.group(1)), int(found.group(2)), int(found.group(3) or 0)
    half = (found.group(4) or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    zone = found.group(5) or ""
    away = timedelta(0)
    if zone[:1] in ("+", "-"):
        away = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])) * (1 if zone[0] == "+" else -1)
    return date.replace(hour=hour, minute=minute, second=second) - away


def _from_number(cell: str) -> datetime | None:
    whole = cell.partition(".")[0]
    scale = {10: 1_000_000, 13: 1000, 16: 1}[len(whole)]
    try:
        return _EPOCH + timedelta(microseconds=int(whole) * scale)
    except (OverflowError, ValueError):
        return None


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
