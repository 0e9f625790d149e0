"""What every verb of the command line shares: reading a source, JSON out, refusing with a sentence, progress."""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class CannotRead(Exception):
    """A source that can't be read; the text is the sentence for the person."""


def read_source(path: str) -> tuple[bytes, str]:
    """The bytes and the name of a file; "-" is standard input. Raises CannotRead with a sentence."""
    if path == "-":
        return sys.stdin.buffer.read(), "standard input"
    try:
        return Path(path).read_bytes(), Path(path).name
    except IsADirectoryError as error:
        raise CannotRead(f"{path} is a folder. Name a file.") from error
    except OSError as error:
        raise CannotRead(f"{path} can't be read: {error.strerror}. Check the name and who may read it.") from error


def add_json_option(parser: argparse.ArgumentParser) -> None:
    """Give a verb --json."""
    parser.add_argument("--json", action="store_true", help="print one JSON value on standard output")


def put_json(value: Any) -> None:
    """Print one JSON value, readable characters kept."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=None)
    sys.stdout.write("\n")


def say(line: str = "") -> None:
    """Print a line for a person; a pipe that was closed early is no error."""
    try:
        print(line)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def fail(sentence: str) -> int:
    """Say on standard error why it could not be done, and give the exit code for it."""
    print(sentence, file=sys.stderr)
    return 2


def progress(rows: Iterable[T], total: int | None, words: str) -> Iterator[T]:
    """Pass rows on, and show on a terminal how far it has come; silent in pipes and files."""
    if not sys.stderr.isatty():
        yield from rows
        return
    shown = 0.0
    count = 0
    for count, row in enumerate(rows, 1):
        yield row
        now = time.monotonic()
        if now - shown > 0.1:
            shown = now
            part = f" of {total:,} ({100 * count // max(total, 1)}%)" if total else ""
            print(f"\r{count:,}{part} {words}", end="", file=sys.stderr, flush=True)
    print(f"\r{count:,} {words}, done\033[K", file=sys.stderr)


def show_how_far(done: int, total: int = 0, words: str = "rows") -> None:
    """Show on a terminal how far a verb has come that counts by itself; silent in pipes and files."""
    if sys.stderr.isatty():
        part = f" of {total:,} ({100 * done // total}%)" if total else ""
        print(f"\r{done:,}{part} {words}\033[K", end="", file=sys.stderr, flush=True)


def start_django() -> None:
    """Load the settings and the rooms, for verbs that need the database. Raises CannotRead for a bad setting."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.settings")
    try:
        import_module("django").setup()
    except ValueError as error:
        raise CannotRead(str(error)) from error
