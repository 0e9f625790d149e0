"""Small pictures beside a sentence: countable squares, a bar where there are too many, a meter of progress."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from handrail.kernel.evidence import Figure

COUNTABLE = 40
PER_ROW = 10
_FILLED = {"ans": "f-ink2", "prog": "f-acc", "again": "f-again", "open": "f-ink2", "harm": "f-harm"}


def evidence_figure(figure: Figure, state: str = "ans") -> SafeString:
    """The figure of a question row: squares up to forty, then a bar; its caption says the count in words."""
    if figure.total <= 0:
        inner: SafeString = format_html('<rect x=".5" y="10.5" width="119" height="9" class="o-line2" {}/>', _dashes())
    elif figure.total <= COUNTABLE:
        inner = _squares(figure.filled, figure.total, _FILLED[state])
    else:
        inner = _bar(figure.filled, figure.total, _FILLED[state])
    return format_html(
        '<svg class="chart" width="132" height="30" viewBox="0 0 132 30" aria-hidden="true">{}</svg>'
        "<figcaption>{}</figcaption>",
        inner,
        figure.caption,
    )


def meter(done: int, total: int, label: str, classes: str = "") -> SafeString:
    """A bar of progress; `label` says the count in words for those who don't see it."""
    share = 100 * min(max(done / total, 0.0), 1.0) if total > 0 else 0.0
    return format_html(
        '<svg class="meter {}" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect width="{}" height="6"/></svg>',
        classes,
        label,
        f"{share:.2f}",
    )


def _dashes() -> SafeString:
    return format_html('stroke-dasharray="{}"', "3 3")


def _squares(filled: int, total: int, paint: str) -> SafeString:
    rows = -(-total // (PER_ROW if total <= 2 * PER_ROW else 20))
    across = -(-total // rows)
    step = min(14.0, 132 / across)
    side = step * 0.72
    drop = min(13.0, 30 / rows)
    top = (30 - rows * drop + drop - side) / 2
    marks = (
        (
            f"{(n % across) * step + 0.5:.1f}",
            f"{top + (n // across) * drop:.1f}",
            f"{side - 1:.1f}" if n >= filled else f"{side:.1f}",
            paint if n < filled else "o-line2",
        )
        for n in range(total)
    )
    drawn = ((x, y, size, size, paint) for x, y, size, paint in marks)
    return format_html_join("", '<rect x="{}" y="{}" width="{}" height="{}" class="{}"/>', drawn)


def _bar(filled: int, total: int, paint: str) -> SafeString:
    wide = 120 * min(filled / total, 1.0)
    return format_html(
        '<rect y="10" width="120" height="9" class="f-line"/><rect y="10" width="{}" height="9" class="{}"/>',
        f"{wide:.1f}",
        paint,
    )
