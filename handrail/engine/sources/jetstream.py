"""Which posts are in a file of Bluesky Jetstream (version 1) lines, and which lines can't be read?"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import BinaryIO, Protocol

import msgspec

from handrail.engine.post import BadRow, Post
from handrail.engine.sources.encoding import MAX_LINE, Encoding, sniff, text_lines
from handrail.engine.sources.wording import EARLIEST, LATEST_AHEAD, clean, language_code, too_long

POSTS = "app.bsky.feed.post"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _Commit(msgspec.Struct, gc=False):
    operation: str = ""
    collection: str = ""
    rkey: str = ""
    record: msgspec.Raw = msgspec.Raw()


class _Frame(msgspec.Struct, gc=False):
    did: str
    kind: str
    time_us: int = 0
    commit: _Commit | None = None


class _Parent(msgspec.Struct, gc=False):
    uri: str = ""


class _Reply(msgspec.Struct, gc=False):
    parent: _Parent | None = None


class _Record(msgspec.Struct, gc=False):
    text: str
    createdAt: str = ""  # noqa: N815 - the name on the wire
    langs: list[str] | None = None
    reply: _Reply | None = None


_frame = msgspec.json.Decoder(_Frame)
_record = msgspec.json.Decoder(_Record)


class _Reader(Protocol):
    def readline(self, limit: int, /) -> bytes: ...


class JetstreamReader:
    """Iterates posts and bad rows.

    `lines` counts all lines, `skipped` those that are no new post (likes, deletes, profiles), `redated` the posts
    whose author's clock was not believable.
    """

    def __init__(self, stream: BinaryIO, now: datetime | None = None) -> None:
        self.encoding: Encoding = sniff(stream)
        self.skipped = 0
        self.lines = 0
        self.redated = 0
        self._stream = stream
        self._latest = (now or datetime.now(UTC)) + LATEST_AHEAD
        self._rows = self._read()

    def __iter__(self) -> Iterator[Post | BadRow]:
        return self

    def __next__(self) -> Post | BadRow:
        return next(self._rows)

    def _read(self) -> Iterator[Post | BadRow]:
        for raw, whole in self._raw_lines():
            self.lines += 1
            if not raw or raw.isspace():
                continue
            if not whole:
                reason = f"This line is longer than {MAX_LINE:,} bytes; no post is. Look for a missing line break."
                yield BadRow(line=self.lines, reason=reason, cell=_shown(raw))
                continue
            row = self._decode(raw)
            if row is None:
                self.skipped += 1
            else:
                yield row

    def _raw_lines(self) -> Iterator[tuple[bytes, bool]]:
        if self.encoding.codec.startswith("utf-16"):
            for line in text_lines(self._stream, self.encoding):
                yield line.text.encode(), line.whole
            return
        if self.encoding.codec == "utf-8-sig":
            self._stream.seek(3)
        yield from _byte_lines(self._stream)

    def _decode(self, raw: bytes) -> Post | BadRow | None:
        try:
            frame = _frame.decode(raw)
            commit = frame.commit
            if commit is None or commit.operation != "create" or commit.collection != POSTS:
                return None
            record = _record.decode(commit.record)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return BadRow(line=self.lines, reason=_why(raw, error), cell=_shown(raw))
        if not (0 < len(frame.did) <= 300 and 0 < len(commit.rkey) <= 200):
            reason = "The post has no address: “did” or “rkey” is empty or endless. Export it again from the source."
            return BadRow(line=self.lines, reason=reason, cell=_shown(raw), column="rkey")
        return self._post(frame, commit, record)

    def _post(self, frame: _Frame, commit: _Commit, record: _Record) -> Post | BadRow:
        text = clean(record.text)
        if reason := too_long(text):
            return BadRow(line=self.lines, reason=reason, cell=text[:80], column="text")
        posted_at = self._when(record.createdAt, frame.time_us)
        if posted_at is None:
            reason = "Neither “createdAt” nor “time_us” is a moment between 2006 and today. Give one of them."
            return BadRow(line=self.lines, reason=reason, cell=record.createdAt[:80], column="createdAt")
        parent = record.reply.parent.uri if record.reply and record.reply.parent else ""
        did = clean(frame.did)
        return Post(
            uri=f"at://{did}/{commit.collection}/{clean(commit.rkey)}",
            text=text,
            posted_at=posted_at,
            author=did,
            langs=tuple(filter(None, map(language_code, record.langs))) if record.langs else (),
            platform="bluesky",
            url=f"https://bsky.app/profile/{did}/post/{clean(commit.rkey)}",
            reply_to=clean(parent),
        )

    def _when(self, created: str, time_us: int) -> datetime | None:
        """The author's clock where it is believable (anyone can write anything there), else the relay's."""
        try:
            moment = datetime.fromisoformat(created)
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
            if EARLIEST <= moment <= self._latest:
                return moment
        except (ValueError, OverflowError):
            pass
        self.redated += 1
        try:
            moment = _EPOCH + timedelta(microseconds=time_us)
        except OverflowError:
            return None
        return moment if EARLIEST <= moment <= self._latest else None


def read_jsonl(stream: BinaryIO, now: datetime | None = None) -> JetstreamReader:
    """Read Jetstream version 1 lines; raises Unreadable for an empty file or one that is no text."""
    return JetstreamReader(stream, now)


def _byte_lines(stream: _Reader) -> Iterator[tuple[bytes, bool]]:
    while raw := stream.readline(MAX_LINE):
        if len(raw) == MAX_LINE and not raw.endswith(b"\n"):
            while (more := stream.readline(MAX_LINE)) and not more.endswith(b"\n"):
                pass
            yield raw[:200], False
        else:
            yield raw, True


def _shown(raw: bytes) -> str:
    return clean(raw[:80].decode("utf-8", "replace"))


def _why(raw: bytes, error: Exception) -> str:
    if b"\x00" in raw:
        return "The line holds zero bytes, so it was cut or damaged. Export it again from the source."
    try:
        raw.decode()
    except UnicodeDecodeError as fault:
        byte = raw[fault.start]
        return f"Byte {fault.start + 1} (0x{byte:02X}) isn’t UTF-8, which JSON must be. Save the file as UTF-8."
    if not raw.lstrip().startswith(b"{"):
        return "This line is no JSON object. Each line must be one, from “{” to “}”."
    if isinstance(error, msgspec.ValidationError):
        return f"The line is JSON but not a Jetstream frame: {_field(str(error))}. Export it again from the source."
    return "The JSON of this line breaks off or is malformed. Each line must be one whole object."


def _field(message: str) -> str:
    if "missing required field" in message:
        return f"it has no “{message.split('`')[1]}”"
    _, _, where = message.partition("`$.")
    return f"“{where.rstrip('`')}” holds another kind of value than it should" if where else "it has another shape"
