"""This installation's record as one thing: check it, seal it, export it, and say in words how it stands."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.db import DatabaseError, connection
from django.utils import timezone

from handrail.kernel.actions.seal import checkpoints_folder, keys_folder, make_checkpoint
from handrail.kernel.bundle import BadBundle, write
from handrail.kernel.canon import Line, stamp
from handrail.kernel.checkpoints import read_all
from handrail.kernel.errors import Refusal
from handrail.kernel.guards import missing_guards
from handrail.kernel.models import JournalEntry
from handrail.kernel.proof import Verdict, check
from handrail.kernel.signing import known_keys

Shown = Callable[[Iterable[Line], int], Iterator[Line]]


def _plainly(rows: Iterable[Line], total: int) -> Iterator[Line]:
    return iter(rows)


def journal_lines() -> Iterator[Line]:
    """Every fact in order, read as it is asked for."""
    for entry in JournalEntry.objects.order_by("id").iterator(chunk_size=2000):
        yield entry.as_line()


def check_journal(
    keys: dict[str, str] | None = None, copy: Path | None = None, shown: Shown = _plainly
) -> tuple[Verdict, list[str]]:
    """Hold the journal against its checkpoints, or against a copy of them; with notes that are no findings."""
    _must_be_there()
    checkpoints, torn = read_all(copy or checkpoints_folder())
    total = JournalEntry.objects.count()
    verdict = check(shown(journal_lines(), total), checkpoints, keys or known_keys(keys_folder()), torn)
    notes = []
    if not checkpoints and total:
        notes.append("No checkpoint is there to compare with. Sign one with “handrail verify --checkpoint”.")
    if missing := missing_guards():
        notes.append(
            f"The database no longer guards the journal ({', '.join(missing)} missing). "
            "Put the guards up again with “handrail manage guard_journal”."
        )
    return verdict, notes


def seal_in_words() -> str:
    """Sign how the journal stands and say so."""
    _must_be_there()
    try:
        made = make_checkpoint()
    except Refusal as refusal:
        return refusal.sentence
    if made is None:
        return "Nothing was added since the last checkpoint, so none was made."
    return f"Signed: {made.count:,} facts, with the key {made.key}."


def export_journal(path: Path) -> str:
    """Write the journal into one file that anyone can check; returns the sentence that says so."""
    checkpoints, _ = read_all(checkpoints_folder())
    keys = known_keys(keys_folder())
    head = {"facts": JournalEntry.objects.count(), "made_at": stamp(timezone.now()), "keys": list(keys.values())}
    try:
        written = write(path, _up_to(head["facts"]), checkpoints, head)
    except OSError as error:
        raise BadBundle(f"{path} can’t be written: {error.strerror}.") from error
    named = " and ".join(keys) or "none yet"
    return f"{path} holds {written:,} facts and {len(checkpoints):,} checkpoints. Key fingerprint: {named}."


def _up_to(count: object) -> Iterator[Line]:
    for line in journal_lines():
        if isinstance(count, int) and line.number > count:
            return
        yield line


def _must_be_there() -> None:
    try:
        there = JournalEntry._meta.db_table in connection.introspection.table_names()
    except DatabaseError as error:
        raise BadBundle(f"The database can’t be opened: {error}") from error
    if not there:
        raise BadBundle("There is no journal here yet. Run “handrail manage migrate” first, or check HANDRAIL_HOME.")
