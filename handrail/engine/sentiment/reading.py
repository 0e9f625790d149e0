"""Which reader runs: the compiled one where numba is installed and the batch is worth its start, else NumPy's.

Both give the same whole numbers, so the choice never shows in an answer.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from handrail.engine.sentiment import features, language
from handrail.engine.sentiment.clean import clean
from handrail.engine.sentiment.student import NEGATORS

Bags = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]

WORTH_COMPILING = 5_000  # posts at which the second or so that numba takes to start pays for itself
_AT_ONCE_COMPILED, _AT_ONCE_NUMPY = 8_192, 512
_running: list[ModuleType] = []


def read(texts: Sequence[str], table: NDArray[np.int8], *, compiled: bool | None = None) -> Iterator[tuple[int, Bags]]:
    """Per chunk of posts: its size, and the sums, counts and tallies of its posts."""
    if compiled is None:
        compiled = bool(_running) or len(texts) >= WORTH_COMPILING
    fast = _compiled() if compiled else None
    at_once = _AT_ONCE_COMPILED if fast else _AT_ONCE_NUMPY
    for start in range(0, len(texts), at_once):
        part = texts[start : start + at_once]
        blob = clean(part)
        if fast:
            yield len(part), fast.bags(np.frombuffer(blob, np.uint8), _words(), table, len(part))
        else:
            yield len(part), _bags(blob, table, len(part))


@lru_cache(maxsize=1)
def _words() -> tuple[features.Hashes, features.Hashes, features.Hashes]:
    return language.hashes(set(NEGATORS)), *language.votes()


def _compiled() -> ModuleType | None:
    if not _running:
        try:
            _running.append(import_module("handrail.engine.sentiment.compiled"))
        except (ImportError, RuntimeError):  # RuntimeError: numba finds no place to keep what it compiled
            return None
    return _running[0]


def _bags(blob: bytes, table: NDArray[np.int8], count: int) -> Bags:
    words, grams, tallies = features.read(blob, *_words())
    halves = [_add_up(strands, table, count) for strands in (words, grams)]
    return np.hstack([sums for sums, _ in halves]), np.stack([counts for _, counts in halves], axis=1), tallies


def _add_up(
    strands: list[features.Strand], table: NDArray[np.int8], count: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    sums = np.zeros((count, table.shape[1]), np.int32)
    counts = np.zeros(count, np.int32)
    mask = np.uint64(len(table) - 1)
    for strand in strands:
        if len(strand.posts):
            rows = table[(strand.hashes & mask).astype(np.int64)]
            begins = np.flatnonzero(np.diff(strand.posts, prepend=-1))
            sums[strand.posts[begins]] += np.add.reduceat(rows, begins, axis=0, dtype=np.int32)
            counts += np.bincount(strand.posts, minlength=count).astype(np.int32)
    return sums, counts
