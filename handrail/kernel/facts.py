"""What a fact is: something that happened, in the past tense, that other rooms may act on."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, ClassVar, Self, Union, get_args, get_origin, get_type_hints

from handrail.kernel.refs import Ref

_by_code: dict[str, type["Fact"]] = {}


@dataclass(frozen=True, slots=True)
class Fact:
    """Base of every fact. Subclasses are frozen dataclasses with a dotted `code`, such as `policy.published`.

    Field types are limited to str, int, bool, None, date, datetime, Ref and tuples of str or int, so that the
    journal can hold the fact as canonical JSON. A fact never carries a post's text, a draft or anyone's score.
    A field added later needs a default, because older records lack it.
    """

    code: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        """Remember the class by its code; two classes with one code are refused."""
        if not cls.code:
            return
        known = _by_code.get(cls.code)
        if known is not None and _home(known) != _home(cls):
            raise TypeError(f"{_home(cls)} and {_home(known)} both call themselves “{cls.code}”")
        _by_code[cls.code] = cls

    def as_record(self) -> dict[str, Any]:
        """The fact's fields as plain JSON values, in field order."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """The fact as it was announced. Fields it no longer knows are left out; new ones take their default."""
        kinds = _kinds(cls)  # type: ignore[arg-type]
        known = {name: _rich(value, kinds[name]) for name, value in record.items() if name in kinds}
        return cls(**known)


def fact_class(code: str) -> type[Fact] | None:
    """The class that announces this code, or None when no room knows it any more."""
    return _by_code.get(code)


def fact_codes() -> tuple[str, ...]:
    """Every code that a room can announce, in order."""
    return tuple(sorted(_by_code))


def _home(cls: type[Fact]) -> str:
    # Not the qualified name: a dataclass with slots is made twice, and the second time lacks it for a moment.
    return f"{cls.__module__}.{cls.__name__}"


@cache
def _kinds(cls: type[Fact]) -> dict[str, Any]:
    hints = get_type_hints(cls)
    return {f.name: hints[f.name] for f in fields(cls)}


def _plain(value: object) -> Any:
    if isinstance(value, Ref):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"A fact can't hold a {type(value).__name__}; use text, whole numbers, dates or refs")


def _rich(value: Any, kind: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _rich(value, next(each for each in get_args(kind) if each is not type(None)))
    if origin is tuple:
        return tuple(_rich(each, get_args(kind)[0]) for each in value)
    if kind is Ref:
        return Ref.parse(value)
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return value


@dataclass(frozen=True, slots=True)
class WorkRetried(Fact):
    """Someone put a job or a follow-up that had failed back in line."""

    code: ClassVar[str] = "kernel.work_retried"
    work: Ref
    name: str
