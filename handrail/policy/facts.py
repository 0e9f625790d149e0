"""What the room of policy announces."""

from dataclasses import dataclass
from typing import ClassVar

from handrail.kernel.facts import Fact
from handrail.kernel.refs import Ref


@dataclass(frozen=True, slots=True)
class PolicyImported(Fact):
    """A text came in from a file or a form and is a draft now; `changed` counts clauses that differ from before."""

    code: ClassVar[str] = "policy.imported"
    policy: Ref
    version: Ref
    number: int
    clauses: int
    changed: int
    source_name: str


@dataclass(frozen=True, slots=True)
class PolicyPublished(Fact):
    """A version came into force; `vetted` is False where no round of review cleared it."""

    code: ClassVar[str] = "policy.published"
    policy: Ref
    version: Ref
    number: int
    sha256: str
    effective_on: str
    vetted: bool


@dataclass(frozen=True, slots=True)
class PolicySuperseded(Fact):
    """A version went out of force because a later one came into it."""

    code: ClassVar[str] = "policy.superseded"
    policy: Ref
    version: Ref
    number: int
    by_version: Ref


@dataclass(frozen=True, slots=True)
class PolicyEntrusted(Fact):
    """A policy was given an owner, a contact or a day of review; `what` names the fields that differ."""

    code: ClassVar[str] = "policy.entrusted"
    policy: Ref
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftDropped(Fact):
    """A draft was given up before it was published."""

    code: ClassVar[str] = "policy.draft_dropped"
    policy: Ref
    number: int


@dataclass(frozen=True, slots=True)
class DraftBegun(Fact):
    """A new draft stands with the words of an earlier version, to be edited clause by clause."""

    code: ClassVar[str] = "policy.draft_begun"
    policy: Ref
    version: Ref
    number: int


@dataclass(frozen=True, slots=True)
class ClauseEdited(Fact):
    """A verb changed a draft: edit, add, remove, move, split, merge, kind, heading, section, undo or redo; ids only."""

    code: ClassVar[str] = "policy.clause_edited"
    policy: Ref
    version: Ref
    number: int
    verb: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseExplained(Fact):
    """A reason was written down why a clause is there; `kind` says what sort, `source` which record."""

    code: ClassVar[str] = "policy.clause_explained"
    policy: Ref
    clause: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class ClauseEntrusted(Fact):
    """A clause was given an owner, topics or an audience; `what` names the fields that differ."""

    code: ClassVar[str] = "policy.clause_entrusted"
    policy: Ref
    clause: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeTyped(Fact):
    """An author said what the change of a clause asks of people, beside what the rules proposed."""

    code: ClassVar[str] = "policy.change_typed"
    policy: Ref
    version: Ref
    clause: str
    proposed: str
    said: str
