"""What the desk's pages ask of its own history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, OuterRef, Subquery

from handrail.people.models import Person, Role
from handrail.people.reads import has_role
from handrail.web.models import AnswerDay


@dataclass(frozen=True, slots=True)
class QuestionDays:
    """One question over a stretch of days: a row per day, None where nothing was written down."""

    question: int
    days: Sequence[AnswerDay | None]


def last_states() -> dict[int, str]:
    """The state each question had when it was last written down."""
    newest = AnswerDay.objects.filter(question=OuterRef("question")).order_by("-day").values("id")[:1]
    rows = AnswerDay.objects.filter(id=Subquery(newest)).values_list("question", "state")
    return dict(rows)


def history(until: date, days: int) -> list[QuestionDays]:
    """How the seven questions stood on each of `days` days up to and with `until`."""
    first = until - timedelta(days=days - 1)
    kept = {(row.question, row.day): row for row in AnswerDay.objects.filter(day__gte=first, day__lte=until)}
    stretch = [first + timedelta(days=n) for n in range(days)]
    return [QuestionDays(q, [kept.get((q, day)) for day in stretch]) for q in range(1, 8)]


def last_kept() -> date | None:
    """The newest day that was written down."""
    newest: date | None = AnswerDay.objects.aggregate(newest=Max("day"))["newest"]
    return newest


def may_see_answers(person: Person) -> bool:
    """The seven answers are for those who work on them: owner, authors, reviewers, stewards and the auditor.

    Everyone else has a desk of their own, which says what is asked of them and shows nobody's standing.
    """
    return has_role(person, Role.GOVERNANCE_OWNER, Role.AUTHOR, Role.REVIEWER, Role.STEWARD, Role.AUDITOR)
