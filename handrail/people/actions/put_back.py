"""The latest staff file is put back: people are as they were before it, as long as nothing was built on it."""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import ForeignObjectRel
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.kernel.words import counted
from handrail.people.actions.apply import batches, write_columns
from handrail.people.actions.imports import NOT_YOURS, may_import_people
from handrail.people.facts import PeopleImportPutBack
from handrail.people.models import OrgUnit, PeopleImport, Person, RoleGrant
from handrail.people.reads import latest_import
from handrail.people.sets import as_day, unpack_undo

Line = tuple[int, dict[str, tuple[Any, Any]]]


def why_not_put_back(row: PeopleImport) -> str:
    """The sentence that says why an import can't be put back, or "" when it can."""
    if row.state != PeopleImport.State.DONE or row.undo is None:
        return "This file changed nothing, or was put back already."
    if latest_import() != row:
        return "A newer file has gone in since; put that one back first."
    built_on = _built_on(row)
    if built_on:
        return f"People this file brought are in use by now: {built_on}. Bring in a corrected file instead."
    return ""


def _built_on(row: PeopleImport) -> str:
    """What already rests on people this file brought. Asks every table that points at a person, in any room."""
    undo = unpack_undo(row.undo)
    adopted = [pk for pk, columns in undo.persons if "joined_in_id" in columns]
    newcomers = Person.objects.filter(joined_in=row).exclude(pk__in=adopted)
    if newcomers.filter(last_login__isnull=False).exists():
        return "somebody has signed in"
    for relation in Person._meta.get_fields(include_hidden=True):
        model: Any = relation.related_model
        if model is Person or not isinstance(relation, ForeignObjectRel):
            continue
        found = model._base_manager.filter(**{f"{relation.field.name}__in": newcomers})
        if relation.one_to_many and found.exists():
            return counted(found.count(), str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
    return ""


@transaction.atomic
def put_back(row: PeopleImport, *, by: Person) -> PeopleImport:
    """Undo the latest import. Values that somebody changed again since are left as they are now."""
    if not may_import_people(by):
        raise Refused(NOT_YOURS)
    row = PeopleImport.objects.select_for_update().get(pk=row.pk)
    why_not = why_not_put_back(row)
    if why_not:
        raise NotNow(why_not)
    undo = unpack_undo(row.undo)
    restore = _to_restore(undo.persons)
    adopted = [pk for pk, columns in restore if "joined_in_id" in columns]
    write_columns(("joined_in_id",), [(None, pk) for pk in adopted])
    newcomers = Person.objects.filter(joined_in=row)
    taken_out = newcomers.count()
    Person.objects.filter(line_manager__joined_in=row).update(line_manager=None)
    newcomers._raw_delete(newcomers.db)  # nothing else points at them: _built_on has looked
    _restore(restore)
    RoleGrant.objects.filter(pk__in=undo.grants).update(ended_at=None)
    for unit in OrgUnit.objects.filter(pk__in=undo.units).order_by("-path"):
        if not unit.people.exists() and not unit.children.exists():
            unit.delete()
    row.held.all().delete()
    row.state, row.undo, row.file, row.corrections = PeopleImport.State.PUT_BACK, None, None, {}
    row.done_at = timezone.now()
    row.save()
    fact = PeopleImportPutBack(Ref("people_import", row.pk), row.sha256, taken_out=taken_out, restored=len(restore))
    announce(fact, who=by)
    return row


def _to_restore(persons: list[Line]) -> list[tuple[int, dict[str, Any]]]:
    """Per person the values from before, where they still are what the import wrote."""
    restore: list[tuple[int, dict[str, Any]]] = []
    for batch in batches(persons):
        now = Person.objects.in_bulk([pk for pk, _ in batch])
        for pk, columns in batch:
            kept = {name: _value(name, old) for name, (old, new) in columns.items() if _same(now.get(pk), name, new)}
            if kept:
                restore.append((pk, kept))
    return restore


def _restore(restore: list[tuple[int, dict[str, Any]]]) -> None:
    """Empty every address that moves, then write everybody’s values."""
    grouped: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for pk, kept in restore:
        names = tuple(sorted(kept))
        grouped[names].append((*(kept[name] for name in names), pk))
    moving = [pk for pk, kept in restore if "email" in kept]
    for batch in batches(moving):
        Person.objects.filter(pk__in=batch).update(email=None)
    for names, rows in grouped.items():
        write_columns(names, rows)


def _same(person: Person | None, name: str, after: Any) -> bool:
    return person is not None and getattr(person, name) == _value(name, after)


def _value(name: str, value: Any) -> Any:
    return as_day(value) if name in ("starts_on", "ends_on") else value
