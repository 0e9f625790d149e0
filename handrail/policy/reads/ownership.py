"""What the page of ownership shows beside the matrix: the headline, gaps, delegates, shares, procedures."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from handrail.kernel.refs import Ref
from handrail.kernel.words import count, listed
from handrail.people.models import Matrix, Person
from handrail.people.reads import (
    ACTIVITIES,
    MatrixPage,
    MatrixSubject,
    cross_section,
    gaps_to_show,
    live_delegations,
    matrix_history,
    matrix_page,
    row_titles,
)
from handrail.policy.models import Policy
from handrail.policy.reads.procedures import procedures_for


def documents() -> list[MatrixSubject]:
    """Every policy, for a row of its own in the matrix."""
    rows = Policy.objects.only("pk", "key", "title")
    return [MatrixSubject(Ref("policy", row.pk), row.title, reverse("policy:policy", args=[row.key])) for row in rows]


def page_values(shown: Matrix | None, person: Person) -> dict[str, Any]:
    """Everything the page says about a matrix, worked out now."""
    page = matrix_page(shown)
    titles = row_titles()
    gaps = [(gap, titles.get(gap.row, gap.row)) for gap in gaps_to_show()]
    return {
        "page": page,
        "headline": headline(shown, page),
        "gaps": gaps,
        "delegations": live_delegations(),
        "history": matrix_history()[:8],
        "shares": cross_section(),
        "procedures": procedures_for()[:8],
        "today": timezone.localdate(),
        "me": person,
        "activities": ACTIVITIES,
    }


def headline(shown: Matrix | None, page: MatrixPage) -> str:
    """The sentence at the top, worked out from the matrix and its check."""
    if shown is None:
        return "Nobody has agreed yet who does what."
    stopping = page.verdict.stopping
    start = "Everything has one owner." if not stopping else ""
    if stopping:
        number = len(stopping)
        start = f"{count(number).capitalize()} {'thing has' if number == 1 else 'things have'} no single owner."
    if shown.state == Matrix.State.PROPOSED:
        start = f"Proposed: {start[0].lower()}{start[1:]}"
    silent = [column.name for column in page.columns if column.silent]
    if silent:
        verb = "has" if len(silent) == 1 else "have"
        start += f" {listed(silent[:3])} {verb} no voice."
    return start
