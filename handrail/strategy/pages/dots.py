"""How ratings are drawn: one dot for each assessor from 1 to 5, stacked, with their mean at the end."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from handrail.strategy.reads import Judged

WIDE = 148
FIRST, APART = 6, 23


def dot_plot(judged: Judged) -> SafeString:
    """The ratings of one trait as a picture that says itself in words too."""
    tall = max((judged.ratings.count(each) for each in range(1, 6)), default=1) or 1
    step = 8.0 if tall <= 5 else 40 / tall
    base = max(20.0, 4 + step * (tall - 1))
    ground = base + 6.5
    tone = "f-again" if judged.disagrees else "f-ink2"
    ticks = format_html_join(
        "", '<path d="M{} {}v3" class="axis"/>', ((_x(at), f"{ground - 3:g}") for at in range(1, 6))
    )
    dots = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="3.4" class="{}"/>',
        (
            (_x(rating), f"{base - step * up:g}", tone)
            for rating in range(1, 6)
            for up in range(judged.ratings.count(rating))
        ),
    )
    mean = "" if judged.mean is None else f"{judged.mean:.1f}"
    return format_html(
        '<svg class="chart dots" width="{}" height="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<path d="M2 {}H102" class="axis"/>{}{}<text x="146" y="{}" text-anchor="end" class="lab {}">{}</text></svg>',
        WIDE,
        f"{ground + 3.5:g}",
        WIDE,
        f"{ground + 3.5:g}",
        _in_words(judged),
        f"{ground:g}",
        ticks,
        dots,
        f"{ground - 0.5:g}",
        "f-again" if judged.disagrees else "",
        mean,
    )


def _x(rating: int) -> int:
    return FIRST + APART * (rating - 1)


def _in_words(judged: Judged) -> str:
    if judged.mean is None:
        return f"{judged.label}: nobody has rated it yet"
    rated = ", ".join(str(each) for each in judged.ratings)
    return f"{judged.label}: rated {rated} of 5, mean {judged.mean:.1f}"
