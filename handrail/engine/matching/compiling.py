"""The one way this package compiles: cached on disk, other threads free to run meanwhile.

numba keeps a compiled function until its own file changes. Ours take numbers and functions from other files too, so
what is older than the newest of them is thrown away.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])
_HERE = Path(__file__).parent


def forget_outdated(kept: Path, *sources: Path) -> None:
    """Remove the compiled functions in a folder that are older than a source file of these folders."""
    newest = max(file.stat().st_mtime_ns for source in sources for file in source.glob("*.py"))
    for index in kept.glob("*.nbi"):
        try:
            if index.stat().st_mtime_ns < newest:
                index.unlink()
        except OSError:
            # Another process was quicker, or the folder is read-only and never changes.
            continue


def compiled(function: Function) -> Function:
    """Have numba compile the function at its first call, or load what it compiled before."""
    njit: Any = numba.njit
    try:
        return cast(Function, njit(cache=True, nogil=True, error_model="numpy")(function))
    except RuntimeError:
        # No folder to write to: it is compiled anew in each process.
        return cast(Function, njit(nogil=True, error_model="numpy")(function))


forget_outdated(_HERE / "__pycache__", _HERE, _HERE.parent / "query")
