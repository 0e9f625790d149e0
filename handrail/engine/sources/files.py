"""The one door to posts in files: JSONL of Jetstream version 1, and CSV of any make."""

from datetime import datetime
from typing import BinaryIO

from handrail.engine.sources.columns import (
    FIELDS,
    ColumnGuess,
    ColumnMatch,
    Columns,
    columns_for,
    guess_columns,
    is_advertising_value,
)
from handrail.engine.sources.encoding import Encoding, Unreadable, sniff
from handrail.engine.sources.jetstream import JetstreamReader, read_jsonl
from handrail.engine.sources.tables import UNDATED, Look, TableReader, look_at, read_csv

__all__ = [
    "FIELDS",
    "UNDATED",
    "ColumnGuess",
    "ColumnMatch",
    "Columns",
    "Encoding",
    "JetstreamReader",
    "Look",
    "Reader",
    "TableReader",
    "Unreadable",
    "columns_for",
    "columns_named",
    "guess_columns",
    "is_advertising_value",
    "is_jsonl",
    "look_at",
    "open_posts",
    "read_csv",
    "read_jsonl",
]

Reader = JetstreamReader | TableReader


def is_jsonl(stream: BinaryIO) -> bool:
    """Whether the first visible character opens a JSON object; leaves the stream at its start."""
    encoding = sniff(stream)
    stream.seek(0)
    head = stream.read(4096).decode(encoding.codec, "ignore").lstrip("\ufeff\x00 \t\r\n")
    stream.seek(0)
    return head.startswith("{")


def open_posts(stream: BinaryIO, columns: Columns | None = None, now: datetime | None = None) -> Reader:
    """A reader for the file, by what it holds and not by its name. Raises Unreadable with a sentence."""
    if is_jsonl(stream):
        return read_jsonl(stream, now)
    return read_csv(stream, columns, now)


def columns_named(look: Look, *, id_column: str = "", text_column: str = "") -> Columns:
    """The guess with the id or text column named by hand, ids kept as they stand; raises Unreadable when missing."""
    fields = dict(look.columns.fields)
    for field, name in (("id", id_column), ("text", text_column)):
        if not name:
            continue
        if name not in look.header:
            raise Unreadable(f"There is no column “{name}”. The file has: {', '.join(look.header)}.")
        index = look.header.index(name)
        fields = {other: at for other, at in fields.items() if at != index and other != field}
        fields[field] = index
        if field == "text":
            fields.pop("title", None)
            fields.pop("text_else", None)
    return Columns(
        fields=fields,
        width=len(look.header),
        delimiter=look.delimiter,
        date_order=look.columns.date_order,
        id_prefix="",
        platform=look.columns.platform,
    )
