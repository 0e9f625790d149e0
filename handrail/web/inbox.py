"""What waits on a person: the next acts of the seven answers that name them, and what the rooms hold for them."""

from handrail.people.models import Person
from handrail.web.answers import Standing, act_for, pressing, standing
from handrail.web.asking import Waiting, asked_by_rooms
from handrail.web.questions import question
from handrail.web.reads import may_see_answers


def needs_you(person: Person, stands: Standing | None = None) -> list[Waiting]:
    """What waits on this person, most pressing first; computed each time, so that a thing done is a thing gone."""
    found: dict[str, Waiting] = {}
    if may_see_answers(person):
        for answer in (stands or standing()).answers:
            act = act_for(person, answer.next_act)
            if act and act.who == "You":
                why = f"Question {answer.question}, {question(answer.question).name}"
                _add(found, Waiting(act.words, act.href, why, act.due))
    for one in asked_by_rooms(person):
        _add(found, one)
    return sorted(found.values(), key=lambda each: pressing(each.due))


def _add(found: dict[str, Waiting], one: Waiting) -> None:
    key = one.href or one.words
    found[key] = _together(found[key], one) if key in found else one


def _together(first: Waiting, second: Waiting) -> Waiting:
    """Two next acts on one page as one thing that waits, by the day that presses more."""
    words = first.words
    if second.words != words:
        words = f"{words}; {second.words[:1].lower()}{second.words[1:]}"
    because = f"{first.because}; {second.because[:1].lower()}{second.because[1:]}"
    return Waiting(words, first.href, because, min(first.due, second.due, key=pressing))
