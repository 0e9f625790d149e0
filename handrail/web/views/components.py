"""The component page: everything a page is made of, in one place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.kernel.evidence import Figure
from handrail.kernel.pictures import Band, Column, ScalePart, Series, bar_to_scale, sparkline, stacked_columns
from handrail.people.guard import guarded
from handrail.people.reads import anyone

TOKENS = (
    ("paper", "ground"),
    ("surface", "work"),
    ("sunken", "hover"),
    ("line", "rule"),
    ("line-2", "control edge"),
    ("ink", "text"),
    ("ink-2", "second"),
    ("ink-3", "third"),
    ("rail", "the rail"),
    ("accent", "act"),
    ("ans", "answered"),
    ("again", "look again"),
    ("harm", "harm"),
    ("d-neg", "negative"),
    ("d-neu", "neutral"),
    ("d-pos", "positive"),
    ("heat-1", "one"),
    ("heat-2", "two"),
    ("heat-3", "three"),
    ("heat-4", "four or more"),
)
ICONS = (
    "home book goal listen people find bell page bubble pencil flag star lock clock lint thumb print download upload"
)


@guarded(anyone)
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component with made-up values."""
    heights = (4, 6, 3, 9, 12, 8, 5, 14, 18, 15, 7, 6)
    columns = [
        Column((n // 2, n // 4, n - n // 2 - n // 4, 1), f"Hour {i}: {n + 1} posts", f"{i:02}:00" if i % 3 == 0 else "")
        for i, n in enumerate(heights)
    ]
    columns[-1] = Column(columns[-1].parts, columns[-1].words, unfinished=True)
    parts = [
        ScalePart(212, "212 new", "f-ans"),
        ScalePart(38, "38 change", "f-acc"),
        ScalePart(4, "4 leave", "f-harm"),
        ScalePart(6146, "6,146 stay as they are"),
    ]
    shown = {
        "tokens": TOKENS,
        "icons": ICONS.split(),
        "states": ("open", "prog", "ans", "again", "harm"),
        "columns": stacked_columns(
            columns,
            "Posts by the hour, most around 08:00",
            width=420,
            height=200,
            bands=[Band(7, 9, "A", "Lifts, Lisbon", "from 07:00, 5.1 times usual")],
        ),
        "line": sparkline(
            Series((31, 32, 31, 33, 34, 33, 36, 39, 38, 40, 41), "Eleven weeks, dashed is the target", 45)
        ),
        "scale": bar_to_scale(parts, "To scale: 212 new, 38 changed, 4 leave, 6,146 unchanged"),
        "figures": [
            (Figure(9, 9, "9 of 9 measured"), "ans"),
            (Figure(4, 5, "Privacy not finished"), "prog"),
            (Figure(36, 38, "2 hotels without"), "ans"),
            (Figure(5184, 6400, "81% read"), "again"),
            (Figure(0, 0, "No evidence yet"), "open"),
        ],
    }
    return render(request, "web/components.html", shown)
