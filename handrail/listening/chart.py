"""The picture of volume over time: one column for each step, and what each says in words."""

from collections.abc import Callable, Mapping

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from handrail.kernel.pictures.charts import Column, stacked_columns
from handrail.kernel.words import counted
from handrail.listening.models import Label
from handrail.listening.reads import STEP_WORDS, Bucket, Volume

_PARTS = ("negative", "neutral", "positive", "unsure")
_SHAPES = {"quarter": "j M H:i", "hour": "j M H:i", "day": "j M Y", "week": "j M Y"}
_TICKS = {"quarter": "H:i", "hour": "j M", "day": "j M", "week": "M Y"}


def chart_of(heard: Volume) -> SafeString:
    """Draw a volume; the table beside it opens the posts each step was counted from."""
    every = max(1, round(len(heard.buckets) / 7))
    columns = [
        Column(
            parts=[getattr(bucket, name) for name in _PARTS],
            words=_spoken(bucket, heard),
            tick=_tick(bucket, heard) if at % every == 0 and len(heard.buckets) - at > every // 2 else "",
            unfinished=bucket.start <= timezone.now() < bucket.end,
        )
        for at, bucket in enumerate(heard.buckets)
    ]
    return stacked_columns(columns, _sentence(heard), width=940, height=244)


def label_of(bucket: Bucket, heard: Volume) -> str:
    """The step as a table names it."""
    return date_format(timezone.localtime(bucket.start), _SHAPES[heard.span.step])


def _tick(bucket: Bucket, heard: Volume) -> str:
    return date_format(timezone.localtime(bucket.start), _TICKS[heard.span.step])


def _spoken(bucket: Bucket, heard: Volume) -> str:
    return f"{label_of(bucket, heard)}: {counted(bucket.total, 'post')}, {_by_sound(lambda n: getattr(bucket, n))}"


def _by_sound(count: Callable[[str], int]) -> str:
    return ", ".join(f"{count(name):,} {'not sure' if name == 'unsure' else name}" for name in _PARTS)


def _sentence(heard: Volume) -> str:
    said = (
        f"Posts {STEP_WORDS[heard.span.step]}, stacked by sentiment: {counted(heard.total, 'post')} {heard.span.words}"
    )
    fullest = max(heard.buckets, key=lambda bucket: bucket.total, default=None)
    most = (
        f" The fullest step is {label_of(fullest, heard)} with {fullest.total:,}." if fullest and fullest.total else ""
    )
    return f"{said}; {_by_sound(heard.sum)}.{most}"


def sound_bar(counts: Mapping[int, int]) -> SafeString:
    """How a topic sounds as a small bar, negative to positive; those not sure are left out of it."""
    order = ((Label.NEGATIVE, "neg"), (Label.NEUTRAL, "neu"), (Label.POSITIVE, "pos"))
    judged = sum(counts.get(label, 0) for label, _ in order)
    if not judged:
        return format_html('<span class="muted">{}</span>', "none judged")
    x, drawn = 0.0, []
    for label, paint in order:
        wide = 92 * counts.get(label, 0) / judged
        if wide:
            tall, top = (8, 2) if paint == "neu" else (12, 0)
            drawn.append((paint, f"{x:.1f}", top, f"{max(wide - 1, 0.5):.1f}", tall))
        x += wide
    words = ", ".join(f"{round(100 * counts.get(label, 0) / judged)}% {label.label.lower()}" for label, _ in order)
    rects = format_html_join("", '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', drawn)
    shape = '<svg class="chart" width="92" height="12" viewBox="0 0 92 12" role="img" aria-label="{}">{}</svg>'
    return format_html(shape, words, rects)
