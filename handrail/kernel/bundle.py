"""The journal as one file that a stranger can check: keys, checkpoints and facts as JSON lines. No Django here."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from handrail.kernel.canon import Line, canonical
from handrail.kernel.checkpoints import Checkpoint, parse

KIND = "handrail journal"
VERSION = 1
TYPES: dict[str, tuple[type, ...]] = {
    "number": (int,),
    "at": (str,),
    "code": (str,),
    "who": (int, type(None)),
    "who_label": (str,),
    "record": (str,),
    "previous": (str,),
    "hash": (str,),
}


class BadBundle(ValueError):
    """A file that is no export of a journal; the text is the sentence for the person."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An export being read: its keys and checkpoints are loaded, its facts are read as they are asked for."""

    made_at: str
    promised: int
    keys: tuple[str, ...]
    checkpoints: tuple[Checkpoint, ...]
    lines: Iterator[Line]


def write(path: Path, lines: Iterable[Line], checkpoints: Sequence[Checkpoint], head: dict[str, Any]) -> int:
    """Write an export; it appears under its name when it is complete. Returns how many facts it holds."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    written = 0
    try:
        with part.open("x", encoding="utf-8", newline="\n") as file:
            first = {"kind": KIND, "version": VERSION, "checkpoints": len(checkpoints), **head}
            file.write(canonical(first) + "\n")
            file.writelines(each.as_text() + "\n" for each in checkpoints)
            for line in lines:
                file.write(canonical(line.as_dict()) + "\n")
                written += 1
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return written


def read(file: TextIO) -> Opened:
    """Open an export. Raises BadBundle, then or while its facts are read, with the line at fault."""
    head = _object(file.readline(), 1)
    if head.get("kind") != KIND:
        raise BadBundle("This file is not an export of a journal. Make one with “handrail verify --export FILE”.")
    if head.get("version") != VERSION:
        raise BadBundle(f"This export is of version {head.get('version')}; this Handrail reads version {VERSION}.")
    keys, facts, count = head.get("keys"), head.get("facts"), head.get("checkpoints")
    fits = isinstance(keys, list) and all(isinstance(each, str) for each in keys)
    if not fits or not isinstance(facts, int) or not isinstance(count, int):
        raise BadBundle("Line 1 lacks the keys, the number of facts or the number of checkpoints.")
    checkpoints = []
    for number in range(2, count + 2):
        try:
            checkpoints.append(parse(file.readline()))
        except ValueError as error:
            raise BadBundle(f"Line {number} should be a checkpoint and is not.") from error
    return Opened(str(head.get("made_at", "")), facts, tuple(keys or ()), tuple(checkpoints), _lines(file, count + 2))


def _lines(file: TextIO, start: int) -> Iterator[Line]:
    for number, text in enumerate(file, start):
        found = _object(text, number)
        if set(found) != set(TYPES) or not all(type(found[name]) in kinds for name, kinds in TYPES.items()):
            raise BadBundle(f"Line {number} should be a fact and is not. The file was cut or edited there.")
        yield Line(**found)


def _object(text: str, number: int) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadBundle(f"Line {number} is not JSON. The file was cut or edited there.") from error
    if not isinstance(found, dict):
        raise BadBundle(f"Line {number} is not a JSON object.")
    return found
