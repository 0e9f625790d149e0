"""The drawings of a round: how open remarks burn down, what settled remarks led to, which groups were heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from handrail.kernel.pictures.scale import steps
from handrail.kernel.words import counted
from handrail.vetting.reads import BurnDown, GroupShare

LEFT, RIGHT, TOP, BASE = 26.0, 300.0, 18.0, 150.0
SQUARE, GAP, MOST_SQUARES = 24, 3, 12


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one interest’s remarks: taken up, turned down, out of scope."""

    name: str
    taken_up: int
    declined: int
    noted: int


class _Plane:
    """Where a day and a number lie on the drawing."""

    def __init__(self, first: date, last: date, highest: float) -> None:
        self._first, self._span = first, max(1, (last - first).days)
        self._highest = max(1.0, highest)

    def x(self, day: date) -> float:
        """The place of a day, kept within the drawing."""
        part = (day - self._first).days / self._span
        return round(LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, part)), 1)

    def y(self, number: float) -> float:
        """The place of a number."""
        return round(BASE - (BASE - TOP) * number / self._highest, 1)


def burn_down_chart(burn: BurnDown) -> SafeString:
    """Open remarks by day, today’s number named, and the interval in which the last day is likely to end."""
    if not burn.days:
        return SafeString("")
    first, today = burn.days[0].day, burn.days[-1].day
    plane = _Plane(first, max(today, burn.closes_on), max(burn.peak, burn.high or 0))
    return format_html(
        '<svg class="chart wide" viewBox="0 0 372 176" role="img" aria-label="{}">{}{}{}{}</svg>',
        burn_words(burn),
        _ground(plane, max(burn.peak, burn.high or 0)),
        _days(plane, first, today, burn.closes_on),
        _ahead(plane, burn, today),
        _so_far(plane, burn),
    )


def burn_words(burn: BurnDown) -> str:
    """The drawing as a sentence."""
    said = f"{counted(burn.open, 'remark')} open now, {burn.peak} at the most"
    return f"{said}; on the last day {burn.words}." if burn.low is not None else f"{said}."


def _ground(plane: _Plane, highest: float) -> SafeString:
    lines = [each for each in steps(max(1.0, highest), 2) if each and float(each).is_integer()]
    grid = format_html_join(
        "",
        '<path class="grid" d="M{} {}H{}"/><text x="20" y="{}" text-anchor="end">{}</text>',
        ((LEFT, plane.y(each), RIGHT, plane.y(each) + 4, int(each)) for each in lines),
    )
    return format_html(
        '<path class="axis" d="M{} {}H{}"/><text x="20" y="{}" text-anchor="end">0</text>{}',
        LEFT,
        BASE,
        RIGHT,
        BASE + 4,
        grid,
    )


def _days(plane: _Plane, first: date, today: date, closes_on: date) -> SafeString:
    marks: list[tuple[float, str, str]] = [(plane.x(first), "start", _short(first))]
    today_x, last_x = plane.x(today), plane.x(closes_on)
    if today_x - LEFT > 64:
        marks.append((today_x, "middle", "Today" if today == timezone.localdate() else _short(today)))
    if closes_on > today and last_x - today_x > 42:
        marks.append((last_x, "middle", f"{closes_on:%a} {closes_on.day}"))
    words = format_html_join("", '<text x="{}" y="168" text-anchor="{}">{}</text>', marks)
    if closes_on < today:
        return words
    return format_html('<path class="rl" d="M{} {}V{}" stroke-dasharray="3 3"/>{}', last_x, TOP - 4, BASE, words)


def _ahead(plane: _Plane, burn: BurnDown, today: date) -> SafeString:
    """The band and the dashes are drawn only where there is something to say."""
    if burn.low is None or burn.high is None or burn.middle is None or burn.closes_on <= today:
        return SafeString("")
    start, last = (plane.x(today), plane.y(burn.open)), plane.x(burn.closes_on)
    at = min(plane.y(burn.middle), BASE - 16)
    interval = f"{burn.low} to {burn.high}" if burn.low != burn.high else f"{burn.low}"
    return format_html(
        '<path class="band" d="M{} {}L{} {}V{}Z"/><path class="ln" d="M{} {}L{} {}" stroke-dasharray="3 3"/>'
        '<text class="lab2" x="{}" y="{}">{}</text><text x="{}" y="{}">at this pace</text>',
        *start,
        last,
        plane.y(burn.low),
        plane.y(burn.high),
        *start,
        last,
        plane.y(burn.middle),
        last + 6,
        at,
        interval,
        last + 6,
        at + 14,
    )


def _so_far(plane: _Plane, burn: BurnDown) -> SafeString:
    points = [(plane.x(each.day), plane.y(each.open)) for each in burn.days]
    path = "L".join(f"{x} {y}" for x, y in points)
    x, y = points[-1]
    top = max(burn.days, key=lambda each: each.open)
    peak = (
        format_html(
            '<text class="lab2" x="{}" y="{}" text-anchor="middle">{}</text>',
            max(plane.x(top.day), LEFT + 8),
            plane.y(top.open) - 5,
            top.open,
        )
        if top.open > burn.open and x - plane.x(top.day) > 24
        else SafeString("")
    )
    # Under the point, where the band of the forecast does not run; over it where the axis is near.
    below = y + 19 if y < BASE - 26 else y - 10
    anchor, put = ("end", x + 4) if x > RIGHT - 40 else ("start", x - 4)
    return format_html(
        '<path class="ln" d="M{}"/><circle class="f-ink" cx="{}" cy="{}" r="3.5"/>{}'
        '<text class="lab" x="{}" y="{}" text-anchor="{}">{} open</text>',
        path,
        x,
        y,
        peak,
        put,
        below,
        anchor,
        burn.open,
    )


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"


def settled_chart(rows: Sequence[Settled]) -> SafeString:
    """One square for each settled remark (bars where they are many): filled where it changed something."""
    most = max((each.taken_up + each.declined + each.noted for each in rows), default=0)
    width = min(SQUARE, max(2, (MOST_SQUARES * (SQUARE + GAP)) // max(1, most) - GAP))
    parts = [_squares(row, 34 + at * 25, width) for at, row in enumerate(rows)]
    said = "; ".join(
        f"{each.name}: {each.taken_up} taken up, {each.declined} turned down, {each.noted} out of scope"
        for each in rows
    )
    return format_html(
        '<svg class="chart wide" viewBox="0 0 452 {}" role="img" aria-label="{}">'
        '<text class="t-ans" x="90" y="12">Taken up</text><text class="lab2" x="172" y="12">Turned down, with a reason'
        '</text><text class="lab2" x="364" y="12">Out of scope</text>{}</svg>',
        26 + 25 * len(rows),
        said,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _squares(row: Settled, baseline: int, width: int) -> SafeString:
    drawn: list[tuple[SafeString]] = []
    at = 90
    for kind, number in (("f-ans", row.taken_up), ("o-ink2", row.declined), ("f-line", row.noted)):
        for _ in range(number):
            inset = 0.75 if kind == "o-ink2" else 0
            drawn.append((_square(kind, at + inset, baseline - 14 + inset, width - 2 * inset, 18 - 2 * inset),))
            at += width + GAP
    return format_html(
        '<text class="lab2" x="0" y="{}">{}</text>{}', baseline, row.name, format_html_join("", "{}", drawn)
    )


def _square(kind: str, x: float, y: float, width: float, height: float) -> SafeString:
    return format_html('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', kind, x, y, width, height)


def groups_chart(groups: Sequence[GroupShare]) -> SafeString:
    """The share of each group that opened the text, the least heard last, as bars from zero."""
    rows = sorted(groups, key=lambda each: -each.share)
    highest = max((each.high for each in rows), default=0) or 1.0
    least = rows[-1] if rows and rows[-1].is_silent else None
    drawn = format_html_join(
        "", "{}", ((_bar(row, 34 + at * 29, highest, row is least),) for at, row in enumerate(rows))
    )
    said = "; ".join(f"{each.name}: {each.words}" for each in rows)
    return format_html(
        '<svg class="chart wide" viewBox="0 0 420 {}" role="img" aria-label="{}">'
        '<text x="122" y="12">share of the group that opened it</text>{}</svg>',
        24 + 29 * len(rows),
        f"Who opened it. {said}.",
        drawn,
    )


def _bar(row: GroupShare, baseline: int, highest: float, is_least: bool) -> SafeString:
    solid, band = round(150 * row.low / highest, 1), round(150 * row.high / highest, 1)
    width = max(solid, band)
    hatch = _band(solid, band, baseline) if row.opened is None else SafeString("")
    share = f"{round(100 * row.share)}%" if row.opened is not None else ""
    put = 122 + width + 7
    return format_html(
        '<text class="{}" x="0" y="{}">{}</text><rect class="{}" x="122" y="{}" width="{}" height="18"/>{}'
        '<text class="lab" x="{}" y="{}">{}</text><text x="{}" y="{}">{}</text>',
        "lab" if is_least else "lab2",
        baseline,
        row.name if len(row.name) <= 18 else f"{row.name[:17]}…",
        "f-again" if is_least else "f-ink2",
        baseline - 14,
        solid if row.opened is None else max(solid, 1),
        hatch,
        put,
        baseline,
        share,
        put + (34 if share else 0),
        baseline,
        row.words,
    )


def _band(start: float, end: float, baseline: int) -> SafeString:
    """The part of a bar of which only its edges are said: an outline with hatching, never a full bar."""
    left, right, top, height = 122 + start, 122 + max(end, start + 3), baseline - 14, 18
    lines = []
    at = left - height
    while at < right:
        x1, x2 = max(at, left), min(at + height, right)
        if x2 > x1:
            lines.append(
                (round(x1, 1), round(top + height - (x1 - at), 1), round(x2, 1), round(top + height - (x2 - at), 1))
            )
        at += 6
    return format_html(
        '<rect class="o-ink2" x="{}" y="{}" width="{}" height="{}"/>{}',
        round(left + 0.5, 1),
        top + 0.5,
        round(right - left - 1, 1),
        height - 1,
        format_html_join("", '<path class="grid hatch" d="M{} {}L{} {}"/>', lines),
    )
