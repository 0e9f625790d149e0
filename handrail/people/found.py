"""Says a difference as a page and an API show it: counts, the first rows of each group, and what follows from each."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from handrail.kernel.words import counted, listed
from handrail.people.difference import Change, Difference
from handrail.people.file_rows import FileRow, Value, label_of
from handrail.people.models import FIRST_OWNER
from handrail.people.places import country_name, language_name
from handrail.people.who_is_who import Known

SHOWN = 200


def found_of(difference: Difference, at: datetime, roles: Mapping[int, list[str]] | None = None) -> dict[str, Any]:
    """Everything the check page needs, as JSON. `roles` says which roles those who leave hold."""
    speaker = _Speaker(difference)
    return {
        "at": at.isoformat(),
        "rows": difference.rows,
        "good": difference.good,
        "new": len(difference.new),
        "changed": len(difference.changed),
        "leaving": len(difference.leaving),
        "unchanged": difference.unchanged,
        "here": difference.here,
        "too_many_leave": difference.too_many_leave,
        "bad": len(difference.bad),
        "dropped": difference.dropped,
        "encoding": difference.encoding,
        "delimiter": difference.delimiter,
        "units": difference.new_units[:SHOWN],
        "unit_count": len(difference.new_units),
        "new_people": [speaker.newcomer(row) for row in difference.new[:SHOWN]],
        "changes": [speaker.change(change) for change in difference.changed[:SHOWN]],
        "leavers": _leavers(difference, roles or {}),
        "circles": [
            [{"line": m.line, "number": m.staff_number, "name": m.name, "today": m.today} for m in circle]
            for circle in difference.circles[:20]
        ],
        "held_links": [
            {"line": link.line, "name": speaker.named(link.staff_number), "number": link.staff_number, "why": link.why}
            for link in difference.held_links[:SHOWN]
        ],
        "most": _most(difference),
    }


class _Speaker:
    """Puts rows into words; knows everybody's name, so that line managers are named and not numbered."""

    def __init__(self, difference: Difference) -> None:
        self.difference = difference
        self.fields = difference.fields
        self.names: dict[str, str] = {}
        for change in difference.changed:
            self.names[change.row.staff_number] = str(change.row.values[0])
        for row in difference.new:
            self.names[row.staff_number] = str(row.values[0])
        self.names.update((number, name) for number, name in difference.names.items() if number not in self.names)
        self.teams = Counter(boss for boss in difference.boss.values() if boss)

    def named(self, number: str) -> str:
        """Somebody’s name by staff number."""
        return self.names.get(number, number)

    def where(self, row: FileRow) -> str:
        """Function and place of a row, such as Front office, Galway."""
        values = dict(zip(self.fields, row.values, strict=True))
        place = str(values.get("unit") or "").rpartition(" / ")[2]
        return ", ".join(part for part in (str(values.get("function") or ""), place) if part)

    def newcomer(self, row: FileRow) -> dict[str, Any]:
        """Somebody new."""
        values = dict(zip(self.fields, row.values, strict=True))
        said = []
        if isinstance(values.get("starts_on"), date):
            said.append(f"starts {said_day(values['starts_on'])}")
        boss = self.difference.boss.get(row.staff_number, "")
        if boss:
            said.append(f"reports to {self.named(boss)}")
        return {
            "name": str(row.values[0]), "where": self.where(row), "said": said, "line": row.line,
            "number": row.staff_number, "follows": self._leads(row.staff_number),
        }  # fmt: skip

    def change(self, change: Change) -> dict[str, Any]:
        """Somebody who changes, field by field."""
        fields = [
            {
                "label": "Staff number" if field == "staff_number" else label_of(field),
                "old": "" if field == "staff_number" and old == FIRST_OWNER else self._said(field, old),
                "new": self._said(field, new),
            }
            for field, old, new in change.fields
        ]
        return {
            "name": str(change.row.values[0]), "where": self.where(change.row), "fields": fields,
            "line": change.row.line, "number": change.row.staff_number, "follows": self._follows(change),
        }  # fmt: skip

    def _follows(self, change: Change) -> str:
        said = []
        names = {field for field, _, _ in change.fields}
        if change.returns:
            said.append("Comes back; their roles stay ended")
        if not change.known.from_file:
            said.append("Was added by hand; from now on this file keeps them up to date")
        if "name" in names and "staff_number" not in names:
            said.append("Same staff number, so their record stays theirs")
        if "email" in names:
            said.append("Signs in with the new address")
        leads = self._leads(change.row.staff_number)
        return ". ".join([*said, leads] if leads else said)

    def _leads(self, number: str) -> str:
        team = self.teams.get(number, 0)
        if team and number not in self.difference.leads_today:
            return f"Becomes a line manager, of {team:,}"
        return ""

    def _said(self, field: str, value: Value) -> str:
        if field == "line_manager" and value:
            return self.named(str(value))
        if field == "country" and value:
            return country_name(str(value))
        if field == "language" and value:
            return language_name(str(value))
        if isinstance(value, date):
            return said_day(value, year=True)
        return str(value or "")


def said_day(day: Value, year: bool = False) -> str:
    """A day as a sentence says it: 16 November, with the year where it matters."""
    if not isinstance(day, date):
        return str(day or "")
    far = year or abs((day - date.today()).days) > 300
    return f"{day.day} {day:%B}{f' {day.year}' if far else ''}"


def _leavers(difference: Difference, roles: Mapping[int, list[str]]) -> list[dict[str, Any]]:
    """Those who leave, the ones whose roles need another pair of hands first."""
    ranked: list[Known] = sorted(difference.leaving, key=lambda person: person.pk not in roles)[:SHOWN]
    return [
        {"name": person.name, "number": person.staff_number, "pk": person.pk, "roles": roles.get(person.pk, [])}
        for person in ranked
    ]


def _most(difference: Difference) -> str:
    """One sentence on what most of the changes are; only what was counted."""
    said = []
    if difference.changed:
        counts = Counter(field for change in difference.changed for field, _, _ in change.fields)
        if counts:
            field, times = counts.most_common(1)[0]
            if times * 2 > len(difference.changed) and len(difference.changed) > 3:
                label = "staff number" if field == "staff_number" else label_of(field).lower()
                said.append(f"{times:,} of the {len(difference.changed):,} changes are a new {label}.")
    if difference.new_units:
        shown = listed([f"“{path}”" for path in difference.new_units[:3]]) if len(difference.new_units) <= 3 else ""
        named = f": {shown}" if shown else ""
        said.append(f"{counted(len(difference.new_units), 'place')} will be added to the organisation’s tree{named}.")
    return " ".join(said)
