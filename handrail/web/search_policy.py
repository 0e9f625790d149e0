"""Find, around policies: procedures with what they say, and the scenarios of policies this person may read."""

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from handrail.people.models import Person
from handrail.policy.models import Procedure, ProcedureText, Scenario
from handrail.policy.reads import policies_for
from handrail.web.hits import LIMIT, Group, Hit, around


def procedures(person: Person, words: str) -> Group:
    """Procedures that are followed today, by title, department or their words in force."""
    says = ProcedureText.objects.filter(procedure=OuterRef("pk"), state=ProcedureText.State.IN_FORCE)
    rows = Procedure.objects.filter(retired_at=None).annotate(says=Subquery(says.values("markdown")[:1]))
    rows = rows.filter(Q(title__icontains=words) | Q(department__icontains=words) | Q(says__icontains=words))
    found = list(rows.order_by("number")[: LIMIT + 1])
    hits = []
    for row in found[:LIMIT]:
        named = f"{row.code} {row.title}"
        inside = words.casefold() not in f"{row.title} {row.department}".casefold()
        about = f"{row.department}: {around(row.says or '', words)}" if inside else row.department
        hits.append(Hit(named, about, reverse("policy:procedure", args=[row.number])))
    return Group("Procedures", hits, len(found) > LIMIT)


def scenarios(person: Person, words: str) -> Group:
    """Situations with the verdict a policy gives."""
    holds = Q(situation__icontains=words) | Q(question__icontains=words) | Q(why__icontains=words)
    may = [policy.pk for policy in policies_for(person)]
    rows = Scenario.objects.filter(holds, retired_at=None, policy__in=may).select_related("policy")
    found = list(rows.order_by("policy__title", "pk")[: LIMIT + 1])
    hits = [
        Hit(
            around(row.situation, words),
            f"{row.question} {row.get_verdict_display()}. {row.policy.title}",
            reverse("policy:scenarios", args=[row.policy.key]),
        )
        for row in found[:LIMIT]
    ]
    return Group("Scenarios", hits, len(found) > LIMIT)
