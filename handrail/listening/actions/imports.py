"""Bringing posts in from files: checked first, then put in by short steps that can stop, go on and be put back."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from handrail.engine.flow import Batch, Ready, flow, prepare
from handrail.engine.matching import can_compile
from handrail.engine.post import BadRow
from handrail.engine.sentiment import score
from handrail.engine.sources.files import Columns, Reader, Unreadable, is_jsonl, look_at, open_posts
from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.listening.actions.rows import Counts, add_counts, one_at_a_time, put_bad_posts, put_mentions
from handrail.listening.facts import ImportForgotten, PostsImported
from handrail.listening.models import BadPost, Mention, PostImport, TopicMention, hour_of
from handrail.listening.queries import Topics
from handrail.people.models import Person, Role
from handrail.people.reads import has_role

STEP = 1000
KEPT_BAD_ROWS = 10_000
LONG = 10_000_000  # bytes; from here on the time to load what numba compiles is won back
NOT_YOURS = "Only the governance owner and care analysts bring posts in. Ask one of them."
State = PostImport.State
Tick = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a file of posts would bring, or brought. `bad_rows` are the first of `bad`; `by_topic` counts new posts."""

    name: str
    form: str
    rows: int
    new: int
    known: int
    bad: int
    skipped: int
    bad_rows: tuple[BadRow, ...]
    written: bool
    by_topic: dict[int, int] = field(default_factory=dict)
    first: datetime | None = None
    last: datetime | None = None
    whole: bool = True
    post_import: PostImport | None = None


def may_import_posts(person: Person) -> bool:
    """Those who listen bring posts in: the governance owner and care analysts."""
    return has_role(person, Role.GOVERNANCE_OWNER, Role.CARE_ANALYST)


def import_posts(
    source: BinaryIO | Path,
    name: str,
    *,
    by: Person,
    columns: Columns | None = None,
    dry_run: bool = False,
    tick: Tick | None = None,
) -> ImportReport:
    """Bring a file of posts in: good rows go in, bad rows are kept with line and reason, known posts are left alone.

    Written in steps of STEP rows, each with its counts in one transaction, so a killed import goes on where it was
    when the same file comes again. Raises BadInput when the file as a whole can't be read.
    """
    if not may_import_posts(by):
        raise Refused(NOT_YOURS)
    with _opened(source) as stream:
        if dry_run:
            return check_posts(stream, name, columns=columns)
        row = _begin(stream, name, columns, by)
        _carry_on(row, stream, by, tick)
        return report_of(row)


def check_posts(
    source: BinaryIO | Path, name: str, *, columns: Columns | None = None, most: int | None = None
) -> ImportReport:
    """What a file would bring, nothing written; with `most`, only its first rows are looked at."""
    with _opened(source) as stream:
        reader = _reader(stream, columns)
        topics = Topics()
        rows = new = known = bad = 0
        kept_bad: list[BadRow] = []
        by_topic: Counter[int] = Counter()
        first = last = None
        for batch in flow(islice(reader, most), topics, _unscored, STEP):
            here = {row.post.uri: row for row in batch.ready}
            there = set(Mention.objects.filter(uri__in=list(here)).values_list("uri", flat=True))
            fresh = [row for uri, row in here.items() if uri not in there]
            rows += len(batch.ready) + len(batch.bad)
            new += len(fresh)
            known += len(batch.ready) - len(fresh)
            bad += len(batch.bad)
            kept_bad += batch.bad[: 200 - len(kept_bad)]
            by_topic.update(topic for row in fresh for topic in row.matched)
            moments = [row.post.posted_at for row in fresh]
            first = min([*moments, *([first] if first else [])], default=None)
            last = max([*moments, *([last] if last else [])], default=None)
        whole = most is None or next(reader, None) is None
        form = form_of(stream)
        return ImportReport(
            name,
            form,
            rows,
            new,
            known,
            bad,
            reader.skipped,
            tuple(kept_bad),
            False,
            dict(by_topic),
            first,
            last,
            whole,
        )


def put_in(row: PostImport, *, by: Person | None, tick: Tick | None = None) -> ImportReport:
    """Put a waiting file in, from where it stopped; the kept file goes when all of it is in."""
    path = staged(row)
    row.refresh_from_db()
    if not row.is_moving:
        return report_of(row)
    try:
        with _opened(path) as stream:
            _run(row)
            _carry_on(row, stream, by, tick)
    except BadInput as refusal:
        _close(row, State.STOPPED, refusal.sentence)
        raise
    except OSError as error:
        _close(row, State.STOPPED, f"The file could not be read: {error.strerror}.")
        raise
    path.unlink(missing_ok=True)
    return report_of(row)


@transaction.atomic
def forget_import(row: PostImport, *, by: Person) -> int:
    """Put a file back: the posts it brought are kept no longer, and the counts fall by them. Returns how many."""
    if not may_import_posts(by):
        raise Refused(NOT_YOURS)
    one_at_a_time()
    row = PostImport.objects.select_for_update().get(pk=row.pk)
    if row.is_moving:
        raise NotNow("This file is still going in. Stop it first.")
    counts: Counts = Counter()
    for moment, label in Mention.objects.filter(post_import=row).values_list("posted_at", "label").iterator(5000):
        counts[None, hour_of(moment), label] -= 1
    links = TopicMention.objects.filter(mention__post_import=row)
    for topic, moment, label in links.values_list("topic_id", "posted_at", "label").iterator(5000):
        counts[topic, hour_of(moment), label] -= 1
    links._raw_delete(links.db)
    posts = Mention.objects.filter(post_import=row)._raw_delete(links.db)
    add_counts(counts)
    BadPost.objects.filter(post_import=row).delete()
    staged(row).unlink(missing_ok=True)
    row.state, row.finished_at = State.PUT_BACK, timezone.now()
    row.save(update_fields=["state", "finished_at"])
    if posts:
        announce(ImportForgotten(post_import=Ref("post_import", row.pk), name=row.name, posts=posts), who=by)
    return posts


def report_of(row: PostImport) -> ImportReport:
    """What became of a file, from its row."""
    row.refresh_from_db()
    kept = row.bad_posts.all()[:200]
    bad_rows = tuple(BadRow(line=b.line, reason=b.reason, cell=b.cell, column=b.column) for b in kept)
    return ImportReport(
        row.name, row.form, row.rows_done, row.new, row.known, row.bad, row.skipped, bad_rows, True, post_import=row
    )


def columns_of(row: PostImport) -> Columns | None:
    """How a table is read; None for JSONL."""
    return msgspec.convert(row.columns, Columns) if row.columns else None


def staged(row: PostImport) -> Path:
    """Where a chosen file is kept until it is in."""
    return uploads() / f"posts-{row.pk}"


def form_of(stream: BinaryIO) -> str:
    """The file's form in a word."""
    return "jsonl" if is_jsonl(stream) else "csv"


def _begin(stream: BinaryIO, name: str, columns: Columns | None, by: Person) -> PostImport:
    """The row of this file: the unfinished one where it was begun before and read the same way, else a new one."""
    row = PostImport(name=name[:255], by=by, form="")
    digest = hashlib.sha256()
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
        row.size += len(chunk)
    row.sha256 = digest.hexdigest()
    look_into(row, stream, columns)
    _reader(stream, columns_of(row))
    begun = PostImport.objects.filter(sha256=row.sha256, state__in=[State.RUNNING, State.STOPPED]).first()
    if begun is not None and begun.columns == row.columns:
        row = begun
    else:
        row.save()
    _run(row)
    return row


def look_into(row: PostImport, stream: BinaryIO, columns: Columns | None) -> None:
    """Fill in the form and the columns; refuse what is no file of posts."""
    try:
        row.form = form_of(stream)
        if row.form == "csv":
            row.columns = msgspec.to_builtins(columns or look_at(stream).columns)
    except Unreadable as error:
        raise BadInput(error.sentence, field="file") from error


def _reader(stream: BinaryIO, columns: Columns | None) -> Reader:
    try:
        reader = open_posts(stream, columns)
    except Unreadable as error:
        raise BadInput(error.sentence, field="file") from error
    read_by = getattr(reader, "columns", None)
    if read_by is not None and not {"text", "posted_at"} <= set(read_by.fields):
        missing = "text" if "text" not in read_by.fields else "date"
        raise BadInput(f"No column gives the {missing}. Match one by hand; a post needs its words and its day.")
    return reader


def _carry_on(row: PostImport, stream: BinaryIO, by: Person | None, tick: Tick | None) -> None:
    reader = _reader(stream, columns_of(row))
    long = row.size > LONG
    topics = Topics(many=long)
    scorer = partial(score, compiled=True) if long and can_compile() else score
    for _ in islice(reader, row.rows_done):
        pass
    for batch in flow(reader, topics, scorer, STEP):
        _step(row, batch, topics, reader.skipped)
        if tick is not None:
            tick(row.rows_done)
    _finish(row, reader.skipped, by)


@transaction.atomic
def _step(row: PostImport, batch: Batch, topics: Topics, skipped: int) -> None:
    """One step: posts, topics, counts, bad rows and how far we are, all or nothing."""
    one_at_a_time()
    stands = PostImport.objects.select_for_update().get(pk=row.pk)
    if stands.state != State.RUNNING or stands.rows_done != row.rows_done:
        raise NotNow(f"“{row.name}” was stopped, or goes in elsewhere. Bring the same file in again to go on.")
    ready: list[Ready] = batch.ready
    if topics.refresh():
        ready = prepare([each.post for each in ready], topics, score)
    new = put_mentions(ready, row)
    put_bad_posts(batch.bad[: max(0, KEPT_BAD_ROWS - row.bad)], row)
    row.new += new
    row.known += len(ready) - new
    row.bad += len(batch.bad)
    row.rows_done += len(ready) + len(batch.bad)
    row.skipped = skipped
    row.save(update_fields=["new", "known", "bad", "rows_done", "skipped"])


def _run(row: PostImport) -> None:
    row.state, row.finished_at = State.RUNNING, None
    row.save(update_fields=["state", "finished_at"])


@transaction.atomic
def _finish(row: PostImport, skipped: int, by: Person | None) -> None:
    row.skipped = skipped
    row.save(update_fields=["skipped"])
    _close(row, State.DONE, "")
    if row.new:
        fact = PostsImported(Ref("post_import", row.pk), row.name, row.new, row.known, row.bad)
        announce(fact, who=by)


def _close(row: PostImport, state: State, why: str) -> None:
    row.state, row.why, row.finished_at = state, why[:500], timezone.now()
    row.save(update_fields=["state", "why", "finished_at"])


def _unscored(texts: Iterable[str], langs: Iterable[tuple[str, ...]]) -> list[dict[str, object]]:
    """A check needs no scores."""
    return [{"label": "abstain", "p": (0.0, 0.0, 0.0)} for _ in texts]


def uploads() -> Path:
    """Where uploaded files wait."""
    return Path(settings.HANDRAIL_HOME) / "uploads"


@contextmanager
def _opened(source: BinaryIO | Path) -> Iterator[BinaryIO]:
    if isinstance(source, Path):
        with source.open("rb") as stream:
            yield stream
    else:
        source.seek(0)
        yield source
