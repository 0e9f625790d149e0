"""Who may read what was heard."""

from handrail.people.models import Person, Role
from handrail.people.reads import has_role


def may_listen(person: Person) -> bool:
    """Those who look after customers and channels read posts: governance owner, care analyst, steward."""
    return has_role(person, Role.GOVERNANCE_OWNER, Role.CARE_ANALYST, Role.STEWARD)
