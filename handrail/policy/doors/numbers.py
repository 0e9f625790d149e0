"""How is a clause cited? The number of its part and a letter: 2.1(c)."""

from collections.abc import Mapping

from handrail.policy.sheet import Part


def letter(place: int) -> str:
    """0 is a, 25 is z, 26 is aa."""
    said = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        said = chr(97 + rest) + said
    return said


def numbers_of(parts: list[Part]) -> Mapping[str, str]:
    """The number of each clause by its id; clauses before the first heading have only a letter."""
    found: dict[str, str] = {}
    for part in parts:
        kept = [row for row in part.every_row() if row.change != "removed"]
        for place, row in enumerate(kept):
            found[row.clause.id] = f"{part.number}({letter(place)})"
    return found
