"""The verbs on amendments: propose one from anywhere, back it, take it up into the draft, decline it with a reason."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.jobs import enqueue
from handrail.kernel.refs import Ref
from handrail.kernel.typed import check_days, check_words
from handrail.people.models import Person
from handrail.policy.actions.ledger import Reason, add_clause, begin_draft, edit_clause
from handrail.policy.actions.versions import NOT_AN_AUTHOR, may_write
from handrail.policy.facts import AmendmentDeclined, AmendmentProposed, AmendmentTakenUp
from handrail.policy.models import Amendment, AmendmentSupport, Because, Clause, Policy
from handrail.policy.reads.ledger import standing_clause
from handrail.policy.reads.versions import document_of, in_force, may_read, on_the_way

_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What an amendment should do: the claim, the words of its measure, and the day to look."""

    claim: str
    measure: str
    check_on: date | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposes: other words for a clause, or a new one (`clause_key` empty), and why.

    `source` is the record it comes from, such as a misstep; one that comes from a misstep needs a hypothesis.
    """

    because: str
    clause_key: str = ""
    after_key: str = ""
    wording: str = ""
    because_kind: str = "decision"
    source: Ref | None = None
    hypothesis: Hypothesis | None = None


def may_propose(person: Person, policy: Policy) -> bool:
    """Everyone who may read the policy."""
    shown = in_force(policy) or on_the_way(policy)
    return person.is_here and shown is not None and may_read(person, shown)


@transaction.atomic
def propose_amendment(policy: Policy, proposal: Proposal, *, by: Person, once: str = "") -> Amendment:
    """Propose to change a policy. The same `once` twice is one amendment, so a double click proposes once."""
    if not may_propose(by, policy):
        raise Refused("Only those who may read a policy propose to change it.")
    _check(policy, proposal)
    if once and (standing := Amendment.objects.filter(once=once[:64]).first()):
        return standing
    guess = proposal.hypothesis
    made = Amendment.objects.create(
        policy=policy,
        clause_key=proposal.clause_key,
        after_key=proposal.after_key,
        wording=proposal.wording.strip(),
        because=proposal.because.strip(),
        because_kind=proposal.because_kind,
        because_ref=str(proposal.source) if proposal.source else "",
        claim=guess.claim.strip() if guess else "",
        measure=guess.measure.strip() if guess else "",
        check_on=guess.check_on if guess else None,
        proposed_by=by,
        once=once[:64] or None,
    )
    announce(
        AmendmentProposed(Ref("amendment", made.pk), Ref("policy", policy.pk), made.clause_key, made.because_ref),
        who=by,
    )
    return made


def _check(policy: Policy, proposal: Proposal) -> None:
    check_words(wording=proposal.wording, because=proposal.because)
    if not proposal.because.strip() or len(proposal.because) > 600:
        raise BadInput("Say in at most 600 characters why it should change.", field="because")
    if len(proposal.wording) > _LONGEST:
        raise BadInput(f"A clause may have {_LONGEST:,} characters. Propose two.", field="wording")
    if not proposal.clause_key and not proposal.wording.strip():
        raise BadInput("Write the words of the new clause.", field="wording")
    if proposal.because_kind not in Because.Kind.values:
        said = ", ".join(Because.Kind.values)
        raise BadInput(f"“{proposal.because_kind}” is no kind of reason. Choose one of: {said}.", field="because_kind")
    for key in filter(None, (proposal.clause_key, proposal.after_key)):
        if not Clause.objects.filter(policy=policy, key=key, retired_in__isnull=True).exists():
            raise BadInput(f"“{policy.title}” has no clause {key} today. Choose one that stands.", field="clause_key")
    _check_guess(proposal)


def _check_guess(proposal: Proposal) -> None:
    guess = proposal.hypothesis
    if guess is None:
        if proposal.because_kind == Because.Kind.MISSTEP or (proposal.source and proposal.source.kind == "misstep"):
            raise BadInput(
                "A change that comes from a misstep says what it should do, how that is measured, and when to look.",
                field="claim",
            )
        return
    check_words(claim=guess.claim, measure=guess.measure)
    check_days(check_on=guess.check_on)
    if not (guess.claim.strip() and guess.measure.strip() and guess.check_on):
        raise BadInput("Say all three: what it should do, how that is measured, and the day to look.", field="claim")
    if len(guess.claim) > 400 or len(guess.measure) > 200:
        raise BadInput("Keep the claim under 400 characters and the measure under 200.", field="claim")
    if guess.check_on < timezone.localdate():
        raise BadInput("The day to look is over already. Choose a later one.", field="check_on")


def may_back(person: Person, amendment: Amendment) -> bool:
    """Everyone who may read the policy, but not on their own proposal."""
    return amendment.proposed_by_id != person.pk and may_propose(person, amendment.policy)


@transaction.atomic
def back_amendment(amendment: Amendment, *, by: Person, on: bool = True) -> int:
    """Say that one is for an amendment, or no longer; returns how many are. One person counts once."""
    if not may_propose(by, amendment.policy):
        raise Refused("Only those who may read a policy back a change of it.")
    if amendment.proposed_by_id == by.pk:
        raise Refused("You proposed it yourself; others say whether they are for it.")
    if on:
        AmendmentSupport.objects.get_or_create(amendment=amendment, person=by)
    else:
        AmendmentSupport.objects.filter(amendment=amendment, person=by).delete()
    return amendment.supports.count()


def _held(amendment: Amendment) -> Amendment:
    # The version is not joined: PostgreSQL, having waited for the lock, would show the new row beside the old join.
    amendment = Amendment.objects.select_for_update().select_related("policy").get(pk=amendment.pk)
    lost = amendment.state == Amendment.State.TAKEN_UP and amendment.version_id is None
    if amendment.state != Amendment.State.PROPOSED and not lost:
        raise NotNow(f"{amendment} was answered already: {amendment.get_state_display().lower()}.")
    return amendment


@transaction.atomic
def take_up(amendment: Amendment, *, by: Person, wording: str = "") -> Amendment:
    """Put an amendment into the draft (one is begun where there is none); its why goes with the clause for good.

    `wording` replaces the proposed words. Where the draft is in vetting its reviewers see the new words at once.
    """
    if not may_write(by, amendment.policy):
        raise Refused(NOT_AN_AUTHOR)
    amendment = _held(amendment)
    words = wording.strip() or amendment.wording
    if not words:
        raise BadInput(f"{amendment} proposes no words. Write them, then take it up.", field="wording")
    version = on_the_way(amendment.policy) or begin_draft(amendment.policy, by=by)
    reason = Reason("amendment", amendment.because, str(Ref("amendment", amendment.pk)))
    if amendment.clause_key:
        sha = standing_clause(version, amendment.clause_key).sha
        done = edit_clause(version, amendment.clause_key, words, by=by, base_sha=sha, because=reason)
        if done.edit is None:
            raise NotNow("The draft says these words already. Decline the amendment, and say so.")
        key = amendment.clause_key
    else:
        clauses = document_of(version).clauses
        here = {clause.id for clause in clauses}
        after = amendment.after_key if amendment.after_key in here else clauses[-1].id
        key = add_clause(version, words, by=by, after=after, because=reason).keys[0]
    amendment.state, amendment.version, amendment.made_key = Amendment.State.TAKEN_UP, version, key
    amendment.answered_by, amendment.answered_at = by, timezone.now()
    amendment.save(update_fields=["state", "version", "made_key", "answered_by", "answered_at"])
    announce(
        AmendmentTakenUp(
            Ref("amendment", amendment.pk), Ref("policy", amendment.policy_id), Ref("version", version.pk), key
        ),
        who=by,
    )
    _tell(amendment, f"Your change is in the draft of version {version.number}. It is read in vetting next.")
    return amendment


@transaction.atomic
def decline_amendment(amendment: Amendment, reason: str, *, by: Person) -> Amendment:
    """Decline an amendment with a reason; whoever proposed it is told."""
    if not may_write(by, amendment.policy):
        raise Refused(NOT_AN_AUTHOR)
    check_words(reason=reason)
    if not reason.strip() or len(reason) > 600:
        raise BadInput("Say in at most 600 characters why not; whoever proposed it reads it.", field="reason")
    amendment = _held(amendment)
    amendment.state, amendment.reason = Amendment.State.DECLINED, reason.strip()
    amendment.answered_by, amendment.answered_at = by, timezone.now()
    amendment.save(update_fields=["state", "reason", "answered_by", "answered_at"])
    announce(AmendmentDeclined(Ref("amendment", amendment.pk), Ref("policy", amendment.policy_id)), who=by)
    _tell(amendment, f"It was declined. {amendment.reason}")
    return amendment


def _tell(amendment: Amendment, words: str) -> None:
    person = amendment.proposed_by
    if person is None or not person.is_here or not person.email:
        return
    enqueue(
        "handrail.people.letters.send_letter",
        person.email,
        f"Your proposal on “{amendment.policy.title}”",
        f"Hello {person.name},\n\nyou proposed: {amendment.wording or amendment.because}\n\n{words}\n",
        key=f"amendment-{amendment.pk}-{amendment.state}-{amendment.version_id or 0}",
    )
