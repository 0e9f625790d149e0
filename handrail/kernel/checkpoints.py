"""Signed checkpoints: lines in files outside the database that say how the journal stood. No Django here.

Each line counts the facts, carries the last one's hash and a mark for each fact since the line before, follows that
line by hash, and is signed. So whoever rewrites the whole chain is found out, down to the first fact that differs.
"""

import base64
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from handrail.kernel.canon import canonical, stamp
from handrail.kernel.signing import fingerprint, is_signed, public_half

MARK = 16
FACTS_A_LINE = 4096


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How the journal stood at one moment. `marks` holds the first 16 digits of each new fact's hash, in order."""

    count: int
    hash: str
    at: str
    marks: str
    previous: str
    key: str
    signature: str = ""

    def signed_bytes(self) -> bytes:
        """What the signature covers: everything but itself."""
        return canonical([self.count, self.hash, self.at, self.marks, self.previous, self.key]).encode()

    def as_text(self) -> str:
        """The line as it is kept."""
        return canonical(asdict(self))

    def digest(self) -> str:
        """What the next line calls `previous`."""
        return hashlib.sha256(self.as_text().encode()).hexdigest()

    def first(self) -> int:
        """The number of the first fact this line carries a mark for."""
        return self.count - len(self.marks) // MARK + 1

    def is_signed_by(self, keys: dict[str, str]) -> bool:
        """Whether one of these keys signed it."""
        public = keys.get(self.key)
        try:
            raw = base64.b64decode(self.signature, validate=True)
        except ValueError:
            return False
        return public is not None and is_signed(public, raw, self.signed_bytes())


def sign(
    key: Ed25519PrivateKey, hashes: Sequence[str], before: Checkpoint | None, at: datetime
) -> Iterator[Checkpoint]:
    """The lines that continue `before` with these facts' hashes."""
    name = fingerprint(public_half(key))
    count = before.count if before else 0
    previous = before.digest() if before else ""
    for start in range(0, len(hashes), FACTS_A_LINE):
        part = hashes[start : start + FACTS_A_LINE]
        count += len(part)
        line = Checkpoint(count, part[-1], stamp(at), "".join(each[:MARK] for each in part), previous, name)
        signature = base64.b64encode(key.sign(line.signed_bytes())).decode()
        line = Checkpoint(**{**asdict(line), "signature": signature})
        previous = line.digest()
        yield line


def parse(text: str) -> Checkpoint:
    """Read one line. Raises ValueError for anything else."""
    try:
        found = json.loads(text)
        line = Checkpoint(**found)
    except (TypeError, ValueError) as error:
        raise ValueError("not a checkpoint") from error
    texts = (line.hash, line.at, line.marks, line.previous, line.key, line.signature)
    if type(line.count) is not int or not all(isinstance(each, str) for each in texts):
        raise ValueError("not a checkpoint")
    return line


@dataclass(frozen=True, slots=True)
class Torn:
    """A line that can't be read, with its file and number. An unfinished last line is what a crash leaves."""

    file: str
    line: int
    unfinished: bool


def read_all(folder: Path) -> tuple[list[Checkpoint], list[Torn]]:
    """Every checkpoint in this folder, oldest first, and the lines that can't be read."""
    found: list[Checkpoint] = []
    torn: list[Torn] = []
    paths = sorted(folder.glob("*.jsonl")) if folder.is_dir() else [folder] if folder.is_file() else []
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            try:
                found.append(parse(line))
            except ValueError:
                is_last = number == text.count("\n") + 1
                torn.append(Torn(path.name, number, unfinished=is_last and path == paths[-1]))
    return found, torn


def append(folder: Path, lines: Sequence[Checkpoint], at: datetime) -> None:
    """Add lines to this month's file and see them onto the disk; an unfinished line of a crash is cut off first."""
    path = folder / f"{at:%Y-%m}.jsonl"
    with path.open("ab") as file:
        kept = path.read_bytes()
        if kept and not kept.endswith(b"\n"):
            file.truncate(kept.rfind(b"\n") + 1)
        file.write("".join(line.as_text() + "\n" for line in lines).encode())
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time writes checkpoints; the lock ends with the process that holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
