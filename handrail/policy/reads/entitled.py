"""Who may write, publish and approve here: one list, the matrix in force where it speaks, else today's roles."""

from handrail.kernel.refs import Ref
from handrail.people.models import Person
from handrail.people.reads import decided, is_governance_owner, matrix_in_force, may_act
from handrail.policy.models import ClauseEdit, Policy, Procedure, Version


def may_write(person: Person, policy: Policy | None = None) -> bool:
    """Those who draft this policy: authors and the governance owner, or whom the matrix names.

    Without a policy, those who draft policies at all, if only one of them.
    """
    if policy is not None:
        return may_act(person, "draft", Ref("policy", policy.pk))
    if may_act(person, "draft"):
        return True
    # A row of its own can name somebody for one policy; without a matrix there is none.
    return matrix_in_force() is not None and any(
        decided("draft", Ref("policy", pk)).row == f"policy:{pk}" and may_act(person, "draft", Ref("policy", pk))
        for pk in Policy.objects.values_list("pk", flat=True)
    )


def may_publish(person: Person, version: Version) -> bool:
    """The governance owner or the policy's owner, or whom the matrix names; no stand-in publishes their own words."""
    return may_act(
        person,
        "publish",
        Ref("policy", version.policy_id),
        owner=version.policy.owner_id,
        authors=_authors(version),
    )


def _authors(version: Version) -> set[int]:
    wrote = {pk for pk in ClauseEdit.objects.filter(version=version).values_list("by_id", flat=True) if pk}
    return wrote | ({version.created_by_id} if version.created_by_id else set())


def may_write_procedure(person: Person, department: str, procedure: Procedure | None = None) -> bool:
    """Those who draft policies, whoever owns it, everyone who works in the department, or whom the matrix names."""
    if not person.is_here:
        return False
    if (department and person.function == department) or may_act(person, "draft"):
        return True
    if procedure is None:
        return False
    return procedure.owner_id == person.pk or may_act(person, "draft", Ref("procedure", procedure.pk))


def may_approve_procedure(person: Person, procedure: Procedure) -> bool:
    """Whom the procedure's own row of the matrix names; without one its owner or the governance owner.

    The row of the activity is about policies. A procedure is its department's, with a lighter approval.
    """
    subject = Ref("procedure", procedure.pk)
    if decided("approve", subject, owner=procedure.owner_id).row == str(subject):
        return may_act(person, "approve", subject, owner=procedure.owner_id)
    return person.is_here and (procedure.owner_id == person.pk or is_governance_owner(person))
