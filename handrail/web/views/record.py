"""The record, fact by fact, for those who answer for it or audit it."""

import csv
import json
from datetime import date
from operator import itemgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.kernel.files import csv_answer, safe_cell
from handrail.kernel.models import JournalEntry
from handrail.kernel.reads import FACT_COLUMNS, Wanted, as_rows, chain_now, codes_in_use, facts, facts_page
from handrail.people.guard import guarded
from handrail.people.reads import may_see_record
from handrail.web.tellings import kind_in_words, told
from handrail.web.tellings.told import Told


@guarded(may_see_record)
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """Facts, newest first, narrowed by kind, words and days; above them, how the chain is sealed."""
    wanted = _wanted(request)
    page = facts_page(wanted)
    kept = request.GET.copy()
    kept.pop("before", None)
    shown: dict[str, Any] = {
        "wanted": wanted,
        "rows": [_fact(entry) for entry in page.rows],
        "total": page.total,
        "next_before": page.next_before,
        "chain": chain_now(),
        "codes": sorted(((code, kind_in_words(code)) for code in codes_in_use()), key=itemgetter(1)),
        "kept": kept.urlencode(),
    }
    return render(request, "web/journal.html", shown)


@guarded(may_see_record)
@require_safe
def journal_csv(request: HttpRequest) -> HttpResponse:
    """The same facts as a table, at most 100,000 of them; `handrail verify --export` takes the whole journal along."""
    response = csv_answer("journal.csv")
    writer = csv.writer(response)
    writer.writerow(FACT_COLUMNS)
    for row in as_rows(facts(_wanted(request))[:100_000]):
        writer.writerow([safe_cell(str(cell)) for cell in row])
    return response


def _wanted(request: HttpRequest) -> Wanted:
    given = request.GET
    before = given.get("before", "")
    return Wanted(
        code=given.get("code", "").replace("\0", "")[:100],
        words=given.get("words", "").replace("\0", "").strip()[:200],
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _fact(entry: JournalEntry) -> tuple[JournalEntry, Told, list[tuple[str, str]]]:
    """A fact, its sentence, and what was written."""
    record = json.loads(entry.record)
    return entry, told(entry.code, record), _spelled(record)


def _spelled(record: dict[str, Any]) -> list[tuple[str, str]]:
    """The record's fields as words."""
    return [(name.replace("_", " "), _word(value)) for name, value in record.items() if value not in (None, "", [])]


def _word(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = f"{value:,}" if isinstance(value, int) else str(value)
    return text if len(text) <= 120 else text[:117] + "…"
