"""The sentences of strategy's first page, all counted from the record."""

from collections.abc import Sequence

from django.utils import timezone

from handrail.kernel.words import count, counted, listed, sentence_case
from handrail.strategy.models import Goal, Initiative, Purpose
from handrail.strategy.reads import GridShown, judged, live_goals


def headline(purposes: Sequence[Purpose], picture: GridShown) -> str:
    """What the strategy comes to, in one or two sentences."""
    goals = live_goals().count()
    if not goals:
        return "No goal is written down yet, and goals come first."
    if not purposes:
        return f"{sentence_case(_number(goals, 'goal'))} to serve, and no purpose yet."
    findings = [*_missing(picture), *_waiting(purposes), *_higher(purposes)][:2]
    said = _carried(purposes)
    return f"{said} {sentence_case(', and '.join(findings))}." if findings else said


def worked_from(purposes: Sequence[Purpose]) -> str:
    """What the sentence was counted from, and when."""
    initiatives = sum(len(purpose.initiatives.all()) for purpose in purposes)
    ratings = sum(len(purpose.assessments.all()) for purpose in purposes)
    parts = [
        counted(live_goals().count(), "live goal"),
        counted(len(purposes), "purpose"),
        counted(initiatives, "initiative"),
        counted(ratings, "rating"),
    ]
    return f"Worked from {listed(parts)} at {timezone.localtime():%H:%M}."


def chosen_first(purposes: Sequence[Purpose]) -> Purpose | None:
    """The purpose shown when nobody chose one: the one that most needs somebody."""

    def need(purpose: Purpose) -> tuple[int, int, int, str]:
        waiting = sum(each.state == Initiative.State.APPROVED for each in purpose.initiatives.all())
        disagree = sum(bool(each.disagrees) for each in judged(purpose))
        return (purpose.state == Purpose.State.AGAIN, disagree, waiting, purpose.name)

    return max(purposes, key=need, default=None)


def _carried(purposes: Sequence[Purpose]) -> str:
    live, carried = 0, set()
    for purpose in purposes:
        here = sum(each.state == Initiative.State.LIVE for each in purpose.initiatives.all())
        live += here
        if here:
            carried |= {goal.pk for goal in purpose.goals.all() if goal.status == Goal.Status.LIVE}
    if not live:
        verb, them = ("stands", "it") if len(purposes) == 1 else ("stand", "them")
        return f"{sentence_case(_number(len(purposes), 'purpose'))} {verb}, and nothing is live under {them}."
    verb = "carries" if live == 1 else "carry"
    what = _number(len(carried), "goal") if carried else "no live goal"
    return f"{sentence_case(_number(live, 'live initiative'))} {verb} {what}."


def _missing(picture: GridShown) -> list[str]:
    low = [column.constituency.label for column in picture.empty_columns]
    return [f"there is nothing yet with {listed([each[:1].lower() + each[1:] for each in low], 'or')}"] if low else []


def _waiting(purposes: Sequence[Purpose]) -> list[str]:
    again = sum(purpose.state == Purpose.State.AGAIN for purpose in purposes)
    return [f"{_number(again, 'purpose')} {'needs' if again == 1 else 'need'} another look"] if again else []


def _higher(purposes: Sequence[Purpose]) -> list[str]:
    higher = sum(any(each.disagrees == "higher" for each in judged(purpose)) for purpose in purposes)
    if not higher:
        return []
    verb, whose = ("is", "its") if higher == 1 else ("are", "their")
    return [f"{_number(higher, 'purpose')} {verb} rated higher than {whose} record"]


def _number(number: int, noun: str) -> str:
    return f"{count(number)} {noun if number == 1 else noun + 's'}"
