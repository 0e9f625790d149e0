"""Questions 2 and 3, computed: who answers for the policy, and who was heard before it held?

Question 2. Open: neither a policy nor a matrix. Needs another look: the owner of a policy left, its day of review is
past, the matrix in force breaks a rule that keeps one from being agreed, or a leaver's last day is past and nobody took
their work over. Answered: score 2 or more. Score 1 when every policy has an owner who works here, a contact and a day
of review, or a matrix was proposed or agreed; 2 when both hold: such policies, and a matrix in force in which each
thing has one owner; 3 when, too, no finding must be mended, no leaver's gap is open and every procedure in force
follows a clause.
Question 3. Open: no round ever ran. In progress: a round is open, or a cleared text is not published yet, and nothing
vetted holds. Answered: every version in force was cleared by a round. Needs another look: a round is over its last day
and not cleared, or a version that no round read holds beside vetted ones. Score 1 with a round, 2 when every version
in force was vetted, 3 when in each the five interests signed and at least one remark changed the words.
"""

from django.urls import reverse
from django.utils import timezone

from handrail.kernel.evidence import Answer, Figure, NextAct, Said
from handrail.kernel.words import count
from handrail.people.models import Role
from handrail.people.reads import holders
from handrail.policy.models import Policy
from handrail.policy.reads.owned import (
    look_at_ownership,
    missing,
    ownership_figure,
    ownership_gist,
    ownership_next,
    ownership_said,
    ownership_why,
    ownership_worked_from,
)
from handrail.policy.reads.vetted import VettingLook, look_at_vetting, vetting_said

__all__ = ["missing", "ownership", "vetting"]


def ownership() -> Answer:
    """What the record says on question 2 today."""
    look = look_at_ownership()
    if look.state == "open":
        words = "Worked from no policy and no matrix."
        return _no_policy(2, reverse("policy:policies"), words, "nobody answers for a policy yet")
    return Answer(
        question=2,
        state=look.state,
        score=look.score,
        sentence=ownership_said(look),
        figure=ownership_figure(look),
        next_act=ownership_next(look, _owner_name()),
        worked_from=ownership_worked_from(look),
        gist=ownership_gist(look),
        why=ownership_why(look),
        facts={
            "policies": len(look.policies),
            "owned": len(look.owned),
            "left": len(look.left),
            "late": len(look.late),
            "whole": len(look.policies) - len(look.lacking),
            "agreed": int(look.held is not None),
            "findings": len(look.to_mend),
            "gaps": len(look.gaps),
        },
    )


def vetting() -> Answer:
    """What the record says on question 3 today."""
    if not Policy.objects.exists():
        worked_from = "Worked from no policy and no round of review."
        return _no_policy(3, reverse("policy:policies"), worked_from, "vetting has not begun")
    look = look_at_vetting()
    return Answer(
        question=3,
        state=look.state,
        score=look.score,
        sentence=vetting_said(look),
        figure=_vetted_figure(look),
        next_act=_vetting_next(look),
        worked_from=look.worked_from,
        gist=_vetting_gist(look),
        why=look.why,
        facts=look.facts,
    )


def _vetted_figure(look: VettingLook) -> Figure:
    if look.pressing is not None:
        signed, asked = look.pressing.signed, look.pressing.asked
        return Figure(signed, asked, f"{signed} of {asked} interests signed")
    vetted, standing = len(look.vetted), len(look.standing)
    return Figure(vetted, standing, f"{vetted} of {standing} vetted" if standing else "No version in force")


def _vetting_gist(look: VettingLook) -> str:
    if look.pressing is not None:
        lacking = look.pressing.asked - look.pressing.signed
        if lacking:
            return f"{count(lacking)} {'interest has' if lacking == 1 else 'interests have'} not signed"
        waiting = look.pressing.waiting
        return (
            f"{count(waiting)} {'remark waits' if waiting == 1 else 'remarks wait'}" if waiting else "a round may clear"
        )
    if look.standing and not look.unvetted:
        return "everyone with a stake was heard"
    return "a version was never vetted" if look.unvetted else "vetting has not begun"


def _vetting_next(look: VettingLook) -> NextAct | None:
    if look.pressing is not None:
        round = look.pressing.round
        due = timezone.localtime(round.closes_at).date()
        if look.pressing.first_hindrance:
            return NextAct(
                f"Go on with the round: {look.pressing.first_hindrance}", look.pressing.href, round.opened_by.name, due
            )
        return NextAct(f"Clear “{round.title}”", look.pressing.href, round.opened_by.name, due)
    page = reverse("policy:policies")
    if look.cleared is not None:
        version = look.cleared
        href = f"{page}{version.policy.key}/{version.number}/publish"
        return NextAct(f"Publish version {version.number} of “{version.policy.title}”", href, _owner_name())
    if look.draft is not None:
        version = look.draft
        href = f"{page}{version.policy.key}/{version.number}/vet"
        words = f"Send version {version.number} of “{version.policy.title}” out for vetting"
        return NextAct(words, href, version.created_by.name if version.created_by else _owner_name())
    if look.unvetted:
        version = look.unvetted[0]
        words = f"Begin a draft of “{version.policy.title}” and have it vetted"
        return NextAct(words, f"{page}{version.policy.key}", _owner_name())
    return None


def _no_policy(question: int, page: str, worked_from: str, gist: str) -> Answer:
    return Answer(
        question=question,
        state="open",
        score=0,
        sentence=(Said("We can’t say yet. No policy is here: bring in the text you have, however old it is."),),
        figure=Figure(0, 0, "No policy yet"),
        next_act=NextAct("Bring a policy in", f"{page}import", _owner_name()),
        worked_from=worked_from,
        gist=gist,
    )


def _owner_name() -> str:
    owner = holders(Role.GOVERNANCE_OWNER).first()
    return owner.name if owner else "nobody holds the role of governance owner"
