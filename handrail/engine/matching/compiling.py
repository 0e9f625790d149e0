"""The one way this package compiles: cached on disk, other threads free to run meanwhile."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Have numba compile the function at its first call, or load what it compiled before."""
    njit: Any = numba.njit
    try:
        return cast(Function, njit(cache=True, nogil=True, error_model="numpy")(function))
    except RuntimeError:
        # No folder to write to: it is compiled anew in each process.
        return cast(Function, njit(nogil=True, error_model="numpy")(function))
