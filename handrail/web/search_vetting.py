"""Find, in vetting: rounds of review, and the remarks in those that this person may read."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from handrail.kernel.templatetags.handrail import words_for_day
from handrail.people.models import Person, Role
from handrail.people.reads import has_role
from handrail.vetting.models import Remark, Round
from handrail.vetting.reads import rounds_asking, who_said
from handrail.web.hits import LIMIT, Group, Hit, around


def rounds(person: Person, words: str) -> Group:
    """Rounds by their title or what they ask."""
    rows = _readable(person).filter(Q(title__icontains=words) | Q(asks__icontains=words))
    found = list(rows.order_by("-opened_at", "-pk")[: LIMIT + 1])
    hits = [Hit(row.title, _state(row), reverse("vetting:round", args=[row.pk])) for row in found[:LIMIT]]
    return Group("Rounds of review", hits, len(found) > LIMIT)


def remarks(person: Person, words: str) -> Group:
    """Remarks and answers in threads, in the rounds this person may read; what was taken back is left out."""
    holds = Q(body__icontains=words) | Q(suggested__icontains=words)
    rows = Remark.objects.filter(holds, round__in=_readable(person).values("pk"), withdrawn_on=None)
    rows = rows.select_related("round", "person", "outsider", "parent").order_by("-made_on", "-pk")
    found = list(rows[: LIMIT + 1])
    hits = []
    for row in found[:LIMIT]:
        first = row.parent or row
        text = row.body if words.casefold() in row.body.casefold() else row.suggested
        href = reverse("vetting:remark", args=[row.round_id, first.uid])
        about = f"{who_said(row)} on “{row.round.title}”, {words_for_day(row.made_on)}"
        hits.append(Hit(around(text, words), about, href))
    return Group("Remarks", hits, len(found) > LIMIT)


def _readable(person: Person) -> QuerySet[Round]:
    """The owner reads every round, an auditor those that ended too; everyone else those that ask them or they run."""
    if has_role(person, Role.GOVERNANCE_OWNER):
        return Round.objects.all()
    if has_role(person, Role.AUDITOR):
        return rounds_asking(person) | Round.objects.exclude(state=Round.State.OPEN)
    return rounds_asking(person)


def _state(row: Round) -> str:
    if row.is_open:
        return f"Open until {words_for_day(row.closes_at)}"
    return row.get_state_display()
