"""What higher rooms put in the matrix: documents, procedures, channels, initiatives, and the functions work touches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handrail.kernel.refs import Ref


@dataclass(frozen=True, slots=True)
class MatrixSubject:
    """Something that may have a row of its own: what it is called, where it is, a note, the function it belongs to."""

    ref: Ref
    title: str
    href: str = ""
    note: str = ""
    function: str = ""


Subjects = Callable[[], Sequence[MatrixSubject]]
Functions = Callable[[], Sequence[str]]


class _Doors:
    """Kinds of subject by name, and who says which functions the work touches; filled by each room's apps.ready."""

    def __init__(self) -> None:
        self.kinds: dict[str, Subjects] = {}
        self.touching: dict[str, Functions] = {}

    def register(self, kind: str, fn: Subjects) -> None:
        """Name the function that lists a kind's subjects; naming it again replaces it."""
        self.kinds[kind] = fn

    def touches(self, name: str, fn: Functions) -> None:
        """Name a function that says which functions of the organisation the work touches."""
        self.touching[name] = fn


matrix_subjects = _Doors()


def subjects_by_kind() -> dict[str, list[MatrixSubject]]:
    """Every subject the rooms name today, by kind, in the order the kinds were named."""
    return {kind: list(fn()) for kind, fn in matrix_subjects.kinds.items()}


def touched_functions() -> list[str]:
    """The functions the work touches, once each, by name."""
    return sorted({name for fn in matrix_subjects.touching.values() for name in fn() if name})
