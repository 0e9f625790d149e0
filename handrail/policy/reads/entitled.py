"""Who may draft and approve what stands around a policy: the matrix where it speaks, else today's roles."""

from collections.abc import Callable

from handrail.kernel.refs import Ref
from handrail.people import reads as people
from handrail.people.models import Person, Role
from handrail.people.reads import has_role
from handrail.policy.models import Procedure

_MayAct = Callable[[Person, str, Ref], bool]


def by_matrix(person: Person, activity: str, subject: Ref) -> bool:
    """What the matrix of people says; nothing while it has no such question."""
    may_act: _MayAct | None = getattr(people, "may_act", None)
    return may_act is not None and may_act(person, activity, subject)


def may_write_procedure(person: Person, department: str, procedure: Procedure | None = None) -> bool:
    """Authors, the governance owner, whoever owns it, and everyone who works in the department."""
    if not person.is_here:
        return False
    if has_role(person, Role.AUTHOR, Role.GOVERNANCE_OWNER) or (department and person.function == department):
        return True
    if procedure is None:
        return False
    return procedure.owner_id == person.pk or by_matrix(person, "draft", Ref("procedure", procedure.pk))


def may_approve_procedure(person: Person, procedure: Procedure) -> bool:
    """Whoever is accountable for it: its owner, whom the matrix names, or the governance owner."""
    if not person.is_here:
        return False
    if procedure.owner_id == person.pk or has_role(person, Role.GOVERNANCE_OWNER):
        return True
    return by_matrix(person, "approve", Ref("procedure", procedure.pk))
