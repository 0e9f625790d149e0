"""Question 1, computed: what do we want, and whom does it touch?

Rule. Open: no live goal. Needs another look: a goal's period is over and it still counts as live, or a purpose was
reopened. Answered: score 2 or more, every goal owned and dated, no purpose waiting. Else in progress.
Score 1: a goal has owner and period. 2: also an approved purpose with a live initiative. 3: also every approved
purpose has a measure with baseline, target and fresh reading, a plan is issued, and no column is empty without a word.
"""

from django.urls import reverse
from django.utils import timezone

from handrail.kernel.evidence import Answer, Figure, NextAct, Said, State
from handrail.kernel.words import count, counted
from handrail.people.models import Person, Role
from handrail.people.reads import holders
from handrail.strategy.models import Goal, Initiative, Plan, Purpose, Trait
from handrail.strategy.reads import grid, live_goals, standing_purposes, trait_word


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
    purposes = standing_purposes()
    loose = [goal for goal in goals if not (goal.owner_id and goal.ends_on)]
    sentence = (
        Said(counted(len(goals), "goal"), page),
        Said(f" {'is' if len(goals) == 1 else 'are'} written down, "),
        Said(f"{len(owned)} of {len(goals)}", f"{page}?show=unowned"),
        Said(" with an owner and "),
        Said(f"{len(dated)} of {len(goals)}", f"{page}?show=undated"),
        Said(" with a period. "),
        *_purposes_said(purposes),
    )
    whole = len(goals) - len(loose)
    again = [purpose for purpose in purposes if purpose.state == Purpose.State.AGAIN]
    score = _score(purposes) if whole else 0
    done = score > 1 and not loose and all(purpose.state == Purpose.State.APPROVED for purpose in purposes)
    state: State = "again" if past or again else "answered" if done else "in_progress"
    figure = Figure(whole, len(goals), f"{whole} of {len(goals)} owned and dated")
    return Answer(
        question=1,
        state=state,
        score=score,
        sentence=sentence,
        figure=figure,
        next_act=_next_purpose(again, purposes) if not (past or loose) else _next(past, loose, page),
        worked_from=worked_from,
        gist=_gist(past, again, purposes),
        why=f"{past[0].statement}: the period is over" if past else again[0].because if again else "",
        facts={
            "goals": len(goals),
            "owned": len(owned),
            "dated": len(dated),
            "past": len(past),
            "purposes": len(purposes),
        },
    )


def _purposes_said(purposes: list[Purpose]) -> list[Said]:
    if not purposes:
        return [Said("No purpose hangs under them yet.", reverse("strategy:overview"))]
    approved = sum(purpose.state == Purpose.State.APPROVED for purpose in purposes)
    live = sum(each.state == Initiative.State.LIVE for purpose in purposes for each in purpose.initiatives.all())
    page = reverse("strategy:overview")
    return [
        Said(f"{approved} of {counted(len(purposes), 'purpose')}", page),
        Said(f" {'is' if 1 in (approved, len(purposes)) else 'are'} approved and "),
        Said(counted(live, "initiative"), page),
        Said(f" {'is' if live == 1 else 'are'} live."),
    ]


def _score(purposes: list[Purpose]) -> int:
    approved = [purpose for purpose in purposes if purpose.state == Purpose.State.APPROVED]
    if not any(each.state == Initiative.State.LIVE for purpose in approved for each in purpose.initiatives.all()):
        return 1
    measured = all(trait_word(purpose, Trait.MEASURABLE).verdict == "holds" for purpose in approved)
    return 3 if measured and Plan.objects.exists() and not grid(purposes).empty_columns else 2


def _gist(past: list[Goal], again: list[Purpose], purposes: list[Purpose]) -> str:
    if past:
        return f"{count(len(past))} of the goals ran out"
    if again:
        return f"{counted(len(again), 'purpose')} {'needs' if len(again) == 1 else 'need'} another look"
    return "strategy has purposes to carry out" if purposes else "strategy has goals but no purposes yet"


def _next_purpose(again: list[Purpose], purposes: list[Purpose]) -> NextAct:
    waiting = [*again, *(purpose for purpose in purposes if purpose.state == Purpose.State.PROPOSED)]
    if waiting:
        row = waiting[0]
        words = "Look again at" if row.state == Purpose.State.AGAIN else "Decide on"
        who = row.owner.name if row.owner and again else _owner_name()
        return NextAct(f"{words} “{row.name}”", reverse("strategy:purpose", args=[row.key]), who)
    if not purposes:
        return NextAct("Propose the first purpose", reverse("strategy:propose"), _owner_name())
    return NextAct("Read the plan as it stands", reverse("strategy:plan"), _owner_name())


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
    return _next_purpose([], [])


def _owner_name() -> str:
    owner: Person | None = holders(Role.GOVERNANCE_OWNER).first()
    return owner.name if owner else "nobody holds the role of governance owner"
