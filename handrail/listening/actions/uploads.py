"""A file of posts on its way in through the pages: chosen, its columns matched, queued, stopped."""

import hashlib
from collections.abc import Iterable

import msgspec
from django.db import transaction
from django.utils import timezone

from handrail.engine.sources.files import FIELDS
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.jobs import enqueue
from handrail.listening import tasks
from handrail.listening.actions.imports import (
    NOT_YOURS,
    columns_of,
    look_into,
    may_import_posts,
    put_in,
    staged,
    uploads,
)
from handrail.listening.models import PostImport
from handrail.people.models import Person

AT_ONCE = 3_000_000  # bytes; about 20,000 posts, or two seconds
State = PostImport.State


def choose_file(chunks: Iterable[bytes], name: str, *, by: Person) -> PostImport:
    """Keep an uploaded file until it is put in or given up, with our guess at its columns; nothing of it goes in yet.

    Raises BadInput when it can't be read at all, and keeps nothing then.
    """
    if not may_import_posts(by):
        raise Refused(NOT_YOURS)
    folder = uploads()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    row = PostImport(name=name[:255], by=by, form="")
    digest = hashlib.sha256()
    path = folder / f"{timezone.now():%Y%m%d%H%M%S%f}.part"
    try:
        with path.open("wb") as out:
            for chunk in chunks:
                digest.update(chunk)
                row.size += out.write(chunk)
        row.sha256 = digest.hexdigest()
        with path.open("rb") as stream:
            look_into(row, stream, None)
        row.save()
        path.rename(staged(row))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return row


@transaction.atomic
def match_columns(row: PostImport, matches: dict[int, str], date_order: str, *, by: Person) -> PostImport:
    """Read the chosen file by these columns (index → field) instead of our guess. Raises BadInput when it can't be."""
    if not may_import_posts(by):
        raise Refused(NOT_YOURS)
    row = PostImport.objects.select_for_update().get(pk=row.pk)
    columns = columns_of(row)
    if row.state != State.CHOSEN:
        raise NotNow("This file is on its way in already. Choose it again to read it another way.")
    if columns is None:
        raise NotNow("A JSONL file names its own fields, so there are no columns to match.")
    fields: dict[str, int] = {}
    for index, name in matches.items():
        if name not in FIELDS or not 0 <= index < columns.width:
            raise BadInput("A column was matched with a field that doesn’t exist. Choose from the lists.")
        if name in fields:
            raise BadInput(f"Two columns are matched with {FIELDS[name]}. Leave one of them out.", field=name)
        fields[name] = index
    for name, words in (("text", "the text"), ("posted_at", "the date")):
        if name not in fields:
            raise BadInput(f"No column gives {words}. Choose one; a post needs its words and its day.", field=name)
    order = date_order if date_order in ("day", "month", "iso") else columns.date_order
    row.columns = msgspec.to_builtins(msgspec.structs.replace(columns, fields=fields, date_order=order))
    row.save(update_fields=["columns"])
    return row


@transaction.atomic
def queue_import(row: PostImport, *, by: Person) -> PostImport:
    """Mark a chosen or stopped file as waiting to go in."""
    if not may_import_posts(by):
        raise Refused(NOT_YOURS)
    row = PostImport.objects.select_for_update().get(pk=row.pk)
    if row.state not in (State.CHOSEN, State.STOPPED):
        raise NotNow(f"This file can’t go in now: {row.get_state_display().lower()}.")
    if not staged(row).exists():
        raise NotNow("The file itself is no longer here. Choose it again; what went in already is known and stays.")
    row.state, row.why = State.WAITING, ""
    row.save(update_fields=["state", "why"])
    if row.size > AT_ONCE:
        enqueue(tasks.put_posts_in, row.pk)
    return row


def start_import(row: PostImport, *, by: Person) -> PostImport:
    """Put a chosen or stopped file in: at once when it is small, else by a worker while you go on."""
    row = queue_import(row, by=by)
    if row.size <= AT_ONCE:
        put_in(row, by=by)
    return row


@transaction.atomic
def stop_import(row: PostImport, *, by: Person) -> PostImport:
    """Stop a file on its way in after the step under way; what is in stays, and it can go on later."""
    if not may_import_posts(by):
        raise Refused(NOT_YOURS)
    row = PostImport.objects.select_for_update().get(pk=row.pk)
    if row.state not in (State.RUNNING, State.WAITING):
        raise NotNow("This file isn’t on its way in, so there is nothing to stop.")
    row.state = State.STOPPED
    row.save(update_fields=["state"])
    return row
