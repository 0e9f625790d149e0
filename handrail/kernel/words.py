"""How numbers and lists are said in a sentence: seven, 12 people, a, b and c."""

from collections.abc import Sequence

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def count(number: int) -> str:
    """A number as a sentence says it: words up to nine, then digits with thousands set apart."""
    return SMALL[number] if 0 <= number < len(SMALL) else f"{number:,}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: 1 goal, 3 goals, 6,400 people."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(parts: Sequence[str], joint: str = "and") -> str:
    """Parts as a list in a sentence: a; a and b; a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joint} {parts[-1]}"


def sentence_case(text: str) -> str:
    """The text with its first letter raised and the rest as it was."""
    return text[:1].upper() + text[1:]
