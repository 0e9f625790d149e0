"""What waits on a person: the next acts of the seven answers that name them, and what the rooms hold for them."""

from dataclasses import dataclass
from datetime import date

from handrail.people.models import Person
from handrail.web.answers import Standing, act_for, standing
from handrail.web.questions import question
from handrail.web.reads import may_see_answers


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: what to do, where, why it is asked, by when."""

    words: str
    href: str
    because: str
    due: date | None = None


def needs_you(person: Person, stands: Standing | None = None) -> list[Waiting]:
    """What waits on this person, soonest first; computed each time, so that a thing done is a thing gone."""
    found = []
    if may_see_answers(person):
        for answer in (stands or standing()).answers:
            act = act_for(person, answer.next_act)
            if act and act.who == "You":
                found.append(
                    Waiting(
                        act.words, act.href, f"Question {answer.question}, {question(answer.question).name}", act.due
                    )
                )
    return sorted(found, key=lambda each: (each.due is None, each.due or date.max))
