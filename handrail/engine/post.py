"""What one public post is once its wire format is forgotten, and what a row that could not be read is."""

from datetime import datetime

import msgspec


class Post(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One post as its author published it.

    `uri` is the native, globally unique address (for files without one, `<platform>:<row id>`); it makes every
    import idempotent. `posted_at` is an aware UTC datetime as stated by the source. `langs` are ISO 639-1 codes
    the source itself declared, empty when it declared none.
    """

    uri: str
    text: str
    posted_at: datetime
    author: str = ""
    langs: tuple[str, ...] = ()
    platform: str = ""
    url: str = ""
    reply_to: str = ""
    place: str = ""


class BadRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that did not go in: where it stands, what is wrong, and how to mend it, in one readable sentence."""

    line: int
    reason: str
    cell: str = ""
    column: str = ""
