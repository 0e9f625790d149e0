"""The desk of someone who does not steer: what is asked of them, what is in force, whom to ask, and their team.

Nothing here is invented: a thing is asked only when some room keeps a record of asking it.
"""

from dataclasses import dataclass, field

from handrail.kernel.words import count, sentence_case
from handrail.people.models import Person, Role
from handrail.people.reads import holders, is_governance_owner, team_of
from handrail.strategy.models import Goal
from handrail.strategy.reads import goals_owned_by, live_goals
from handrail.vetting.models import Round
from handrail.vetting.reads import rounds_asking
from handrail.web.asking import Waiting
from handrail.web.inbox import needs_you
from handrail.web.rooms import address, may_open
from handrail.web.rules_in_force import InForce, in_force

TEAM_SHOWN = 12
REVIEWS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class OwnDesk:
    """What the page of one employee, analyst or line manager shows."""

    person: Person
    greeting: str
    boss_answers: bool
    asked: list[Waiting]
    in_force: list[InForce]
    owners: list[Person]
    goals: list[Goal]
    mine: list[Goal]
    team: list[Person] = field(default_factory=list)
    team_size: int = 0
    under_review: list[Round] = field(default_factory=list)
    listening_href: str = ""
    people_href: str = ""

    @property
    def team_more(self) -> int:
        """How many of the team are not listed."""
        return self.team_size - len(self.team)


def own_desk(person: Person) -> OwnDesk:
    """Gather the desk of this person."""
    asked = needs_you(person)
    team = team_of(person)
    size = team.count()
    listening = address("listening:listening")
    return OwnDesk(
        person=person,
        greeting=_greeting(person, len(asked)),
        boss_answers=bool(person.line_manager and is_governance_owner(person.line_manager)),
        asked=asked,
        in_force=in_force(person),
        owners=[each for each in holders(Role.GOVERNANCE_OWNER)[:3] if each.pk != person.line_manager_id],
        goals=list(live_goals()[:3]),
        mine=list(goals_owned_by(person)[:5]),
        team=list(team.order_by("name")[:TEAM_SHOWN]) if size else [],
        team_size=size,
        under_review=list(
            rounds_asking(person).filter(state=Round.State.OPEN).order_by("closes_at", "pk")[:REVIEWS_SHOWN]
        ),
        listening_href=listening if listening and may_open(person, listening) else "",
        people_href=address("people:people") if may_open(person, address("people:people") or "/") else "",
    )


def _greeting(person: Person, asked: int) -> str:
    first = person.name.split()[0] if person.name.split() else person.name
    if not asked:
        return f"Hello {first}. Nothing waits for you today."
    return f"Hello {first}. {sentence_case(count(asked))} {'thing waits' if asked == 1 else 'things wait'} for you."
