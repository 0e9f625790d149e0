"""Questions 2 and 3, computed: who answers for the policy, and who was heard before it held?

Question 2. Open: no policy. In progress: a policy lacks an owner who works here, a contact or a day of review, or
(always, in this version) nobody has said who is consulted and informed. Needs another look: the owner of a policy in
force left, or its day of review is past. Score 1 when every policy has an owner, a contact and a day of review.
Question 3. Open: no round ever ran. In progress: a round is open, or a cleared text is not published yet, and nothing
vetted holds. Answered: every version in force was cleared by a round. Needs another look: a round is over its last day
and not cleared, or a version that no round read holds beside vetted ones. Score 1 with a round, 2 when every version
in force was vetted, 3 when in each the five interests signed and at least one remark changed the words.
"""

from django.urls import reverse
from django.utils import timezone

from handrail.kernel.evidence import Answer, Figure, NextAct, Said
from handrail.kernel.words import count, counted, listed
from handrail.people.models import Role
from handrail.people.reads import holders
from handrail.policy.models import Policy
from handrail.policy.reads.vetted import VettingLook, look_at_vetting, vetting_said

_NO_MATRIX = "Who is consulted and informed is not written down yet: Handrail keeps no matrix in this version."


def ownership() -> Answer:
    """What the record says on question 2 today."""
    rows = list(Policy.objects.select_related("owner"))
    page = reverse("policy:policies")
    worked_from = _ownership_worked_from(len(rows))
    if not rows:
        return _no_policy(2, page, worked_from, "nobody answers for a policy yet")
    left = [row for row in rows if row.owner is not None and not row.owner.is_here]
    owned = [row for row in rows if row.owner is not None and row.owner.is_here]
    late = [row for row in rows if row.review_by is not None and row.review_by < timezone.localdate()]
    lacking = [(row, missing(row)) for row in rows if missing(row)]
    whole = len(rows) - len(lacking)
    return Answer(
        question=2,
        state="again" if left or late else "in_progress",
        score=1 if whole == len(rows) else 0,
        sentence=_ownership_sentence(rows, owned, lacking, page),
        figure=Figure(whole, len(rows), f"{whole} of {len(rows)} with owner, contact and review"),
        next_act=_ownership_next(left, late, lacking, page),
        worked_from=worked_from,
        gist=_ownership_gist(rows, owned, left),
        why=_ownership_why(left, late),
        facts={"policies": len(rows), "owned": len(owned), "left": len(left), "late": len(late), "whole": whole},
    )


def _ownership_worked_from(number: int) -> str:
    if number == 1:
        return "Worked from 1 policy, its owner, contact and day of review."
    return f"Worked from {counted(number, 'policy', 'policies')}, their owners, contacts and days of review."


def missing(policy: Policy) -> list[str]:
    """What a policy lacks before anyone can say who answers for it."""
    lacks = []
    if policy.owner is None or not policy.owner.is_here:
        lacks.append("an owner who works here")
    if not policy.contact:
        lacks.append("a contact")
    if policy.review_by is None:
        lacks.append("a day of review")
    return lacks


def _ownership_sentence(
    rows: list[Policy], owned: list[Policy], lacking: list[tuple[Policy, list[str]]], page: str
) -> tuple[Said, ...]:
    start: tuple[Said, ...] = (
        Said(f"{len(owned)} of {len(rows)}", page),
        Said(f" policies {'has' if len(owned) == 1 else 'have'} an owner who works here"),
    )
    if len(rows) == 1:
        start = (Said(rows[0].title, f"{page}{rows[0].key}"), Said(" has an owner who works here"))
    if lacking:
        policy, lacks = lacking[0]
        if len(rows) == 1:
            return (Said(policy.title, f"{page}{policy.key}"), Said(f" lacks {listed(lacks)}."))
        return (*start, Said("; "), Said(policy.title, f"{page}{policy.key}"), Said(f" still lacks {listed(lacks)}."))
    return (*start, Said(f". {_NO_MATRIX}"))


def _ownership_gist(rows: list[Policy], owned: list[Policy], left: list[Policy]) -> str:
    if left:
        return "the owner of a policy has left"
    if len(owned) < len(rows):
        bare = len(rows) - len(owned)
        if len(rows) == 1:
            return "the policy has no owner"
        return f"{count(bare)} {'policy has' if bare == 1 else 'policies have'} no owner"
    return "nobody says who is consulted"


def _ownership_why(left: list[Policy], late: list[Policy]) -> str:
    if left:
        return f"{left[0].owner} no longer works here and still owns “{left[0].title}”"
    return f"“{late[0].title}” was to be reviewed by {late[0].review_by:%-d %B %Y}" if late else ""


def _ownership_next(
    left: list[Policy], late: list[Policy], lacking: list[tuple[Policy, list[str]]], page: str
) -> NextAct | None:
    today = timezone.localdate()
    if left:
        return NextAct(f"Name a new owner for “{left[0].title}”", f"{page}{left[0].key}/owner", _owner_name(), today)
    if lacking:
        policy, lacks = lacking[0]
        return NextAct(f"Give “{policy.title}” {lacks[0]}", f"{page}{policy.key}/owner", _owner_name())
    if late:
        who = late[0].owner.name if late[0].owner else _owner_name()
        return NextAct(f"Review “{late[0].title}”", f"{page}{late[0].key}", who, today)
    upcoming = Policy.objects.filter(review_by__isnull=False).order_by("review_by").select_related("owner").first()
    if upcoming is None:
        return None
    who = upcoming.owner.name if upcoming.owner else _owner_name()
    return NextAct(f"Review “{upcoming.title}”", f"{page}{upcoming.key}", who, upcoming.review_by)


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
