"""How a CSV is cut into rows so that one broken line costs itself and not the rest of the file."""

import csv
import io
from collections.abc import Iterator

MOST_LETTERS = 100_000
MOST_LINES_IN_A_CELL = 20


def cut(text: str) -> Iterator[tuple[int, list[str], str]]:
    """Each row with the line it begins on and its cells, or without cells and with the sentence that says why."""
    lines = io.StringIO(text, newline=None).readlines()
    at = 0
    while at < len(lines):
        number, line = at + 1, lines[at]
        if len(line) > MOST_LETTERS:
            at += 1
            yield number, [], f"This line has {len(line):,} characters. Look for a missing line break, or shorten it."
            continue
        for used in range(1, MOST_LINES_IN_A_CELL + 1):
            cells = _whole(lines[at : at + used])
            if cells is not None or at + used >= len(lines):
                break
        if cells is None:
            at += 1
            yield number, [], "A quotation mark opens on this line and is never closed. Close it, or take it out."
        else:
            at += used
            yield number, cells, ""


def _whole(lines: list[str]) -> list[str] | None:
    """The cells when these lines make one row, else None."""
    try:
        rows = list(csv.reader(lines, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else [] if not rows else None
