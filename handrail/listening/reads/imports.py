"""What the pages about a file of posts show: how its columns are read, what would go in, and what did not."""

from typing import Any

from django.db.models import QuerySet

from handrail.engine.sources.files import FIELDS, ColumnMatch, Look, look_at
from handrail.listening.actions.imports import ImportReport, check_posts, columns_of, report_of, staged
from handrail.listening.models import BadPost, PostImport, Topic

WHOLE_CHECK = 5_000_000  # bytes; longer files are checked by their first rows
FIRST_ROWS = 20_000
_ORDERS = {
    "day": "Day first, as in 31/12/2026",
    "month": "Month first, as in 12/31/2026",
    "iso": "Year first, or by name",
}


def bad_rows_of(row: PostImport) -> QuerySet[BadPost]:
    """The rows of a file that did not go in, by line."""
    return row.bad_posts.all()


def import_page(row: PostImport, chosen: dict[int, str] | None = None, *, check: bool = True) -> dict[str, Any]:
    """Everything a file's page shows in its state. Raises BadInput while `check` finds that it can't be read so."""
    if row.state != PostImport.State.CHOSEN or not staged(row).exists():
        return {"report": report_of(row), "columns": []}
    with staged(row).open("rb") as stream:
        look = look_at(stream, 2000) if row.form == "csv" else None
        most = None if row.size <= WHOLE_CHECK else FIRST_ROWS
        report = check_posts(stream, row.name, columns=columns_of(row), most=most) if check else None
    shown: dict[str, Any] = {"report": report, "columns": [], "topics": _topics(report)}
    if look is not None:
        shown |= {"columns": _columns(row, look, chosen), "fields": list(FIELDS.items())}
        shown |= {"encoding": look.encoding.reason, "dates": look.guess.dates, "orders": list(_ORDERS.items())}
        columns = columns_of(row)
        shown["date_order"] = columns.date_order if columns else ""
    return shown


def _columns(row: PostImport, look: Look, chosen: dict[int, str] | None) -> list[dict[str, Any]]:
    columns = columns_of(row)
    by_index = {at: field for field, at in columns.fields.items()} if columns else {}
    by_index = by_index if chosen is None else chosen
    return [
        {
            "match": match,
            "field": by_index.get(match.index, ""),
            "reason": _reason(match, by_index.get(match.index, "")),
        }
        for match in look.guess.matches
    ]


def _reason(match: ColumnMatch, field: str) -> str:
    """Why, where it isn't plain from the heading."""
    if field != match.field:
        return "You matched this one." if field else "You left this one out."
    if not field:
        return match.reason
    return match.reason if match.confidence < 0.9 else ""


def _topics(report: ImportReport | None) -> list[tuple[str, int]]:
    if report is None:
        return []
    names = dict(Topic.objects.filter(pk__in=report.by_topic).values_list("pk", "name"))
    return sorted(((names[key], n) for key, n in report.by_topic.items() if key in names), key=lambda each: -each[1])
