"""The fact of the kill tests."""

from dataclasses import dataclass
from typing import ClassVar

from handrail.kernel.facts import Fact


@dataclass(frozen=True, slots=True)
class DeedDone(Fact):
    """A deed was done."""

    code: ClassVar[str] = "killed.deed_done"
    token: str
