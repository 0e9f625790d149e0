"""Many rows at once, the same on SQLite and PostgreSQL: what an import writes in one transaction."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models

from handrail.engine.flow import Ready
from handrail.engine.post import BadRow
from handrail.listening.models import BadPost, HourCount, Label, Mention, PostImport, TopicMention, hour_of

LABELS = {"negative": Label.NEGATIVE, "neutral": Label.NEUTRAL, "positive": Label.POSITIVE, "abstain": Label.UNSURE}
_MENTION = (
    "uri", "platform", "author", "text", "langs", "posted_at", "url", "reply_to", "place", "label",
    "p_negative", "p_neutral", "p_positive", "post_import_id",
)  # fmt: skip
_LOCK = 0x4C495354  # "LIST": one writer of posts and topics at a time on PostgreSQL; SQLite has one anyway
Counts = Counter[tuple[int | None, datetime, int]]


def one_at_a_time() -> None:
    """Let one transaction at a time write posts or change topics, so that no post misses a topic saved meanwhile."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def put_mentions(ready: Sequence[Ready], post_import: PostImport) -> int:
    """Write those posts that are not kept yet, with their topics and counts; returns how many were new."""
    known = {uri for uri, _ in _kept([row.post.uri for row in ready])}
    fresh: dict[str, Ready] = {}
    for row in ready:
        if row.post.uri not in known:
            fresh.setdefault(row.post.uri, row)
    if not fresh:
        return 0
    stamp = stamper()
    stamps = {uri: stamp(row.post.posted_at) for uri, row in fresh.items()}
    insert(Mention, _MENTION, [_mention(row, post_import.pk, stamps[uri]) for uri, row in fresh.items()])
    mine = [(pk, uri) for uri, (pk, brought_by) in _kept(list(fresh)) if brought_by == post_import.pk]
    links: list[tuple[Any, ...]] = []
    counts: Counts = Counter()
    for pk, uri in mine:
        row = fresh[uri]
        label, hour = LABELS[row.label], hour_of(row.post.posted_at)
        counts[None, hour, label] += 1
        for topic in row.matched:
            counts[topic, hour, label] += 1
            links.append((topic, pk, stamps[uri], int(label)))
    insert(TopicMention, ("topic_id", "mention_id", "posted_at", "label"), links)
    add_counts(counts)
    return len(mine)


def _kept(uris: Sequence[str]) -> list[tuple[str, tuple[int, int | None]]]:
    """Those of the addresses that are kept, with key and import; plain SQL, as it runs for each step."""
    if not uris:
        return []
    table, places = connection.ops.quote_name(Mention._meta.db_table), ", ".join(["%s"] * len(uris))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT uri, id, post_import_id FROM {table} WHERE uri IN ({places})", uris)  # noqa: S608
        return [(uri, (pk, brought_by)) for uri, pk, brought_by in cursor.fetchall()]


def put_bad_posts(bad: Iterable[BadRow], post_import: PostImport) -> None:
    """Keep the rows that did not go in, so that they can be mended."""
    rows = [(post_import.pk, row.line, row.reason[:500], row.column[:60], row.cell[:200]) for row in bad]
    insert(BadPost, ("post_import_id", "line", "reason", "column", "cell"), rows)


def add_counts(counts: Counts) -> None:
    """Add to the hourly counts, or take away where the number is negative; a count that reaches nothing goes."""
    stamp = stamper()
    table, quote = HourCount._meta.db_table, connection.ops.quote_name
    fresh = [(topic, stamp(hour), int(label), n) for (topic, hour, label), n in sorted(counts.items(), key=_order) if n]
    whole = [row for row in fresh if row[0] is None]
    by_topic = [row for row in fresh if row[0] is not None]
    for rows, target in (
        (whole, "(hour, label) WHERE topic_id IS NULL"),
        (by_topic, "(topic_id, hour, label) WHERE topic_id IS NOT NULL"),
    ):
        if not rows:
            continue
        added = (
            f"INSERT INTO {quote(table)} (topic_id, hour, label, n) VALUES (%s, %s, %s, %s) "  # noqa: S608
            f"ON CONFLICT {target} DO UPDATE SET n = {quote(table)}.n + excluded.n"
        )
        with connection.cursor() as cursor:
            cursor.executemany(added, rows)


def insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows; one that is there already stays as it is."""
    if not rows:
        return
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    places = ", ".join(["%s"] * len(columns))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT DO NOTHING", rows)  # noqa: S608


def _order(entry: tuple[tuple[int | None, datetime, int], int]) -> tuple[int, datetime, int]:
    """One order for every writer, so that two never wait for one another in a circle."""
    (topic, hour, label), _ = entry
    return topic or 0, hour, label


def stamper() -> Callable[[datetime], Any]:
    """How this database keeps a moment: SQLite as text in UTC, the same text Django writes; asked once for many."""
    if connection.vendor == "sqlite":
        return lambda moment: moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
    return lambda moment: moment


def _mention(row: Ready, post_import: int, stamp: Any) -> tuple[Any, ...]:
    post = row.post
    return (
        post.uri, post.platform[:60], post.author[:200], post.text, ",".join(post.langs)[:60], stamp,
        post.url[:1000], post.reply_to[:500], post.place[:200], int(LABELS[row.label]),
        round(row.p[0] * 1000), round(row.p[1] * 1000), round(row.p[2] * 1000), post_import,
    )  # fmt: skip
