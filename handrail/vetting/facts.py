"""What vetting announces: rounds opened and ended, texts redrafted, remarks made and answered, words given."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from handrail.kernel.facts import Fact
from handrail.kernel.refs import Ref


@dataclass(frozen=True, slots=True)
class RoundOpened(Fact):
    """A text went out for review."""

    code: ClassVar[str] = "vetting.round_opened"
    round: Ref
    subject: Ref
    text_sha256: str
    interests: tuple[str, ...]
    clauses: int
    invited: int
    closes_at: datetime
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class TextRedrafted(Fact):
    """The text under review has new words; what changed and what became of the remarks on it."""

    code: ClassVar[str] = "vetting.text_redrafted"
    round: Ref
    subject: Ref
    text_sha256: str
    number: int
    changed: tuple[str, ...]
    reanchored: int
    detached: int
    stale: int


@dataclass(frozen=True, slots=True)
class RemarkMade(Fact):
    """Somebody said something about a text. Never who, where the remark is anonymous."""

    code: ClassVar[str] = "vetting.remark_made"
    round: Ref
    subject: Ref
    remark: Ref
    clause: str = ""
    anonymous: bool = False
    reply: bool = False


@dataclass(frozen=True, slots=True)
class RemarkWithdrawn(Fact):
    """Somebody took a remark back; its words stay in the record."""

    code: ClassVar[str] = "vetting.remark_withdrawn"
    round: Ref
    remark: Ref


@dataclass(frozen=True, slots=True)
class RemarkDisposed(Fact):
    """A remark was answered."""

    code: ClassVar[str] = "vetting.remark_disposed"
    round: Ref
    subject: Ref
    remark: Ref
    verdict: str
    duplicates: int = 0


@dataclass(frozen=True, slots=True)
class RemarkReopened(Fact):
    """An answer did not settle a remark, and it waits again."""

    code: ClassVar[str] = "vetting.remark_reopened"
    round: Ref
    remark: Ref


@dataclass(frozen=True, slots=True)
class SignedOff(Fact):
    """An interest gave its word on exactly these words."""

    code: ClassVar[str] = "vetting.signed_off"
    round: Ref
    subject: Ref
    interest: str
    words_sha256: str
    condition: bool = False


@dataclass(frozen=True, slots=True)
class ConditionMet(Fact):
    """What a sign-off asked for is there."""

    code: ClassVar[str] = "vetting.condition_met"
    round: Ref
    interest: str


@dataclass(frozen=True, slots=True)
class SignOffWithdrawn(Fact):
    """A reviewer took their word back."""

    code: ClassVar[str] = "vetting.sign_off_withdrawn"
    round: Ref
    interest: str


@dataclass(frozen=True, slots=True)
class SignOffWentStale(Fact):
    """The words an interest had signed changed."""

    code: ClassVar[str] = "vetting.sign_off_went_stale"
    round: Ref
    subject: Ref
    interest: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClosingMoved(Fact):
    """A round has another last day."""

    code: ClassVar[str] = "vetting.closing_moved"
    round: Ref
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class OutsiderInvited(Fact):
    """Somebody from elsewhere may read and remark until a day."""

    code: ClassVar[str] = "vetting.outsider_invited"
    round: Ref
    outsider: Ref
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OutsiderRevoked(Fact):
    """An invitation from elsewhere was taken back."""

    code: ClassVar[str] = "vetting.outsider_revoked"
    round: Ref
    outsider: Ref


@dataclass(frozen=True, slots=True)
class RoundCleared(Fact):
    """Everyone with a stake was heard on the present text."""

    code: ClassVar[str] = "vetting.round_cleared"
    round: Ref
    subject: Ref
    text_sha256: str


@dataclass(frozen=True, slots=True)
class RoundWithdrawn(Fact):
    """A round ended without clearing its text."""

    code: ClassVar[str] = "vetting.round_withdrawn"
    round: Ref
    subject: Ref
    why: str


@dataclass(frozen=True, slots=True)
class ReviewersInvited(Fact):
    """More reviewers were asked to read for an interest."""

    code: ClassVar[str] = "vetting.reviewers_invited"
    round: Ref
    interest: str
    count: int


@dataclass(frozen=True, slots=True)
class ReviewersNudged(Fact):
    """Those who had not signed for an interest were sent a friendly word."""

    code: ClassVar[str] = "vetting.reviewers_nudged"
    round: Ref
    interest: str
    count: int


@dataclass(frozen=True, slots=True)
class RemarkAssigned(Fact):
    """Somebody is to say what becomes of a remark."""

    code: ClassVar[str] = "vetting.remark_assigned"
    round: Ref
    remark: Ref
    person: Ref


@dataclass(frozen=True, slots=True)
class AnswerNudged(Fact):
    """Whoever is to answer a remark was sent a friendly word."""

    code: ClassVar[str] = "vetting.answer_nudged"
    round: Ref
    remark: Ref


@dataclass(frozen=True, slots=True)
class StewardsAsked(Fact):
    """The stewards of a group that has hardly been heard were asked to spread the word."""

    code: ClassVar[str] = "vetting.stewards_asked"
    round: Ref
    group: str
    count: int


@dataclass(frozen=True, slots=True)
class NamingChosen(Fact):
    """Whether the record of a round names those who signed was chosen."""

    code: ClassVar[str] = "vetting.naming_chosen"
    round: Ref
    names: bool


@dataclass(frozen=True, slots=True)
class HookAdded(Fact):
    """A channel outside is told about rounds from now on. Never its address."""

    code: ClassVar[str] = "vetting.hook_added"
    hook: Ref
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class HookRemoved(Fact):
    """A channel outside is told nothing any more; its address is wiped."""

    code: ClassVar[str] = "vetting.hook_removed"
    hook: Ref
    name: str
