"""How lines of a file become deeds: each line is held against what stands, and its own verb writes what differs."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models

from handrail.kernel.errors import BadInput, NotNow
from handrail.people.models import Person
from handrail.strategy.actions.domains import ActivityText, DomainText, activities_of, set_domain
from handrail.strategy.actions.initiatives import (
    InitiativeText,
    change_initiative,
    initiative_text_of,
    propose_initiative,
)
from handrail.strategy.actions.keys import checked_cells
from handrail.strategy.actions.purposes import PurposeText, change_purpose, propose_purpose, text_of
from handrail.strategy.models import Constituency, Domain, Goal, Initiative, Purpose
from handrail.strategy.reads.tables import mark_of
from handrail.strategy.sheets import BadRow, Line, squeezed, the_cells, the_day

Differences = tuple[tuple[str, str, str], ...]
Outcome = tuple[str, Differences]
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Deed:
    """What one line, or the lines of one row, would do. `run` does it and says new, changed or unchanged."""

    line: int
    title: str
    run: Callable[[], Outcome]


@dataclass(slots=True)
class InFile:
    """The file at hand: its lines, its name, who brings it, where bad lines go, and people found by their marks."""

    lines: list[Line]
    name: str
    by: Person
    bad: list[BadRow]
    found: dict[str, Person] = field(default_factory=dict)

    def person(self, line: Line, column: str, stands: Person | None) -> Person | None:
        """The person a cell names by e-mail or staff number; whoever stands there already may stay, even if gone."""
        mark = line.says(column, mark_of(stands))
        if mark.casefold() == mark_of(stands).casefold():
            return stands
        if not mark:
            return None
        if mark.casefold() not in self.found:
            here = Person.objects.here()
            person = here.filter(email__iexact=mark).first() or here.filter(staff_number=mark).first()
            if person is None:
                raise BadInput(f"Nobody here has the e-mail or staff number “{mark}”. Check it.", field=column)
            self.found[mark.casefold()] = person
        return self.found[mark.casefold()]

    def together(self, *columns: str, same: Iterable[str] = ()) -> Iterator[list[Line]]:
        """Lines about one row, by the first of the columns that is filled; lines that contradict it are held back."""
        groups: dict[str, list[Line]] = {}
        for line in self.lines:
            groups.setdefault("\n".join(line[column].casefold() for column in columns), []).append(line)
        for group in groups.values():
            first, bad = group[0], [each for each in group[1:] if self._contradicts(group[0], each, same)]
            if bad:
                lines = ", ".join(str(each.number) for each in bad)
                self.bad.append(BadRow(first.number, f"It goes in once line {lines} is mended, because they are one."))
            else:
                yield group

    def _contradicts(self, first: Line, other: Line, same: Iterable[str]) -> bool:
        for column in same:
            if other[column] and squeezed(other[column]) != squeezed(first[column]):
                said = f"It says another {column} than line {first.number}. Make them the same, or leave it empty here."
                self.bad.append(BadRow(other.number, said, other[column]))
                return True
        return False

    def once(self, column: str) -> Iterator[Line]:
        """Lines with their own key; a second line with the same key is held back."""
        seen: dict[str, int] = {}
        for line in self.lines:
            mark = line[column].casefold() or line["name"].casefold()
            if mark in seen:
                self.bad.append(BadRow(line.number, f"“{mark}” stands on line {seen[mark]} too. Keep one.", mark))
            else:
                seen[mark] = line.number
                yield line


def standing(model: type[Row], key: str, name: str) -> Row | None:
    """The row a line is about: by its key, else by its name."""
    rows: Any = model._default_manager
    by_key: Row | None = rows.filter(key=key.casefold()).first() if key else None
    if by_key is not None:
        return by_key
    named: list[Row] = [] if key else list(rows.filter(name__iexact=name)[:2])
    if len(named) > 1:
        raise BadInput(f"Several are called “{name}”. Add their keys in a column “key”.", field="key")
    return named[0] if named else None


def differences(old: Any, new: Any, names: Iterable[str]) -> Differences:
    """What differs between how a row stands and how a file says it should."""
    pairs = [(name, getattr(old, name), getattr(new, name)) for name in names]
    return tuple((name.replace("_", " "), _said(was), _said(now)) for name, was, now in pairs if was != now)


def _said(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(_said(each) for each in value) or "none"
    if isinstance(value, ActivityText):
        return value.what
    return str(value) if value not in (None, "") else "none"


def domain_deeds(file: InFile) -> Iterator[Deed]:
    """Domains, a line for each thing they do today."""
    for group in file.together("key", "name", same=("lead", "readiness", "impact")):
        yield Deed(group[0].number, group[0]["name"], lambda group=group: _domain(file, group))  # type: ignore[misc]


def _domain(file: InFile, group: list[Line]) -> Outcome:
    line = group[0]
    row = standing(Domain, line["key"], line["name"])
    old = DomainText(row.name, row.lead, row.expected_impact, row.readiness, activities_of(row)) if row else None
    ready = line.says("readiness", old.readiness if old else Domain.Readiness.NOT_ASKED)
    text = DomainText(
        name=line.says("name", old.name if old else ""),
        lead=file.person(line, "lead", old.lead if old else None),
        expected_impact=line.says("impact", old.expected_impact if old else ""),
        readiness=_choice(ready or Domain.Readiness.NOT_ASKED, Domain.Readiness.choices, "readiness"),
        activities=_activities(group, old),
    )
    if old == text:
        return "unchanged", ()
    set_domain(text, by=file.by, row=row)
    names = ("name", "lead", "expected_impact", "readiness", "activities")
    return ("changed", differences(old, text, names)) if old else ("new", ())


def _activities(group: list[Line], old: DomainText | None) -> tuple[ActivityText, ...]:
    stand = old.activities if old else ()
    if "activity" not in group[0].cells:
        return stand
    found: list[ActivityText] = []
    for line in group:
        if not line["activity"]:
            if line["channel"] or line["audience"]:
                raise BadInput(f"Line {line.number} names a channel or people but no activity. Say what it does.")
            continue
        here = stand[len(found)] if len(found) < len(stand) else ActivityText("")
        audience = line.says("audience", here.audience)
        found.append(
            ActivityText(
                line.says("activity", here.what),
                line.says("channel", here.channel),
                _choice(audience, Constituency.choices, "audience") if audience else "",
                line.says("how often", here.how_often),
            )
        )
    return tuple(found)


def _choice(said: str, choices: Iterable[tuple[str, Any]], column: str) -> str:
    known = {word.casefold(): value for value, label in choices for word in (value, str(label))}
    if said.casefold() not in known:
        listed = ", ".join(value for value, _ in choices)
        raise BadInput(f"“{said}” is no {column} we know. Write one of {listed}.", field=column)
    return known[said.casefold()]


def purpose_deeds(file: InFile) -> Iterator[Deed]:
    """Purposes, one to a line. A file proposes and changes; it never approves."""
    for line in file.once("key"):
        yield Deed(line.number, line["name"], lambda line=line: _purpose(file, line))  # type: ignore[misc]


def _purpose(file: InFile, line: Line) -> Outcome:
    row = standing(Purpose, line["key"], line["name"])
    old = text_of(row) if row else PurposeText("", "")
    goals, domains = _rows(Goal, line, "goals", old.goals), _rows(Domain, line, "domains", old.domains)
    text = PurposeText(
        name=line.says("name", old.name),
        statement=line.says("statement", old.statement),
        why=line.says("why", old.why),
        owner=file.person(line, "owner", old.owner),
        cells=checked_cells(the_cells(line["cells"])),
        goals=goals,
        domains=domains,
        review_on=the_day(line, "review", old.review_on),
    )
    if row is None:
        propose_purpose(text, by=file.by, key=line["key"])
        return "new", ()
    names = ("name", "statement", "why", "owner", "cells", "goals", "domains", "review_on")
    found = tuple(each for each in differences(_in_order(old), _in_order(text), names))
    if not found:
        return "unchanged", ()
    if row.state == Purpose.State.DROPPED:
        raise NotNow("This purpose was dropped. Take the line out, or give a new purpose another key.")
    change_purpose(row, text, by=file.by, why=f"Import of {file.name}"[:600])
    return "changed", found


def _in_order(text: PurposeText) -> Any:
    """The same text with its sets in one order, because order is no difference."""
    return PurposeText(
        **{name: getattr(text, name) for name in ("name", "statement", "why", "owner", "review_on")},
        cells=checked_cells(text.cells, needed=False),
        goals=tuple(sorted(text.goals, key=lambda goal: goal.pk)),
        domains=tuple(sorted(text.domains, key=lambda domain: domain.pk)),
    )


def _rows(model: type[Row], line: Line, column: str, stand: tuple[Row, ...]) -> tuple[Row, ...]:
    """Goals or domains a cell names by key, semicolons between them; a domain’s own name will do."""
    if column not in line.cells:
        return stand
    wanted = [squeezed(each) for each in line[column].split(";") if each.strip()]
    rows: Any = model._default_manager
    found: dict[int, Row] = {}
    for mark in wanted:
        row = rows.filter(key=mark.casefold()).first()
        if row is None and model is Domain:
            row = rows.filter(name__iexact=mark).first()
        if row is None:
            raise BadInput(f"There is no {column[:-1]} “{mark}”. Write its key, or bring it in first.", field=column)
        found[row.pk] = row
    return tuple(found.values())


def initiative_deeds(file: InFile) -> Iterator[Deed]:
    """Initiatives, one to a line. A file proposes and changes; it takes nothing live."""
    for line in file.once("key"):
        yield Deed(line.number, line["name"], lambda line=line: _initiative(file, line))  # type: ignore[misc]


def _initiative(file: InFile, line: Line) -> Outcome:
    purpose = standing(Purpose, line["purpose"], line["purpose"])
    purpose = purpose or standing(Purpose, "", line["purpose"])
    if purpose is None:
        raise BadInput(f"There is no purpose “{line['purpose']}”. Bring purposes in first.", field="purpose")
    row = standing(Initiative, line["key"], line["name"])
    if row is not None and row.purpose_id != purpose.pk:
        raise NotNow(f"It stands under “{row.purpose.name}” and can’t move. Give a new one another key.")
    old = initiative_text_of(row) if row else InitiativeText("")
    topics = {f"on_{topic}": line.says(topic, getattr(old, f"on_{topic}")) for topic in TOPICS}
    text = InitiativeText(
        name=line.says("name", old.name),
        lead=file.person(line, "lead", old.lead),
        cells=checked_cells(the_cells(line["cells"])),
        channels=line.says("channels", old.channels),
        **topics,
    )
    if row is None:
        propose_initiative(purpose, text, by=file.by, key=line["key"])
        return "new", ()
    stands = InitiativeText(
        old.name, old.lead, checked_cells(old.cells, needed=False), old.channels, *(getattr(old, n) for n in topics)
    )
    found = differences(stands, text, ("name", "lead", "cells", "channels", *topics))
    if not found:
        return "unchanged", ()
    change_initiative(row, text, by=file.by)
    return "changed", found


TOPICS = ("mission", "strategy", "values", "outcomes")
