"""The one way this package compiles: cached on disk, other threads free to run meanwhile."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Have numba compile the function at its first call, or load what it compiled before."""
    made: Any = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    return cast(Function, made)
