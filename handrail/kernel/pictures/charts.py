"""Charts as inline SVG in our own tokens: a line with its target, columns stacked by how posts sound, a bar to scale.

Every chart has role=img and a sentence; give the same numbers as a table beside it. Starts at zero, few gridlines,
labels beside the marks, no frame (DESIGN.md §7).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from handrail.kernel.pictures.scale import said, short, steps


@dataclass(frozen=True, slots=True)
class Series:
    """Values in order, None where nothing was read; `target` is drawn as a dashed line in brass."""

    values: Sequence[float | None]
    label: str
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `parts` from the base line up, in the order of the chart's `paints`; `tick` is written under it."""

    parts: Sequence[float]
    words: str
    tick: str = ""
    href: str = ""
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of columns with a name, such as a burst: from column `start` to `end`, both counted from 0."""

    start: int
    end: int
    letter: str
    words: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class ScalePart:
    """One part of a bar drawn to scale."""

    amount: float
    words: str
    paint: str = "band"


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a chart's columns stand: outer size, and the room kept for axis and bands."""

    width: int = 760
    height: int = 240
    left: int = 34
    bottom: int = 22
    top: int = 14
    ceiling: float = 1.0
    count: int = 1
    paints: tuple[str, ...] = field(default=("neg", "neu", "pos", "uns"))

    @property
    def base(self) -> float:
        """The y of zero."""
        return self.height - self.bottom

    @property
    def step(self) -> float:
        """How far apart columns stand."""
        return (self.width - self.left - 6) / max(self.count, 1)

    def y(self, value: float) -> float:
        """The y of a value."""
        return self.base - (self.base - self.top) * value / self.ceiling

    def x(self, index: int) -> float:
        """The left edge of a column."""
        return self.left + index * self.step


def sparkline(series: Series, width: int = 272, height: int = 36) -> SafeString:
    """A line without axes, its last point marked; the dashed line is the target."""
    known = [value for value in series.values if value is not None]
    if not known:
        return mark_safe("")
    spread = [*known, *([series.target] if series.target is not None else [])]
    low, high = min(spread), max(spread)
    reach = (high - low) or 1.0
    gap = (width - 8) / max(len(series.values) - 1, 1)

    def place(index: int, value: float) -> tuple[float, float]:
        return 2 + index * gap, 31 - (value - low) / reach * (height - 10)

    points = [place(n, value) for n, value in enumerate(series.values) if value is not None]
    path = "M" + "L".join(f"{short(x)} {short(y)}" for x, y in points)
    aim = mark_safe("")
    if series.target is not None:
        y = short(place(0, series.target)[1])
        aim = format_html('<path d="M2 {}H{}" class="rl" stroke-dasharray="3 3"/>', y, width - 4)
    return format_html(
        '<svg class="chart spark" width="{0}" height="{1}" viewBox="0 0 {0} {1}" preserveAspectRatio="xMinYMid" '
        'role="img" aria-label="{2}">{3}<path d="{4}" class="ln"/>'
        '<circle cx="{5}" cy="{6}" r="3" class="f-ink"/></svg>',
        width,
        height,
        series.label,
        aim,
        path,
        short(points[-1][0]),
        short(points[-1][1]),
    )


def stacked_columns(
    columns: Sequence[Column],
    label: str,
    *,
    width: int = 760,
    height: int = 240,
    bands: Sequence[Band] = (),
    paints: tuple[str, ...] = ("neg", "neu", "pos", "uns"),
) -> SafeString:
    """Columns from zero, their parts stacked 1 px apart in a fixed order; `label` is the finding as a sentence.

    A column with an address is a link; the last one may be `unfinished` and is drawn paler.
    """
    highest = max((sum(column.parts) for column in columns), default=0)
    grid = steps(highest)
    top = 14 + (44 if bands else 0)
    frame = Frame(width, height, top=top, ceiling=grid[-1], count=len(columns), paints=paints)
    return format_html(
        '<svg class="chart wide" viewBox="0 0 {} {}" role="{}" aria-label="{}">{}{}{}{}</svg>',
        width,
        height,
        "group" if any(column.href for column in columns) else "img",
        label,
        _gridlines(frame, grid),
        format_html_join("", "{}", ((_column(frame, n, column),) for n, column in enumerate(columns))),
        _ticks(frame, columns),
        format_html_join("", "{}", ((_band(frame, band),) for band in bands)),
    )


def bar_to_scale(parts: Sequence[ScalePart], label: str, width: int = 900) -> SafeString:
    """One bar, its parts to scale and 1 px apart, each part named under it."""
    total = sum(part.amount for part in parts) or 1.0
    x, label_x, drawn = 0.0, 0.0, []
    for part in parts:
        if part.amount <= 0:
            continue
        wide = max(part.amount / total * width, 2.0)
        middle = min(x + wide / 2, width - 1)
        at = max(x, label_x)
        room = 7.2 * len(part.words) + 16
        last = at + room > width
        anchor, words_x = ("end", float(width)) if last else ("start", at)
        elbow = min(words_x + 20, width - 1) if not last else min(middle, width - 1)
        drawn.append(
            format_html(
                '<rect x="{}" width="{}" height="12" class="{}"/><path class="axis" d="M{} 13v5H{}v5"/>'
                '<text class="lab2" x="{}" y="39" text-anchor="{}">{}</text>',
                *(short(x), short(min(wide, width - x)), part.paint, short(middle), short(elbow)),
                *(short(words_x), anchor, part.words),
            )
        )
        x = min(x + wide + 1, width - 2)
        label_x = at + room
    inner = format_html_join("", "{}", ((each,) for each in drawn))
    return format_html(
        '<svg class="chart wide" viewBox="0 0 {} 46" role="img" aria-label="{}">{}</svg>', width, label, inner
    )


def _gridlines(frame: Frame, grid: Sequence[float]) -> SafeString:
    lines = (
        (
            frame.left,
            short(frame.y(value)),
            frame.width,
            "axis" if value == 0 else "grid",
            short(frame.y(value) + 4),
            said(value),
        )
        for value in grid
    )
    drawn = ((left, y, right, kind, left - 6, text_y, words) for left, y, right, kind, text_y, words in lines)
    return format_html_join(
        "",
        '<path d="M{} {}H{}" class="{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        drawn,
    )


def _column(frame: Frame, index: int, column: Column) -> SafeString:
    gap = 1.0 if frame.step > 4 else 0.0
    wide = max(frame.step - (3 if frame.step > 12 else gap), 0.6)
    x, below, drawn = frame.x(index), 0.0, []
    for amount, paint in zip(column.parts, frame.paints, strict=False):
        if amount <= 0:
            continue
        y, tall = frame.y(below + amount), frame.y(below) - frame.y(below + amount)
        cut = 1 if below and tall > 2 else 0
        drawn.append((short(x), short(y), short(wide), short(max(tall - cut, 0.5)), paint))
        below += amount
    rects = format_html_join("", '<rect x="{}" y="{}" width="{}" height="{}" class="{}"/>', drawn)
    pale = mark_safe(' opacity=".55"') if column.unfinished else ""
    body = format_html("<g{}>{}</g>", pale, rects)
    touch = format_html(
        '<rect class="hit" x="{}" y="{}" width="{}" height="{}"/>',
        *(short(x), short(frame.top), short(wide), short(frame.base - frame.top)),
    )
    if column.href:
        return format_html(
            '<a href="{}" aria-label="{}"><title>{}</title>{}{}</a>',
            column.href,
            column.words,
            column.words,
            body,
            touch,
        )
    return format_html("<g><title>{}</title>{}{}</g>", column.words, body, touch)


def _ticks(frame: Frame, columns: Sequence[Column]) -> SafeString:
    marks = ((short(frame.x(n)), frame.height - 6, c.tick) for n, c in enumerate(columns) if c.tick)
    return format_html_join("", '<text x="{}" y="{}">{}</text>', marks)


def _band(frame: Frame, band: Band) -> SafeString:
    left, right = frame.x(band.start), frame.x(band.end + 1)
    late = left > frame.width * 0.72
    words_x, anchor = (right, "end") if late else (left + 14, "start")
    return format_html(
        '<path d="M{0} 42V38H{1}V42" class="rl"/><circle cx="{0}" cy="38" r="8" class="rf"/>'
        '<text x="{0}" y="42" text-anchor="middle" class="pin">{2}</text>'
        '<text x="{3}" y="12" class="lab" text-anchor="{4}">{5}</text>'
        '<text x="{3}" y="27" text-anchor="{4}">{6}</text>',
        short(left),
        short(right),
        band.letter,
        short(words_x),
        anchor,
        band.words,
        band.more,
    )
