"""What Find gives back: hits of one kind in a group, and the words around the place where something was found."""

from dataclasses import dataclass

LIMIT = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what it is called, a line about it, and where it is."""

    words: str
    about: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind; `more` when there are others beyond those shown."""

    name: str
    hits: list[Hit]
    more: bool = False


def around(text: str, words: str) -> str:
    """The text around the first place where the words stand."""
    flat = " ".join(text.split())
    at = max(flat.casefold().find(words.casefold()), 0)
    start = max(at - 60, 0)
    cut = flat[start : start + 160]
    return ("…" if start else "") + cut + ("…" if start + 160 < len(flat) else "")
