"""Keeps the rows of a version's clauses in step with its text, and the ledger of every clause there ever was."""

from collections.abc import Mapping
from dataclasses import replace

from handrail.people.models import Person
from handrail.policy.clause import Document
from handrail.policy.models import Clause, ClauseEdit, ClauseText, Policy, Version
from handrail.policy.text.ids import new_id
from handrail.policy.text.matching import written_ids

_BATCH = 500


def with_unused_ids(policy: Policy, document: Document, standing: Document | None) -> Document:
    """No clause gets an id by chance that another once had; one written in the file on purpose stays."""
    ever = set(Clause.objects.filter(policy=policy).values_list("key", flat=True))
    kept = written_ids(document) | ({clause.id for clause in standing.clauses} if standing else set())
    if not any(clause.id in ever and clause.id not in kept for clause in document.clauses):
        return document
    taken = ever | {clause.id for clause in document.clauses}
    clauses = []
    for clause in document.clauses:
        if clause.id in ever and clause.id not in kept:
            fresh = new_id(clause.text, taken)
            taken.add(fresh)
            clauses.append(replace(clause, id=fresh))
        else:
            clauses.append(clause)
    return replace(document, clauses=tuple(clauses))


def ever_used(policy_id: int) -> set[str]:
    """Every id a clause of this policy has or had."""
    return set(Clause.objects.filter(policy_id=policy_id).values_list("key", flat=True))


def keep_clause_rows(version: Version, document: Document) -> None:
    """Write the clauses of a version that differ from what is kept; the others are left alone."""
    standing = {row.key: row for row in version.clauses.all()}
    wanted = clause_rows(version, document)
    changed = [row for row in wanted if row.key not in standing or _values(standing[row.key]) != _values(row)]
    keys = {row.key for row in wanted}
    gone = [row.pk for key, row in standing.items() if key not in keys]
    gone += [standing[row.key].pk for row in changed if row.key in standing]
    for start in range(0, len(gone), _BATCH):
        version.clauses.filter(pk__in=gone[start : start + _BATCH]).delete()
    ClauseText.objects.bulk_create(changed, batch_size=_BATCH)


_COLUMNS = [field.attname for field in ClauseText._meta.concrete_fields if field.attname != "id"]


def _values(row: ClauseText) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _COLUMNS)


def clause_rows(version: Version, document: Document) -> list[ClauseText]:
    """The clauses of a text as rows of a version, not kept yet."""
    return [
        ClauseText(
            version=version,
            key=clause.id,
            position=position,
            kind=clause.kind,
            heading=clause.heading,
            heading_path=list(clause.headings),
            level=clause.level,
            lead_in=clause.lead_in,
            frame=clause.frame,
            form=clause.form,
            depth=min(clause.depth, 999),
            marker=clause.marker[:200],
            text=clause.text,
            markup=clause.markup,
            line_start=clause.line_start,
            line_end=clause.line_end,
        )
        for position, clause in enumerate(document.clauses)
    ]


def keep_ledger(
    version: Version,
    document: Document,
    by: Person | None,
    came_from: Mapping[str, tuple[str, ...]] | None = None,
    merged: Mapping[str, str] | None = None,
) -> None:
    """A row for each new clause, a retired one for each that is gone, and a gone one that is back stands again."""
    keys = [clause.id for clause in document.clauses]
    rows = {row.key: row for row in Clause.objects.filter(policy_id=version.policy_id)}
    parents, into = came_from or {}, merged or {}
    Clause.objects.bulk_create(
        [
            Clause(
                policy_id=version.policy_id,
                key=key,
                born_in=version,
                made_by=by,
                came_from=list(parents.get(key, ())),
                **_inherited(rows, parents.get(key, ())),
            )
            for key in keys
            if key not in rows
        ],
        batch_size=_BATCH,
    )
    here = set(keys)
    for key, row in rows.items():
        if key in here and row.retired_in_id is not None:
            row.retired_in, row.merged_into = None, ""
            row.save(update_fields=["retired_in", "merged_into"])
        elif key not in here and row.retired_in_id is None:
            row.retired_in, row.merged_into = version, into.get(key, "")
            row.save(update_fields=["retired_in", "merged_into"])


def _inherited(rows: Mapping[str, Clause], parents: tuple[str, ...]) -> dict[str, object]:
    """A part that was split off keeps the owner, topics and audience of the clause it came from."""
    parent = rows.get(parents[0]) if parents else None
    if parent is None:
        return {}
    return {"owner_id": parent.owner_id, "topics": list(parent.topics), "audience_id": parent.audience_id}


def keep_edit(
    version: Version,
    before: str,
    *,
    verb: str,
    keys: tuple[str, ...],
    by: Person | None,
    undoes: ClauseEdit | None = None,
) -> ClauseEdit:
    """Write down which lines a verb took out of the text and put in, so that it can be undone."""
    place, removed, added = _difference(before, version.markdown)
    last = version.edits.order_by("-number").values_list("number", flat=True).first() or 0
    return ClauseEdit.objects.create(
        version=version,
        number=last + 1,
        verb=verb,
        keys=list(keys),
        place=place,
        removed=removed,
        added=added,
        undoes=undoes,
        by=by,
    )


def _difference(old: str, new: str) -> tuple[int, str, str]:
    """Where two texts begin to differ, and the whole lines that differ."""
    was, now = old.splitlines(keepends=True), new.splitlines(keepends=True)
    start = 0
    while start < min(len(was), len(now)) and was[start] == now[start]:
        start += 1
    tail = 0
    while tail < min(len(was), len(now)) - start and was[-1 - tail] == now[-1 - tail]:
        tail += 1
    place = sum(len(line) for line in was[:start])
    return place, "".join(was[start : len(was) - tail]), "".join(now[start : len(now) - tail])
