"""Pictures the desk draws: a week of what was heard, and the history of answers day by day."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from handrail.kernel.pictures import STATE_WORDS, Column, stacked_columns, state_class
from handrail.web.heard import Heard
from handrail.web.models import AnswerDay
from handrail.web.reads import QuestionDays

CELL, GAP, TALL = 11, 2, 24
_HEIGHTS = {0: 4, 1: 10, 2: 16, 3: 22}
_PAINTS = {"open": "o-line2", "prog": "f-acc", "ans": "f-ans", "again": "f-again", "harm": "f-harm"}


def heard_picture(heard: Heard) -> SafeString:
    """Seven columns, one per day, by how the posts sound."""
    columns = [
        Column(parts, f"{day:%A} {day.day} {day:%B}: {sum(parts):,} posts, {parts[0]:,} of them negative", f"{day:%a}")
        for day, parts in heard.days
    ]
    label = f"{heard.total:,} posts in seven days, {heard.negative:,} negative and {heard.positive:,} positive"
    return stacked_columns(columns, label, width=368, height=128)


def days_picture(row: QuestionDays, name: str) -> SafeString:
    """One question's days as small columns: colour and shape of the state, height of the score."""
    wide = len(row.days) * (CELL + GAP)
    marks = format_html_join("", "{}", ((_day(n, kept),) for n, kept in enumerate(row.days)))
    known = [kept for kept in row.days if kept]
    label = f"{name}: {len(known)} of {len(row.days)} days written down"
    if known:
        label += f", now {STATE_WORDS[state_class(known[-1].state)].lower()}"
    return format_html(
        '<svg class="chart days" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img" aria-label="{2}">'
        '<path class="axis" d="M0 {3}H{0}"/>{4}</svg>',
        wide,
        TALL + 2,
        label,
        TALL,
        marks,
    )


def _day(index: int, kept: AnswerDay | None) -> SafeString:
    if kept is None:
        return SafeString()
    tall = _HEIGHTS[kept.score]
    short = state_class(kept.state)
    words = f"{kept.day:%a} {kept.day.day} {kept.day:%b}: {STATE_WORDS[short]}, {kept.score} of 3"
    return format_html(
        '<g><title>{}</title><rect x="{}" y="{}" width="{}" height="{}" class="{}"/></g>',
        words,
        index * (CELL + GAP) + (0.5 if short == "open" else 0),
        TALL - tall,
        CELL - (1 if short == "open" else 0),
        tall,
        _PAINTS[short],
    )
