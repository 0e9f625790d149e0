"""How each kind of fact is told in one sentence on Home, and to whom. A fact without a telling is not shown there."""

from collections.abc import Callable

from handrail.web.questions import question
from handrail.web.reads import may_see_answers
from handrail.web.tellings import listening, people, policy, strategy, vetting
from handrail.web.tellings.told import Record, Telling, Told
from handrail.web.work import title_of


def _moved(record: Record) -> Told:
    words = {"open": "open", "in_progress": "in progress", "answered": "answered", "again": "needs another look"}
    name = question(int(record["question"])).name
    before = words.get(str(record.get("before")), "open")
    return Told(f"{name} moved from {before} to ", words.get(str(record.get("after")), "open"), ".")


TELLINGS: dict[str, Telling] = {
    **people.TELLINGS,
    **strategy.TELLINGS,
    **policy.TELLINGS,
    **vetting.TELLINGS,
    **listening.TELLINGS,
    "web.answer_moved": Telling(_moved, "answer", " moved.", "web:history", may=may_see_answers),
}

# Told in the record only: on Home another fact of the same deed says it, or it is the machine's own housekeeping.
ONLY_IN_THE_RECORD: dict[str, Callable[[Record], Told]] = {
    **people.ONLY_IN_THE_RECORD,
    **strategy.ONLY_IN_THE_RECORD,
    **policy.ONLY_IN_THE_RECORD,
    **vetting.ONLY_IN_THE_RECORD,
    **listening.ONLY_IN_THE_RECORD,
    "kernel.work_retried": lambda record: Told(
        "Work that had failed was put back in line: ", title_of(record["name"]), "."
    ),
}


def told(code: str, record: Record) -> Told:
    """A fact of any kind in one sentence; where its kind has none, or an old record lacks a field, its kind's name."""
    telling = TELLINGS.get(code)
    tell = telling.tell if telling else ONLY_IN_THE_RECORD.get(code)
    try:
        return tell(record) if tell else Told("", kind_in_words(code), ".")
    except (KeyError, TypeError, ValueError):
        return Told("", kind_in_words(code), ".")


def kind_in_words(code: str) -> str:
    """A fact's code as a list of kinds shows it: Strategy, goal set."""
    room, _, kind = code.partition(".")
    return f"{'The desk' if room == 'web' else room.capitalize()}, {kind.replace('_', ' ')}"
