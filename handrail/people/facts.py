"""What people announces: a staff file went in or was put back, a role began or ended."""

from dataclasses import dataclass
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
