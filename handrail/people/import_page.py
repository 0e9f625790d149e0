"""What the page of one staff file shows: its steps, its difference in groups, its columns, its progress."""

import csv
import io
from typing import Any

from handrail.kernel.models import Job
from handrail.kernel.pictures import ScalePart, bar_to_scale
from handrail.kernel.words import count, counted, listed, sentence_case
from handrail.people.actions import why_not_put_back
from handrail.people.circle_picture import circle_picture, circle_words
from handrail.people.columns import LABELS, Column
from handrail.people.csv_rows import DELIMITER_WORDS
from handrail.people.models import PeopleImport, PeopleImportRow, Person

FEW = 6
HELD_SHOWN = 100
__all__ = ["page_of", "progress_of"]


def page_of(row: PeopleImport, show: str) -> dict[str, Any]:
    """Everything the page of a file needs, whatever state it is in."""
    found = row.found
    columns = [Column(**column) for column in row.columns]
    shown: dict[str, Any] = {
        "row": row,
        "found": found,
        "refusal": found.get("refusal", ""),
        "columns": columns,
        "fields": list(LABELS.items()),
        "steps": _steps(row, columns),
        "held": [_to_mend(held, columns, found.get("delimiter", ",")) for held in row.held.all()[:HELD_SHOWN]],
        "held_count": row.held.count(),
        "held_total": max(row.held_back, row.held.count()),
        "earlier": _earlier(row),
    }
    if "refusal" not in found:
        shown |= _difference(found, show)
        shown["headline"] = headline(row)
    if row.state == PeopleImport.State.RUNNING:
        shown |= progress_of(row)
    if row.state == PeopleImport.State.DONE:
        shown["why_not_put_back"] = why_not_put_back(row)
        shown["people_now"] = Person.objects.here().count()
        mended = found.get("mended", {})
        shown["mended"] = bool(row.file and (mended.get("new") or mended.get("changed")))
        shown["mended_words"] = mended_words(mended, some_wait=bool(shown["held"])) if shown["mended"] else ""
    return shown


def _earlier(row: PeopleImport) -> list[PeopleImport]:
    kept = PeopleImport.objects.exclude(pk=row.pk).exclude(state__in=["dropped", "checked"])
    return list(kept.select_related("by").defer("file", "undo")[:3])


def _to_mend(held: PeopleImportRow, columns: list[Column], delimiter: str) -> dict[str, Any]:
    """One row to mend, with the value to offer in its field."""
    cells = [str(cell) for cell in held.cells]
    by_cell = held.column is not None and held.column < len(cells)
    shown = {"line": held.line, "cell": held.cell, "wrong": held.wrong, "mend": held.mend}
    if by_cell and held.column is not None:
        heading = columns[held.column].header if held.column < len(columns) else ""
        return shown | {"heading": heading, "offer": held.suggestion or held.cell}
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter).writerow(cells)
    shown |= {"heading": "Whole row", "offer": line.getvalue().strip(), "cell": delimiter.join(cells)[:200]}
    at = next((column.index for column in columns if column.kind in ("name", "family_name")), 0)
    if len(cells) == len(columns) + 1 and at + 1 < len(cells):
        shown |= {"join": f"{cells[at].strip()}, {cells[at + 1].strip()}", "join_at": at}
    return shown


def headline(row: PeopleImport) -> str:
    """The sentence over the page."""
    found = row.found
    said = change_words(found)
    if found["bad"]:
        rows = "One row" if found["bad"] == 1 else f"{sentence_case(count(found['bad']))} rows"
        said += f" {rows} can’t go in yet."
    return said


def change_words(found: dict[str, Any]) -> str:
    """How many are new, change and leave, as a sentence."""
    parts = []
    if found["new"]:
        parts.append(f"{_people(found['new'])} {'is' if found['new'] == 1 else 'are'} new")
    if found["changed"]:
        parts.append(f"{_who(found['changed'], parts)} change{'s' if found['changed'] == 1 else ''}")
    if found["leaving"]:
        parts.append(f"{_who(found['leaving'], parts)} leave{'s' if found['leaving'] == 1 else ''}")
    return f"{sentence_case(listed(parts))}." if parts else "Nothing would change: everybody is as the file says."


def _who(number: int, said: list[str]) -> str:
    """The first number of a sentence names the people, the others need not."""
    return f"{number:,}" if said else _people(number)


def mended_words(found: dict[str, Any], *, some_wait: bool) -> str:
    """How many rows were mended after the file went in, and what they will change."""
    number = found["new"] + found["changed"]
    rows = "One row is" if number == 1 else f"{sentence_case(count(number))} rows are"
    return f"{f'{rows} mended.' if some_wait else 'Every row is mended.'} {change_words(found)}"


def _people(number: int) -> str:
    return counted(number, "person", "people")


def _steps(row: PeopleImport, columns: list[Column]) -> list[dict[str, Any]]:
    matched = sum(bool(column.field) for column in columns)
    look = sum(column.look for column in columns)
    out = len(columns) - matched
    match = [f"{matched} of {len(columns)} matched"]
    if look:
        match.append(f"{look} to look at")
    if out:
        match.append(f"{out} left out")
    done = row.state in (PeopleImport.State.DONE, PeopleImport.State.PUT_BACK)
    now = 4 if done or row.state == PeopleImport.State.RUNNING else 2 if "refusal" in row.found else 3
    words = [
        ("Choose", row.file_name),
        ("Match columns", ", ".join(match)),
        ("Check", "what would change, and what can’t go in"),
        ("Done", "put in" if row.state == PeopleImport.State.DONE else _time_needed(row)),
    ]
    return [
        {"number": number, "name": name, "words": said, "done": number < now or done, "now": number == now and not done}
        for number, (name, said) in enumerate(words, start=1)
    ]


def _time_needed(row: PeopleImport) -> str:
    if row.state == PeopleImport.State.PUT_BACK:
        return "put back"
    if row.state == PeopleImport.State.RUNNING:
        return "going in now"
    return "a moment" if row.rows < 2_000 else f"less than {max(1, row.rows // 50_000 + 1)} min for {row.rows:,} rows"


def _difference(found: dict[str, Any], show: str) -> dict[str, Any]:
    groups = []
    for key, name, rows, number in (
        ("new", "New", found["new_people"], found["new"]),
        ("change", "Change", found["changes"], found["changed"]),
        ("leave", "Leave", found["leavers"], found["leaving"]),
    ):
        if number:
            shown = rows if show == key else rows[:FEW]
            groups.append(
                {
                    "key": key,
                    "name": name,
                    "rows": shown,
                    "count": number,
                    "more": number > len(shown),
                    "all": show == key,
                }
            )
    return {
        "groups": groups,
        "bar": _bar(found),
        "circles": [
            {
                "picture": circle_picture(circle),
                "words": circle_words(circle),
                "count": sentence_case(count(len(circle))),
                "today": [member for member in circle if member["today"]],
                "members": [member for member in circle if member["line"]],
                "lines": listed([f"{member['line']:,}" for member in circle if member["line"]]),
            }
            for circle in found["circles"]
        ],
        "links": [link for link in found["held_links"] if "circle" not in link["why"]],
        "delimiter": DELIMITER_WORDS.get(found["delimiter"], found["delimiter"]),
        "writes": bool(found["new"] or found["changed"] or found["leaving"]),
    }


def _bar(found: dict[str, Any]) -> str:
    parts = [
        ScalePart(found["new"], f"{found['new']:,} new", "f-ans"),
        ScalePart(found["changed"], f"{found['changed']:,} change", "f-acc"),
        ScalePart(found["leaving"], f"{found['leaving']:,} leave", "f-harm"),
        ScalePart(found["unchanged"], f"{found['unchanged']:,} stay as they are, nothing is written for them", "band"),
    ]
    parts = [part for part in parts if part.amount]
    if not parts:
        return ""
    said = listed([part.words for part in parts])
    return bar_to_scale(parts, f"To scale: {said}")


def progress_of(row: PeopleImport) -> dict[str, Any]:
    """How far a long file has come, from the job that puts it in."""
    job = Job.objects.filter(pk=row.found.get("job")).first()
    if job is None or job.state == Job.State.WAITING:
        return {"done": 0, "total": row.rows, "words": "It waits for a worker to be free.", "trouble": ""}
    trouble = "It did not go in; the page of jobs says why." if job.state == Job.State.FAILED else ""
    return {
        "done": job.done,
        "total": job.total or row.rows,
        "words": job.words or "The rows are read.",
        "trouble": trouble,
    }
