"""How seven answers become one sentence at the top of Home: what holds, then what doesn't, most pressing first."""

from collections.abc import Sequence

from handrail.kernel.evidence import Answer
from handrail.kernel.words import count, sentence_case
from handrail.web.questions import QUESTIONS, SCORES, question

NAMED = 3
ROOM, ROOM_BESIDE_SILENCE = 110, 75
_PRESSING = {"again": 0, "in_progress": 1, "open": 2}


def headline(answers: Sequence[Answer], silent: frozenset[int]) -> str:
    """The sentence. `silent` are the questions that no room of this version answers; they share one clause."""
    holding = sum(answer.state == "answered" for answer in answers)
    said = [_holds(holding)]
    clauses = _clauses([answer for answer in answers if answer.state != "answered"], silent)
    if clauses:
        said.append(sentence_case(joined(clauses)) + ".")
    return " ".join(said)


def joined(clauses: Sequence[str]) -> str:
    """Clauses as one sentence: a; a, and b; a, b, and c. Whole clauses keep a comma before “and”."""
    if len(clauses) < 2:
        return "".join(clauses)
    return f"{', '.join(clauses[:-1])}, and {clauses[-1]}"


def subjects(numbers: Sequence[int]) -> str:
    """Questions named in a row, with a verb that agrees: coaching has, informing and coaching have."""
    names = [question(number).subject for number in numbers]
    if len(names) == 1:
        return f"{names[0]} has"
    return f"{', '.join(names[:-1])} and {names[-1]} have"


def overall(answers: Sequence[Answer]) -> int:
    """The lowest score of the seven; never an average, because the weakest part is what people meet."""
    return min((answer.score for answer in answers), default=0)


def overall_words(answers: Sequence[Answer]) -> str:
    """The overall standing as a sentence."""
    lowest = overall(answers)
    at = [answer.question for answer in answers if answer.score == lowest]
    if len(at) == len(QUESTIONS):
        return f"All seven stand at “{SCORES[lowest]}”."
    where = f"{count(len(at))} of the seven stand there" if len(at) > 1 else f"{question(at[0]).subject} stands there"
    return f"Overall “{SCORES[lowest]}”: the lowest counts, and {where}."


def _holds(number: int) -> str:
    if number == 0:
        return "None of the seven questions holds yet."
    if number == len(QUESTIONS):
        return "All seven questions hold."
    return f"{sentence_case(count(number))} of the seven questions {'holds' if number == 1 else 'hold'}."


def fitting(spoken: Sequence[Answer], room: int) -> list[Answer]:
    """The most pressing answer, then those others whose clauses still fit on the page, in order of pressing."""
    shown: list[Answer] = []
    for answer in sorted(spoken, key=lambda each: (_PRESSING.get(each.state, 3), each.question)):
        taken = len(_clause(answer.gist))
        if not shown or taken <= room:
            shown.append(answer)
            room -= taken
    return shown


def _clauses(unsettled: list[Answer], silent: frozenset[int]) -> list[str]:
    spoken = [answer for answer in unsettled if answer.question not in silent]
    mute = [answer.question for answer in unsettled if answer.question in silent]
    shown = fitting(spoken, ROOM_BESIDE_SILENCE if mute else ROOM)
    rest = len(spoken) - len(shown)
    clauses = [_clause(answer.gist) for answer in shown]
    if rest:
        clauses.append(f"{count(rest)} more {'is' if rest == 1 else 'are'} unsettled")
    if len(mute) > NAMED:
        clauses.append(f"{count(len(mute))} have no answer yet")
    elif mute:
        clauses.append(f"{subjects(mute)} no answer yet")
    return clauses


def _clause(gist: str) -> str:
    return " ".join(gist.split()).rstrip(" .;,")
