"""Who acts when a fact is announced: each room names its follow-ups here, with `@when(FactClass)`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from handrail.kernel.facts import Fact

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Doer(Generic[F]):
    """A follow-up: its stable name, the fact it waits for, and the function that calls the action."""

    name: str
    fact: type[F]
    act: Callable[[F], object]


_by_name: dict[str, Doer[Fact]] = {}


def when(fact: type[F], *, name: str = "") -> Callable[[Callable[[F], object]], Callable[[F], object]]:
    """Run the decorated function once for each `fact` from now on, after its commit, in a transaction of its own.

    The name, `module.function` unless given, is written beside the fact: renaming it orphans what still waits, so
    give the old name when a function moves. Keep it short; long work belongs in a job that it enqueues.
    """

    def register(act: Callable[[F], object]) -> Callable[[F], object]:
        known_as = name or f"{act.__module__}.{act.__qualname__}"
        _by_name[known_as] = Doer(known_as, fact, act)  # type: ignore[arg-type]
        return act

    return register


def owed_for(fact: Fact) -> list[str]:
    """The names of the follow-ups that wait for this kind of fact."""
    return [name for name, doer in _by_name.items() if isinstance(fact, doer.fact)]


def doer_named(name: str) -> Doer[Fact] | None:
    """The follow-up of this name, or None when no room declares it any more."""
    return _by_name.get(name)


def forget(name: str) -> None:
    """Take a follow-up out again; tests that declare their own clean up with it."""
    _by_name.pop(name, None)
