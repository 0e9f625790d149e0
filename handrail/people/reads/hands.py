"""In whose name somebody acts: both names in words, and both keys for a fact."""

from collections.abc import Collection
from dataclasses import dataclass

from handrail.kernel.refs import Ref
from handrail.people.models import Person
from handrail.people.reads.acting import acting_for, may_act


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts, and for whom where they stand in; “Ann Lind for Ben Moss” in words."""

    person: Person
    away: Person | None = None

    @property
    def words(self) -> str:
        """The name, or both names."""
        return f"{self.person.name} for {self.away.name}" if self.away else self.person.name

    @property
    def stands_for(self) -> int | None:
        """The key of the person they stand in for, for a fact or a row; None in their own right."""
        return self.away.pk if self.away else None


def hand_of(
    person: Person,
    activity: str,
    subject: Ref | None = None,
    *,
    owner: int | None = None,
    authors: Collection[int] = (),
) -> Hand | None:
    """The hand that acts if the person does this today; None where they may not. One's own right comes first."""
    if not may_act(person, activity, subject, owner=owner, authors=authors):
        return None
    away = acting_for(person, activity, subject, owner=owner, authors=authors)
    return Hand(person, away[0] if away else None)
