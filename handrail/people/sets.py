"""Reads and packs people in sets: who is in Handrail as a staff file sees them, and a record of how they were."""

import zlib
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from handrail.people.models import Person
from handrail.people.who_is_who import Known

# How a field of a staff file is read from the table.
PATHS = {"unit": "unit__path"}


class Undo(msgspec.Struct):
    """How things stood before an import.

    `persons` is one line per changed person: key, then column → [value before, value written]. `grants` are role
    grants that ended with it, `units` the units it made. People it brought carry its key in `joined_in`.
    """

    persons: list[tuple[int, dict[str, tuple[Any, Any]]]]
    grants: list[int]
    units: list[int]


def known_people(fields: tuple[str, ...]) -> Iterator[Known]:
    """Everybody in Handrail, leavers too, with the values that a file of these fields speaks about."""
    columns = [PATHS.get(field, field) for field in fields]
    rows = Person.objects.order_by("pk").values_list(
        "pk", "staff_number", "name", "email", "line_manager__staff_number", "line_manager_id", "is_active",
        "joined_in_id", *columns,
    )  # fmt: skip
    # The same few places, jobs and dates come back in every row; keeping each once halves the memory.
    once: dict[Any, Any] = {}
    days = [field in ("starts_on", "ends_on") for field in fields]
    for pk, number, name, email, boss, boss_pk, active, joined, *values in rows.iterator(chunk_size=2000):
        filled = tuple(
            name if field == "name" else email or "" if field == "email"
            else once.setdefault(value, value) if value is not None or day else ""
            for field, value, day in zip(fields, values, days, strict=True)
        )  # fmt: skip
        boss = once.setdefault(boss, boss) or ""
        yield Known(pk, number, name, email or "", filled, boss, boss_pk, active, joined is not None)


def pack(raw: bytes) -> bytes:
    """Bytes as they are kept: small."""
    return zlib.compress(raw, 6)


def unpack(packed: bytes | memoryview | None) -> bytes:
    """Bytes as they were."""
    return zlib.decompress(bytes(packed or b"")) if packed else b""


def pack_undo(undo: Undo) -> bytes:
    """An undo record as it is kept."""
    return pack(msgspec.json.encode(undo))


def unpack_undo(packed: bytes | memoryview | None) -> Undo:
    """An undo record as it was; dates come back as text."""
    return msgspec.json.decode(unpack(packed), type=Undo)


def as_day(value: Any) -> Any:
    """A date column's value from its packed text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
