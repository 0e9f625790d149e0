"""How a fact becomes bytes that hash the same everywhere. No Django here: a stranger checks with this alone."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Line:
    """One journal entry as it is hashed and exported. `record` is the fact's canonical JSON text."""

    number: int
    at: str
    code: str
    who: int | None
    who_label: str
    record: str
    previous: str
    hash: str = ""

    def digest(self) -> str:
        """The SHA-256 over everything but the hash itself, as 64 hexadecimal digits."""
        parts = [self.number, self.at, self.code, self.who, self.who_label, self.record, self.previous]
        return hashlib.sha256(canonical(parts).encode("utf-8")).hexdigest()

    def as_dict(self) -> dict[str, Any]:
        """The line for an export."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces; half a surrogate pair, which UTF-8 can't carry, becomes U+FFFD."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return clean(text)


def clean(text: str) -> str:
    """The text as UTF-8 and both databases can carry it: no half surrogates, no NUL."""
    text = text.replace("\x00", "")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def stamp(moment: datetime) -> str:
    """A moment as the journal writes it: UTC, always with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
