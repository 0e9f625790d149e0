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


@dataclass(frozen=True, slots=True)
class PolicyScheduled(Fact):
    """A cleared version was published and holds from a day to come."""

    code: ClassVar[str] = "policy.scheduled"
    policy: Ref
    version: Ref
    number: int
    sha256: str
    effective_on: str


@dataclass(frozen=True, slots=True)
class PolicyHeldBack(Fact):
    """A version that waited for its day was taken back to cleared."""

    code: ClassVar[str] = "policy.held_back"
    policy: Ref
    version: Ref
    number: int


@dataclass(frozen=True, slots=True)
class PolicyTakenBack(Fact):
    """A cleared version became a draft again, because something in it is wrong."""

    code: ClassVar[str] = "policy.taken_back"
    policy: Ref
    version: Ref
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class ProcedureWritten(Fact):
    """A department wrote a procedure down, or gave its draft new words."""

    code: ClassVar[str] = "policy.procedure_written"
    procedure: Ref
    number: int
    text: int


@dataclass(frozen=True, slots=True)
class ProcedureApproved(Fact):
    """Whoever is accountable let a procedure's draft come into force."""

    code: ClassVar[str] = "policy.procedure_approved"
    procedure: Ref
    number: int
    text: int


@dataclass(frozen=True, slots=True)
class ProcedureRetired(Fact):
    """A procedure is followed no longer; its words stay in the record."""

    code: ClassVar[str] = "policy.procedure_retired"
    procedure: Ref
    number: int


@dataclass(frozen=True, slots=True)
class ProcedureLinked(Fact):
    """A procedure carries a clause out or builds on another procedure, or does so no longer (`ended`)."""

    code: ClassVar[str] = "policy.procedure_linked"
    procedure: Ref
    to: Ref
    clause: str = ""
    ended: bool = False


@dataclass(frozen=True, slots=True)
class ProcedureFlagged(Fact):
    """Clauses that a procedure carries out changed in a published version; somebody must look at it again."""

    code: ClassVar[str] = "policy.procedure_flagged"
    procedure: Ref
    policy: Ref
    version: Ref
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcedureChecked(Fact):
    """Somebody looked at a flagged procedure and said that it is still right, or gave it new words."""

    code: ClassVar[str] = "policy.procedure_checked"
    procedure: Ref
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepsMoved(Fact):
    """Steps left a policy's draft for a procedure; a sentence in the draft says where they are."""

    code: ClassVar[str] = "policy.steps_moved"
    version: Ref
    procedure: Ref
    clauses: tuple[str, ...]
    pointer: str


@dataclass(frozen=True, slots=True)
class StepsPutBack(Fact):
    """A move of steps was undone."""

    code: ClassVar[str] = "policy.steps_put_back"
    version: Ref
    procedure: Ref
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmendmentProposed(Fact):
    """Somebody proposed to change a policy, with why; `source` is the record it comes from."""

    code: ClassVar[str] = "policy.amendment_proposed"
    amendment: Ref
    policy: Ref
    clause: str
    source: str


@dataclass(frozen=True, slots=True)
class AmendmentTakenUp(Fact):
    """An amendment went into the draft."""

    code: ClassVar[str] = "policy.amendment_taken_up"
    amendment: Ref
    policy: Ref
    version: Ref
    clause: str


@dataclass(frozen=True, slots=True)
class AmendmentDeclined(Fact):
    """An amendment was declined, and whoever proposed it reads why."""

    code: ClassVar[str] = "policy.amendment_declined"
    amendment: Ref
    policy: Ref


@dataclass(frozen=True, slots=True)
class PolicyAmended(Fact):
    """An amendment came into force with a version; from now on it can be watched whether it did what it should."""

    code: ClassVar[str] = "policy.amended"
    amendment: Ref
    policy: Ref
    version: Ref
    clause: str
    source: str
    check_on: str = ""


@dataclass(frozen=True, slots=True)
class TranslationKept(Fact):
    """Clauses of a policy were put into another language, or confirmed as still right."""

    code: ClassVar[str] = "policy.translation_kept"
    policy: Ref
    language: str
    clauses: int


@dataclass(frozen=True, slots=True)
class TranslationPublished(Fact):
    """Readers of a language see a policy in it, bound to the version it says."""

    code: ClassVar[str] = "policy.translation_published"
    policy: Ref
    language: str
    version: Ref
    clauses: int


@dataclass(frozen=True, slots=True)
class ScenarioKept(Fact):
    """A situation that tests clauses was written down or changed, or is asked no longer (`retired`)."""

    code: ClassVar[str] = "policy.scenario_kept"
    scenario: Ref
    policy: Ref
    clauses: tuple[str, ...]
    retired: bool = False


@dataclass(frozen=True, slots=True)
class VerdictSaid(Fact):
    """An author said what a scenario's verdict is under a version whose changes might have flipped it."""

    code: ClassVar[str] = "policy.verdict_said"
    scenario: Ref
    version: Ref
    was: str
    said: str


@dataclass(frozen=True, slots=True)
class ReviewDue(Fact):
    """A policy's day of review is so many days away, and those who answer for it were told."""

    code: ClassVar[str] = "policy.review_due"
    policy: Ref
    review_by: str
    days: int
    told: int


@dataclass(frozen=True, slots=True)
class SuggestionsBrought(Fact):
    """A file came back through Word or Git, and its changes wait as suggestions to a version."""

    code: ClassVar[str] = "policy.suggestions_brought"
    policy: Ref
    version: Ref
    door: str
    count: int
    file_name: str


@dataclass(frozen=True, slots=True)
class SuggestionDecided(Fact):
    """An author took a suggestion into the text, or declined it with a reason."""

    code: ClassVar[str] = "policy.suggestion_decided"
    policy: Ref
    version: Ref
    suggestion: Ref
    clause: str
    state: str


@dataclass(frozen=True, slots=True)
class FindingWaived(Fact):
    """Somebody chose to live with a finding of the check until a day, with a reason."""

    code: ClassVar[str] = "policy.finding_waived"
    policy: Ref
    rule: str
    clause: str
    waiver: Ref
    expires_on: str


@dataclass(frozen=True, slots=True)
class WaiverEnded(Fact):
    """A waiver was ended before its day, so the finding is open again."""

    code: ClassVar[str] = "policy.waiver_ended"
    policy: Ref
    rule: str
    clause: str
    waiver: Ref


@dataclass(frozen=True, slots=True)
class LegalAsked(Fact):
    """A finding was put to those who review for legal."""

    code: ClassVar[str] = "policy.legal_asked"
    policy: Ref
    version: Ref
    rule: str
    question: Ref


@dataclass(frozen=True, slots=True)
class LegalAnswered(Fact):
    """A reviewer for legal answered a question on a finding."""

    code: ClassVar[str] = "policy.legal_answered"
    policy: Ref
    rule: str
    question: Ref


@dataclass(frozen=True, slots=True)
class LintProfileSet(Fact):
    """The governance owner said for which countries, which sector and what kind of body the check reads."""

    code: ClassVar[str] = "policy.lint_profile_set"
    countries: tuple[str, ...]
    sector: str
    public: bool
