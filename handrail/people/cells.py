"""Reads one cell of a staff file: what was meant, or what is wrong with it and how to mend it."""

import re
import unicodedata
from calendar import monthrange
from datetime import date

from handrail.people.places import country_code, language_code

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
LIMITS = {
    "staff_number": 64, "name": 200, "email": 254, "unit": 1000, "function": 120, "job": 200, "level": 60,
    "country": 60, "language": 60, "starts_on": 40, "ends_on": 40, "manager_email": 254, "manager_number": 64,
    "given_name": 100, "family_name": 100,
}  # fmt: skip
EMAIL = re.compile(r"[^\s@,;:<>()\[\]\"\\]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")
NUMERIC = re.compile(r"(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})")
WORDED = re.compile(r"(\d{1,2})\.?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})")
CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$")
# Characters that change how the rest of a line is shown; nobody's name needs them.
TURNERS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Wrong(Exception):
    """A cell that can't be used: the sentence in bold, how to mend it, and a value to offer."""

    def __init__(self, wrong: str, mend: str, suggestion: str = "") -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.mend = mend
        self.suggestion = suggestion


def clean(text: str) -> str:
    """The cell with outer and doubled space gone, in composed letters; Wrong when it hides control characters."""
    if text.isascii() and text.isprintable():
        plain = " ".join(text.split())
        return text if plain == text else plain  # the same string twice would cost memory for a whole workforce
    whole = " ".join(unicodedata.normalize("NFC", text).split())
    for letter in whole:
        if (unicodedata.category(letter) == "Cc") or letter in TURNERS or letter == "\ufffd":
            raise Wrong(
                f"There is a hidden character in it (U+{ord(letter):04X}).",
                "Type the cell again by hand.",
                "".join(each for each in whole if each.isprintable() and each != "\ufffd"),
            )
    return text if whole == text else whole


def fits(text: str, field: str) -> str:
    """The text, or Wrong when it is longer than the field holds."""
    most = LIMITS[field]
    if len(text) > most:
        raise Wrong(f"It has {len(text):,} characters; {most} is the most.", "Shorten it.", text[:most].strip())
    return text


def email(text: str) -> str:
    """An address in lower case, or Wrong."""
    address = text.lower()
    if not address:
        return ""
    if EMAIL.fullmatch(address):
        return text if address == text else address
    if "@" not in address:
        raise Wrong(f"“{text}” is no e-mail address: it has no @.", "Type the whole address, such as ana@example.org.")
    if "." not in address.rpartition("@")[2]:
        raise Wrong(f"“{text}” is no whole e-mail address.", "It looks cut off after the @. Type the whole address.")
    raise Wrong(f"“{text}” is no e-mail address.", "Type one address, without spaces or brackets.")


def country(text: str) -> str:
    """A two-letter country code, or Wrong."""
    code = country_code(text) if text else ""
    if code is None:
        raise Wrong(f"“{text}” is no country we know.", "Type its two-letter code, such as IE or PT.")
    return code


def language(text: str) -> str:
    """A language code, or Wrong."""
    code = language_code(text) if text else ""
    if code is None:
        raise Wrong(f"“{text}” is no language we know.", "Type its code, such as en, pt or pt-BR.")
    return code


def day(text: str, month_first: bool) -> date | None:
    """A date as typed, day first unless told otherwise; Wrong when there is no such day."""
    if not text:
        return None
    parts = date_parts(CLOCK.sub("", text), month_first)
    if parts is None:
        raise Wrong(f"“{text}” is no date.", "Type the day they start or end, such as 30/11/2026 or 2026-11-30.")
    year, month, number = parts
    if not 1 <= month <= 12:
        raise Wrong(f"There is no month {month}.", f"Type the date with the {'month' if month_first else 'day'} first.")
    if not 1940 <= year <= 2100:
        raise Wrong(f"The year {year} can’t be right.", "Type a year between 1940 and 2100, with four digits.")
    most = monthrange(year, month)[1]
    if not 1 <= number <= most:
        words = f"{MONTHS[month - 1].title()} {year if month == 2 else ''}".strip()
        last = f"{month:02}/{most}/{year}" if month_first else f"{most}/{month:02}/{year}"
        raise Wrong(f"{words} has {most} days.", f"Type the right day, such as {last}.", last)
    return date(year, month, number)


def date_parts(text: str, month_first: bool) -> tuple[int, int, int] | None:
    """Year, month and day as typed, unchecked; None when it is no date at all."""
    worded = WORDED.fullmatch(text)
    if worded:
        for number, name in enumerate(MONTHS, start=1):
            if name.startswith(worded[2].lower()):
                return int(worded[3]), number, int(worded[1])
        return None
    numeric = NUMERIC.fullmatch(text)
    if not numeric:
        return None
    first, second, third = numeric.groups()
    if len(first) == 4:
        return int(first), int(second), int(third)
    if len(third) not in (2, 4) or len(first) > 2:
        return None
    year = int(third) + (2000 if len(third) == 2 and int(third) < 70 else 1900 if len(third) == 2 else 0)
    return (year, int(first), int(second)) if month_first else (year, int(second), int(first))


def unit_path(text: str) -> str:
    """A place in the organisation as “Ireland / Galway”, whether typed with / or >."""
    parts = [part.strip() for part in re.split(r"\s*>\s*|\s+/\s+|\s*\\\s*", text)]
    return " / ".join(part for part in parts if part)
