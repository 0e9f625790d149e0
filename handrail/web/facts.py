"""What the desk announces."""

from dataclasses import dataclass
from typing import ClassVar

from handrail.kernel.facts import Fact


@dataclass(frozen=True, slots=True)
class AnswerMoved(Fact):
    """A question's answer went from one state to another; `why` is the reason the room gave, if any."""

    code: ClassVar[str] = "web.answer_moved"
    question: int
    before: str
    after: str
    why: str = ""
