"""Writes a difference down in sets, and keeps how things stood so that it can be put back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from handrail.people.difference import Change, Difference
from handrail.people.file_rows import FileRow
from handrail.people.models import OrgUnit, PeopleImport, Person, RoleGrant
from handrail.people.sets import Undo

BATCH = 2_000


@dataclass(slots=True)
class Applied:
    """What was written: the undo record, and the role grants that ended because people left."""

    undo: Undo
    ended: list[RoleGrant] = field(default_factory=list)


def apply_difference(difference: Difference, row: PeopleImport) -> Applied:
    """Write everything: units, addresses that move, newcomers from the top of the chart down, changes, leavers."""
    applied = Applied(Undo(persons=[], grants=[], units=[]))
    units = _units(difference, applied.undo)
    changes = _changes(difference, row, units)
    _let_go_of_addresses(difference, changes, applied.undo)
    keys = {change.row.staff_number: change.known.pk for change in difference.changed}
    _new_people(difference, row, units, keys)
    _write_changes(difference, changes, keys, applied.undo)
    applied.ended = _leave(difference, applied.undo)
    return applied


def _units(difference: Difference, undo: Undo) -> dict[str, int]:
    """Key of every unit by path; makes the new ones, parents first."""
    keys = dict(OrgUnit.objects.values_list("path", "pk"))
    by_depth: dict[int, list[str]] = defaultdict(list)
    for path in difference.new_units:
        by_depth[path.count(" / ")].append(path)
    for depth in sorted(by_depth):
        made = [
            OrgUnit(name=path.rpartition(" / ")[2][:200], path=path, parent_id=keys.get(path.rpartition(" / ")[0]))
            for path in by_depth[depth]
        ]
        for unit in OrgUnit.objects.bulk_create(made, batch_size=500):
            keys[unit.path] = unit.pk
            undo.units.append(unit.pk)
    return keys


def _column(name: str) -> str:
    return {"unit": "unit_id", "line_manager": "line_manager_id"}.get(name, name)


def _stored(name: str, value: Any, units: dict[str, int]) -> Any:
    if name == "unit":
        return units[str(value)] if value else None
    if name == "email":
        return value or None
    if name in ("starts_on", "ends_on"):
        return value
    return value or ""


def _changes(
    difference: Difference, row: PeopleImport, units: dict[str, int]
) -> list[tuple[Change, dict[str, tuple[Any, Any]]]]:
    """Each change as column → (before, after); line managers follow once the newcomers have keys."""
    changes = []
    back = [change.known.pk for change in difference.changed if change.returns]
    ended = {
        pk: day
        for batch in batches(back)
        for pk, day in Person.objects.filter(pk__in=batch).values_list("pk", "ends_on")
    }
    for change in difference.changed:
        columns: dict[str, tuple[Any, Any]] = {
            _column(name): (_stored(name, old, units), _stored(name, new, units))
            for name, old, new in change.fields
            if name != "line_manager"
        }
        if change.returns:
            columns["is_active"] = (False, True)
            if "ends_on" not in difference.fields:
                columns["ends_on"] = (ended[change.known.pk], None)
        if not change.known.from_file:
            columns["joined_in_id"] = (None, row.pk)
        changes.append((change, columns))
    return changes


def _let_go_of_addresses(
    difference: Difference, changes: Sequence[tuple[Change, dict[str, tuple[Any, Any]]]], undo: Undo
) -> None:
    """Empty every address that moves before any is written, so that two people can swap theirs."""
    moving = [change.known.pk for change, columns in changes if "email" in columns]
    freed = {person.pk for person in difference.freed}
    for batch in batches([*moving, *freed]):
        Person.objects.filter(pk__in=batch).update(email=None)
    leaving = {person.pk for person in difference.leaving}
    undo.persons.extend(
        (person.pk, {"email": (person.email, None)}) for person in difference.freed if person.pk not in leaving
    )


def _new_people(difference: Difference, row: PeopleImport, units: dict[str, int], keys: dict[str, int]) -> None:
    """Insert newcomers, then learn their keys in one question, then set their line managers by key."""
    insert_people(_newcomer(difference, newcomer, row, units) for newcomer in difference.new)
    keys.update(Person.objects.filter(joined_in=row).values_list("staff_number", "pk"))
    _look_up(difference, keys)
    links = (
        (keys[difference.boss[newcomer.staff_number]], keys[newcomer.staff_number])
        for newcomer in difference.new
        if difference.boss.get(newcomer.staff_number)
    )
    write_columns(("line_manager_id",), links)


def _look_up(difference: Difference, keys: dict[str, int]) -> None:
    """Keys of line managers who are in Handrail already and do not change themselves."""
    wanted = [boss for boss in set(difference.boss.values()) if boss and boss not in keys]
    for batch in batches(wanted):
        keys.update(Person.objects.filter(staff_number__in=batch).values_list("staff_number", "pk"))


def _newcomer(difference: Difference, newcomer: FileRow, row: PeopleImport, units: dict[str, int]) -> dict[str, Any]:
    given = {
        _column(name): _stored(name, value, units)
        for name, value in zip(difference.fields, newcomer.values, strict=True)
    }
    return {"staff_number": newcomer.staff_number, "joined_in_id": row.pk, **given}


def _write_changes(
    difference: Difference,
    changes: Sequence[tuple[Change, dict[str, tuple[Any, Any]]]],
    keys: dict[str, int],
    undo: Undo,
) -> None:  # fmt: skip
    grouped: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for change, columns in changes:
        if any(name == "line_manager" for name, _, _ in change.fields):
            boss = difference.boss[change.row.staff_number]
            columns["line_manager_id"] = (change.known.boss_pk, keys.get(boss) if boss else None)
        if not columns:
            continue
        names = tuple(sorted(columns))
        grouped[names].append((*(columns[name][1] for name in names), change.known.pk))
        undo.persons.append((change.known.pk, columns))
    for names, rows in grouped.items():
        write_columns(names, rows)


def write_columns(names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Set the same columns of many people, each with values of their own; each row ends with the key.

    One statement, prepared once: bulk_update builds a CASE per person, which takes minutes for a whole workforce.
    """
    if not set(names) <= {each.column for each in Person._meta.concrete_fields}:
        raise ValueError(f"not all of these are columns of a person: {names}")
    sets = ", ".join(f"{connection.ops.quote_name(name)} = %s" for name in names)
    _run_many(f"UPDATE {_table()} SET {sets} WHERE id = %s", rows)  # noqa: S608


def insert_people(rows: Iterable[dict[str, Any]]) -> None:
    """Insert many people without a password; columns not given take the model's defaults. Ten times bulk_create."""
    defaults = {str(each.column): each.get_default() for each in Person._meta.concrete_fields if not each.primary_key}
    defaults["password"] = make_password(None)
    names = ", ".join(connection.ops.quote_name(name) for name in defaults)
    marks = ", ".join("%s" for _ in defaults)
    statement = f"INSERT INTO {_table()} ({names}) VALUES ({marks})"  # noqa: S608
    _run_many(statement, (tuple(row.get(name, default) for name, default in defaults.items()) for row in rows))


def _table() -> str:
    return connection.ops.quote_name(Person._meta.db_table)


def _run_many(statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        source = iter(rows)
        while batch := list(islice(source, BATCH)):
            cursor.executemany(statement, [tuple(_adapted(value) for value in row) for row in batch])


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _leave(difference: Difference, undo: Undo) -> list[RoleGrant]:
    """Those who leave can't sign in from now on, and their roles end; their row and what they agreed to stay."""
    freed = {person.pk for person in difference.freed}
    today = timezone.localdate()
    ended: list[RoleGrant] = []
    for batch in batches([person.pk for person in difference.leaving]):
        people = list(Person.objects.filter(pk__in=batch).only("pk", "ends_on", "email"))
        emails = {person.pk: person.email for person in difference.leaving if person.pk in freed}
        rows: list[tuple[Any, ...]] = []
        for person in people:
            ends = person.ends_on if person.ends_on and person.ends_on < today else today
            columns: dict[str, tuple[Any, Any]] = {"is_active": (True, False), "ends_on": (person.ends_on, ends)}
            if person.pk in emails:
                columns["email"] = (emails[person.pk], None)
            undo.persons.append((person.pk, columns))
            rows.append((ends, False, person.pk))
        write_columns(("ends_on", "is_active"), rows)
        grants = list(RoleGrant.objects.filter(person_id__in=batch, ended_at__isnull=True))
        RoleGrant.objects.filter(pk__in=[grant.pk for grant in grants]).update(ended_at=timezone.now())
        ended.extend(grants)
    undo.grants.extend(grant.pk for grant in ended)
    return ended


def batches(many: Sequence[Any], size: int = 900) -> Iterator[list[Any]]:
    """A long list in parts that fit one statement."""
    # SQLite takes at most 999 parameters in one statement.
    for start in range(0, len(many), size):
        yield list(many[start : start + size])
