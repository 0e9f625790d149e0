"""What a person typed, looked at before it is kept: no hidden characters, and no day out of reach."""

import unicodedata
from datetime import date

from handrail.kernel.errors import BadInput

EARLIEST, LATEST = date(1990, 1, 1), date(2200, 12, 31)
# Characters that change how the rest of a line is shown; nobody's words need them.
_TURNERS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_ENDS = frozenset("\t\n\r")


def hidden_character(text: str) -> str:
    """The first character that nobody sees and no text needs, as U+0007; nothing where there is none."""
    if text.isprintable():
        return ""
    for letter in text:
        unseen = unicodedata.category(letter) in ("Cc", "Cs") and letter not in _LINE_ENDS
        if unseen or letter in _TURNERS:
            return f"U+{ord(letter):04X}"
    return ""


def check_words(**typed: str) -> None:
    """Raise BadInput for the first field whose words hold a hidden character."""
    for field, text in typed.items():
        if found := hidden_character(text):
            words = field.replace("_", " ")
            raise BadInput(f"There is a hidden character in the {words} ({found}). Type it again by hand.", field=field)


def in_reach(day: date) -> bool:
    """Whether an organisation can mean this day."""
    return EARLIEST <= day <= LATEST


def check_days(**typed: date | None) -> None:
    """Raise BadInput for the first field whose day nobody can mean, such as one in the year 1."""
    for field, day in typed.items():
        if day is not None and not in_reach(day):
            raise BadInput(
                f"The year {day.year} can’t be right. Choose a day between {EARLIEST.year} and {LATEST.year}.",
                field=field,
            )
