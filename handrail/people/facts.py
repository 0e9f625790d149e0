"""What people announces: files, roles, audiences, the matrix and its delegates and gaps, tokens."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from handrail.kernel.facts import Fact
from handrail.kernel.refs import Ref


@dataclass(frozen=True, slots=True)
class FirstOwnerCreated(Fact):
    """The house was opened: its first person, who answers for it."""

    code: ClassVar[str] = "people.first_owner_created"
    person: Ref


@dataclass(frozen=True, slots=True)
class PeopleImported(Fact):
    """A staff file went in and changed who is here. `sha256` names the file's bytes."""

    code: ClassVar[str] = "people.imported"
    people_import: Ref
    file_name: str
    sha256: str
    added: int
    changed: int
    left: int
    held_back: int


@dataclass(frozen=True, slots=True)
class PeopleImportPutBack(Fact):
    """The latest staff file was put back: people are as they were before it."""

    code: ClassVar[str] = "people.import_put_back"
    people_import: Ref
    sha256: str
    taken_out: int
    restored: int


@dataclass(frozen=True, slots=True)
class RoleGranted(Fact):
    """A person took a role on."""

    code: ClassVar[str] = "people.role_granted"
    person: Ref
    role: str
    interest: str


@dataclass(frozen=True, slots=True)
class RoleEnded(Fact):
    """A person no longer has a role. `why` is “ended” or “left”."""

    code: ClassVar[str] = "people.role_ended"
    person: Ref
    role: str
    interest: str
    why: str


@dataclass(frozen=True, slots=True)
class AudienceChanged(Fact):
    """A group of people was said anew, or for the first time."""

    code: ClassVar[str] = "people.audience_changed"
    audience: Ref
    name: str


@dataclass(frozen=True, slots=True)
class MatrixProposed(Fact):
    """A proposal was begun: a copy of the matrix in force that may be edited. `cells` is how many it starts with."""

    code: ClassVar[str] = "people.matrix_proposed"
    matrix: Ref
    cells: int


@dataclass(frozen=True, slots=True)
class LettersSet(Fact):
    """A cell of a proposal was changed."""

    code: ClassVar[str] = "people.letters_set"
    matrix: Ref
    row: str
    holder: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MatrixImported(Fact):
    """A file of assignments went into a proposal."""

    code: ClassVar[str] = "people.matrix_imported"
    matrix: Ref
    sha256: str
    cells: int
    held_back: int


@dataclass(frozen=True, slots=True)
class MatrixAgreed(Fact):
    """A matrix was agreed and is in force: who may act, is asked and is told follows from it."""

    code: ClassVar[str] = "people.matrix_agreed"
    matrix: Ref
    agreed_on: date
    people: tuple[int, ...]
    cells: int
    how: str


@dataclass(frozen=True, slots=True)
class ProposalDropped(Fact):
    """A proposal was dropped; the matrix in force stays."""

    code: ClassVar[str] = "people.proposal_dropped"
    matrix: Ref
    why: str


@dataclass(frozen=True, slots=True)
class FindingWaived(Fact):
    """Somebody said why a finding of the matrix check is fine, and until when."""

    code: ClassVar[str] = "people.finding_waived"
    rule: str
    finding: str
    why: str
    until: date


@dataclass(frozen=True, slots=True)
class WaiverEnded(Fact):
    """A finding that was said to be fine is shown again, before its day."""

    code: ClassVar[str] = "people.waiver_ended"
    rule: str
    finding: str


@dataclass(frozen=True, slots=True)
class DelegationMade(Fact):
    """A person named who stands in for them, on which days and for what."""

    code: ClassVar[str] = "people.delegation_made"
    person: Ref
    to: Ref
    starts_on: date
    ends_on: date
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DelegationEnded(Fact):
    """Somebody no longer stands in for another."""

    code: ClassVar[str] = "people.delegation_ended"
    person: Ref
    to: Ref


@dataclass(frozen=True, slots=True)
class GapOpened(Fact):
    """Somebody who leaves, or left, stands in the matrix: the assignment needs a name."""

    code: ClassVar[str] = "people.gap_opened"
    gap: Ref
    person: Ref
    row: str
    letters: str
    last_day: date | None


@dataclass(frozen=True, slots=True)
class GapOffered(Fact):
    """What a leaver leaves was offered to somebody."""

    code: ClassVar[str] = "people.gap_offered"
    gap: Ref
    row: str
    to: Ref


@dataclass(frozen=True, slots=True)
class GapDeclined(Fact):
    """Whoever was offered a leaver's work said no; it waits for another name."""

    code: ClassVar[str] = "people.gap_declined"
    gap: Ref
    row: str
    by: Ref


@dataclass(frozen=True, slots=True)
class GapClosed(Fact):
    """What a leaver leaves was taken by somebody, or closed without one; why."""

    code: ClassVar[str] = "people.gap_closed"
    gap: Ref
    row: str
    taken_by: Ref | None
    why: str


@dataclass(frozen=True, slots=True)
class TokenMade(Fact):
    """A person made a token for scripts; never the token."""

    code: ClassVar[str] = "people.token_made"
    token: Ref
    name: str
    scopes: tuple[str, ...]
    expires_on: date


@dataclass(frozen=True, slots=True)
class TokenRevoked(Fact):
    """A token opens nothing any more."""

    code: ClassVar[str] = "people.token_revoked"
    token: Ref
    name: str
