"""Finds people who would manage one another, so that the chain of line managers always ends."""

from collections.abc import Mapping


def circles(manager_of: Mapping[str, str]) -> list[list[str]]:
    """Every circle among the links person → line manager, each from its smallest key on, in the order they report."""
    done: set[str] = set()
    found: list[list[str]] = []
    for start in manager_of:
        trail: dict[str, int] = {}
        here = start
        while here and here not in done and here not in trail:
            trail[here] = len(trail)
            here = manager_of.get(here, "")
        if here in trail:
            circle = list(trail)[trail[here] :]
            first = circle.index(min(circle))
            found.append(circle[first:] + circle[:first])
        done.update(trail)
    return found


def without_circles(wished: Mapping[str, str], today: Mapping[str, str]) -> tuple[dict[str, str], list[list[str]]]:
    """The wished links with every circle mended by keeping today's link for its members, and the circles found.

    Today's links hold no circle, so each round turns at least one wished link back and the loop ends.
    """
    links = dict(wished)
    found: list[list[str]] = []
    while True:
        round_found = circles(links)
        if not round_found:
            return links, found
        for circle in round_found:
            kept = [person for person in circle if links[person] != today.get(person, "")]
            for person in kept or circle:
                links[person] = today.get(person, "") if kept else ""
        found.extend(round_found)
