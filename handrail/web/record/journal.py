"""The journal on a page: facts newest first, by kind, person, words and days; as CSV; and how the chain is sealed."""

import csv
import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.kernel.files import csv_answer, safe_cell
from handrail.kernel.models import JournalEntry
from handrail.kernel.reads import FACT_COLUMNS, Wanted, as_rows, chain_now, codes_in_use, facts, facts_page
from handrail.people.guard import guarded
from handrail.people.reads import may_see_record

CSV_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Row:
    """One fact as the page shows it: its fields as words, and a link for each person it names."""

    entry: JournalEntry
    fields: list[tuple[str, str]]

    @property
    def mark(self) -> str:
        """The first digits of its hash, to compare by eye."""
        return self.entry.hash[:12]


@guarded(may_see_record)
@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """A page of facts; the answer to a filter is the table alone where htmx asks for it."""
    wanted = read_wanted(request.GET)
    page = facts_page(wanted)
    shown: dict[str, Any] = {
        "rows": [Row(entry, _fields(entry)) for entry in page.rows],
        "page": page,
        "wanted": wanted,
        "codes": codes_in_use(),
        "chain": chain_now(),
        "older": _address(wanted, before=page.next_before) if page.next_before else "",
        "filter": _address(wanted),
    }
    return render(request, "web/record/journal.html", shown)


@guarded(may_see_record)
@require_safe
def record_csv(request: HttpRequest) -> HttpResponse:
    """The same facts as a file, newest first, at most 100,000; `handrail verify --export` gives all of them."""
    response = csv_answer("journal.csv")
    writer = csv.writer(response)
    writer.writerow(FACT_COLUMNS)
    for row in as_rows(facts(read_wanted(request.GET))[:CSV_MOST]):
        writer.writerow([safe_cell(str(cell)) for cell in row])
    return response


def read_wanted(asked: QueryDict) -> Wanted:
    """The filter in an address; what can't be read counts as not asked for."""
    who, before = asked.get("who", ""), asked.get("before", "")
    return Wanted(
        code=asked.get("code", "")[:100].replace("\x00", ""),
        who=int(who) if _is_number(who) else None,
        words=asked.get("words", "").strip()[:200].replace("\x00", ""),
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        before=int(before) if _is_number(before) else None,
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _address(wanted: Wanted, before: int | None = None) -> str:
    parts = {
        "code": wanted.code,
        "who": wanted.who,
        "words": wanted.words,
        "since": wanted.since,
        "until": wanted.until,
        "before": before,
    }
    return urlencode({name: value for name, value in parts.items() if value not in (None, "")})


def _fields(entry: JournalEntry) -> list[tuple[str, str]]:
    try:
        found = json.loads(entry.record)
    except ValueError:
        return [("record", entry.record)]
    if not isinstance(found, dict):
        return [("record", entry.record)]
    return [(name.replace("_", " "), _said(value)) for name, value in found.items() if value not in (None, "", [])]


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)
