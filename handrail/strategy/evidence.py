"""Question 1, computed: what do we want, and whom does it touch?

Rule. Open: no live goal. In progress: live goals exist, but one lacks an owner or a period, or (always, in this
version) no purpose hangs under them yet. Needs another look: a goal's period is over and it still counts as live.
Score 1 when at least one goal has owner and period; purposes and measures are needed for 2 and 3.
"""

from django.urls import reverse
from django.utils import timezone

from handrail.kernel.evidence import Answer, Figure, NextAct, Said
from handrail.kernel.words import count, counted
from handrail.people.models import Person, Role
from handrail.people.reads import holders
from handrail.strategy.models import Goal
from handrail.strategy.reads import live_goals


def answer() -> Answer:
    """What the record says on question 1 today."""
    goals = list(live_goals())
    page = reverse("strategy:goals")
    whose = "its owner and its period" if len(goals) == 1 else "their owners and their periods"
    worked_from = f"Worked from {counted(len(goals), 'live goal')}, {whose}."
    if not goals:
        return _nothing(page, worked_from)
    owned = [goal for goal in goals if goal.owner_id]
    dated = [goal for goal in goals if goal.ends_on]
    past = [goal for goal in goals if goal.is_past]
    loose = [goal for goal in goals if not (goal.owner_id and goal.ends_on)]
    sentence = (
        Said(counted(len(goals), "goal"), page),
        Said(f" {'is' if len(goals) == 1 else 'are'} written down, "),
        Said(f"{len(owned)} of {len(goals)}", f"{page}?show=unowned"),
        Said(" with an owner and "),
        Said(f"{len(dated)} of {len(goals)}", f"{page}?show=undated"),
        Said(f" with a period. No purpose hangs under {'it' if len(goals) == 1 else 'them'} yet: "),
        Said("Handrail keeps none in this version."),
    )
    whole = len(goals) - len(loose)
    figure = Figure(whole, len(goals), f"{whole} of {len(goals)} owned and dated")
    return Answer(
        question=1,
        state="again" if past else "in_progress",
        score=1 if whole else 0,
        sentence=sentence,
        figure=figure,
        next_act=_next(past, loose, page),
        worked_from=worked_from,
        gist=f"{count(len(past))} of the goals ran out" if past else "strategy has goals but no purposes yet",
        why=f"{past[0].statement}: the period is over" if past else "",
        facts={"goals": len(goals), "owned": len(owned), "dated": len(dated), "past": len(past)},
    )


def _nothing(page: str, worked_from: str) -> Answer:
    return Answer(
        question=1,
        state="open",
        score=0,
        sentence=(Said("We can’t say yet. No goal is written down, and goals come before anything is posted."),),
        figure=Figure(0, 0, "No goals yet"),
        next_act=NextAct("Write the first goal down", f"{page}new", _owner_name()),
        worked_from=worked_from,
        gist="strategy has no goals yet",
    )


def _next(past: list[Goal], loose: list[Goal], page: str) -> NextAct:
    if past:
        goal = past[0]
        who = goal.owner.name if goal.owner else _owner_name()
        return NextAct(f"Say what became of “{goal.statement}”", f"{page}{goal.key}", who, timezone.localdate())
    if loose:
        goal = loose[0]
        missing = "an owner" if not goal.owner_id else "a period"
        return NextAct(f"Give “{goal.statement}” {missing}", f"{page}{goal.key}", _owner_name())
    ends = min((goal.ends_on for goal in live_goals() if goal.ends_on), default=None)
    return NextAct("Look at the goals again before the first one ends", page, _owner_name(), ends)


def _owner_name() -> str:
    owner: Person | None = holders(Role.GOVERNANCE_OWNER).first()
    return owner.name if owner else "nobody holds the role of governance owner"
