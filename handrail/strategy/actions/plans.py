"""The verb of the plan: issue a version, frozen with its fingerprint."""

import hashlib
import json

from django.db import transaction

from handrail.kernel.actions import announce
from handrail.kernel.errors import NotNow, Refused
from handrail.kernel.paper import to_markdown
from handrail.kernel.refs import Ref
from handrail.people.models import Person, Role
from handrail.people.reads import has_role
from handrail.strategy.facts import PlanIssued
from handrail.strategy.models import Goal, Plan
from handrail.strategy.reads.plan import changed_since, paper_of, record_today


def may_issue_plan(person: Person) -> bool:
    """Whether the person may issue a version of the plan."""
    return has_role(person, Role.GOVERNANCE_OWNER)


@transaction.atomic
def issue_plan(*, by: Person) -> Plan:
    """Freeze the plan as it stands today as the next version. Nothing new to say, nothing issued."""
    if not may_issue_plan(by):
        raise Refused("Only the governance owner issues the plan. Anyone may read it as it stands.")
    # Two who press at once: the goals are the rows every plan reads, so the second waits and finds nothing new.
    list(Goal.objects.select_for_update().values_list("pk"))
    last = Plan.objects.select_for_update().order_by("-number").first()
    record = record_today()
    if not record["goals"]:
        raise NotNow("A plan begins with a goal, and none is written down. Write one first.")
    if last is not None and not changed_since(last.record, record):
        raise NotNow(f"Nothing has changed since version {last.number}, so there is nothing new to issue.")
    number = last.number + 1 if last else 1
    text = to_markdown(paper_of(record, number, last.record if last else None))
    frozen = json.dumps(record, sort_keys=True, ensure_ascii=False) + "\n" + text
    sha256 = hashlib.sha256(frozen.encode()).hexdigest()
    plan = Plan.objects.create(number=number, issued_by=by, record=record, text=text, sha256=sha256)
    announce(PlanIssued(Ref("plan", plan.pk), number, sha256), who=by)
    return plan
