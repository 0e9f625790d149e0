"""Draws people who would manage one another: a ring of names with arrows, and today's line manager of the first."""

from collections.abc import Mapping, Sequence
from math import atan2, cos, pi, sin
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from handrail.kernel.words import listed

MOST = 6
WIDTH, HEIGHT = 360, 220


def circle_picture(circle: Sequence[Mapping[str, Any]]) -> SafeString:
    """The ring as SVG; colours come from classes, so it reads in light and dark."""
    shown = list(circle[:MOST])
    points = [_point(index, len(shown)) for index in range(len(shown))]
    arrows = format_html_join(
        "",
        '<path class="ring" d="M{} {}L{} {}"/><path class="tip" d="M{} {}L{} {}L{} {}z"/>',
        (_arrow(points[index], points[(index + 1) % len(points)]) for index in range(len(points))),
    )
    names = format_html_join(
        "",
        '<text class="lab" x="{0}" y="{1}" text-anchor="middle">{2}</text>'
        '<text x="{0}" y="{3}" text-anchor="middle">{4}</text>',
        (
            (
                x,
                y,
                _short(member["name"]),
                y + 15,
                f"line {member['line']:,}" if member.get("line") else "not in the file",
            )
            for (x, y), member in zip(points, shown, strict=True)
        ),
    )
    return format_html(
        '<svg class="chart ringed" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        WIDTH,
        HEIGHT,
        circle_words(circle),
        arrows,
        names,
    )


def circle_words(circle: Sequence[Mapping[str, Any]]) -> str:
    """The ring in a sentence: Ana reports to Rui, Rui to Inês, and Inês to Ana."""
    names = [member["name"] for member in circle]
    if len(names) > MOST:
        return f"{len(names)} people would manage one another, from {names[0]} round to {names[-1]}."
    pairs = [f"{name} {'reports to' if n == 0 else 'to'} {names[(n + 1) % len(names)]}" for n, name in enumerate(names)]
    return f"{listed(pairs)}."


def _short(name: str) -> str:
    return name if len(name) <= 20 else f"{name[:19]}…"


def _point(index: int, of: int) -> tuple[int, int]:
    turn = -pi / 2 + 2 * pi * index / of
    return round(WIDTH / 2 + 118 * cos(turn)), round(HEIGHT / 2 + 76 * sin(turn))


def _arrow(start: tuple[int, int], end: tuple[int, int]) -> tuple[int, ...]:
    """A line between two names that leaves room for the words, and the three points of its tip."""
    turn = atan2(end[1] - start[1], end[0] - start[0])
    room = 26 + 30 * abs(cos(turn))
    x1, y1 = start[0] + room * cos(turn), start[1] + 4 + room * 0.8 * sin(turn)
    x2, y2 = end[0] - room * cos(turn), end[1] + 4 - room * 0.8 * sin(turn)
    left, right = turn + 2.7, turn - 2.7
    tip = (x2, y2, x2 + 9 * cos(left), y2 + 9 * sin(left), x2 + 9 * cos(right), y2 + 9 * sin(right))
    return tuple(round(value) for value in (x1, y1, x2, y2, *tip))
