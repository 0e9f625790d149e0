"""Question 2 worked out: do the policies have owners, was the matrix agreed, does it hold, what do leavers leave?"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from handrail.kernel.evidence import Figure, NextAct, Said, State
from handrail.kernel.words import count, counted, listed
from handrail.people.models import Gap, Matrix
from handrail.people.reads import matrix_in_force, matrix_proposed, open_gaps, row_titles, table_of, verdict_on
from handrail.policy.models import Policy, Procedure


@dataclass
class OwnershipLook:
    """Everything that question 2 rests on, read once."""

    policies: list[Policy]
    held: Matrix | None
    proposed: Matrix | None
    stopping: list[str]
    to_mend: list[str]
    rules: int
    holding: int
    gaps: list[Gap]
    loose: int

    @cached_property
    def owned(self) -> list[Policy]:
        """Policies whose owner works here."""
        return [row for row in self.policies if row.owner is not None and row.owner.is_here]

    @cached_property
    def left(self) -> list[Policy]:
        """Policies whose owner has left."""
        return [row for row in self.policies if row.owner is not None and not row.owner.is_here]

    @cached_property
    def late(self) -> list[Policy]:
        """Policies whose day of review is past."""
        today = timezone.localdate()
        return [row for row in self.policies if row.review_by is not None and row.review_by < today]

    @cached_property
    def lacking(self) -> list[tuple[Policy, list[str]]]:
        """Policies that lack something, with what."""
        return [(row, missing(row)) for row in self.policies if missing(row)]

    @property
    def empty_chairs(self) -> list[Gap]:
        """Gaps of people whose last day is past."""
        today = timezone.localdate()
        return [gap for gap in self.gaps if gap.last_day is not None and gap.last_day < today]

    @property
    def score(self) -> int:
        """0 to 3, as `docs/answers.md` says."""
        whole = bool(self.policies) and not self.lacking
        if self.held is None or not whole or self.stopping:
            return 1 if whole or self.held is not None or self.proposed is not None else 0
        shown = not (self.to_mend or self.gaps or self.loose or self.left or self.late)
        return 3 if shown else 2

    @property
    def state(self) -> State:
        """The state of the question; `open` is for a house with neither policy nor matrix."""
        if not self.policies and self.held is None and self.proposed is None:
            return "open"
        if self.left or self.late or self.empty_chairs or (self.held is not None and self.stopping):
            return "again"
        return "answered" if self.score >= 2 else "in_progress"


def look_at_ownership() -> OwnershipLook:
    """Read what question 2 rests on today."""
    held = matrix_in_force()
    verdict = verdict_on(table_of(held)) if held is not None else None
    found = verdict.found if verdict else ()
    # A procedure in force that follows no clause hangs in the air.
    loose = Procedure.objects.filter(retired_at__isnull=True, texts__state="in_force", adherences__isnull=True)
    return OwnershipLook(
        policies=list(Policy.objects.select_related("owner")),
        held=held,
        proposed=matrix_proposed(),
        stopping=[finding.title for rule, finding in found if rule.stops],
        to_mend=[finding.title for rule, finding in found if rule.severity == "fix"],
        rules=verdict.checked if verdict else 0,
        holding=verdict.holding if verdict else 0,
        gaps=open_gaps() if held is not None else [],
        loose=loose.distinct().count(),
    )


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


def ownership_said(look: OwnershipLook) -> tuple[Said, ...]:
    """The sentence: who owns the policies, whether who does what was agreed, and what is open."""
    page = reverse("policy:policies")
    start = _owners_said(look, page)
    if look.lacking:
        policy, lacks = look.lacking[0]
        if len(look.policies) == 1:
            start = (Said(policy.title, f"{page}{policy.key}"), Said(f" lacks {listed(lacks)}."))
        else:
            start = (*start, Said("; "), Said(policy.title, f"{page}{policy.key}"))
            start = (*start, Said(f" still lacks {listed(lacks)}."))
    elif start:
        start = (*start, Said("."))
    return (*start, *_matrix_said(look, bool(start)))


def _owners_said(look: OwnershipLook, page: str) -> tuple[Said, ...]:
    rows = look.policies
    if not rows:
        return ()
    if len(rows) == 1:
        return (Said(rows[0].title, f"{page}{rows[0].key}"), Said(" has an owner who works here"))
    words = f" policies {'has' if len(look.owned) == 1 else 'have'} an owner who works here"
    return (Said(f"{len(look.owned)} of {len(rows)}", page), Said(words))


def _matrix_said(look: OwnershipLook, follows: bool) -> tuple[Said, ...]:
    page, gap = reverse("policy:ownership"), " " if follows else ""
    if look.held is None:
        words = "Nobody has agreed yet who is consulted and informed"
        if look.proposed is not None:
            return (Said(f"{gap}{words}; "), Said("a proposal", page), Said(" is being worked on."))
        return (Said(f"{gap}{words}."),)
    people = look.held.agreements.count()
    parts: list[Said] = [Said(gap), Said(counted(people, "person", "people"), page)]
    parts.append(Said(f" agreed on {_day(look.held.agreed_on)} who does what"))
    open_ends = []
    if look.to_mend:
        open_ends.append(Said(counted(len(look.to_mend), "finding"), page))
    if look.gaps:
        open_ends.append(Said(counted(len(look.gaps), "leaver’s gap", "leavers’ gaps"), page))
    if not open_ends:
        return (*parts, Said(", and every rule that must hold does."))
    many = len(look.to_mend) + len(look.gaps)
    joined = [open_ends[0], *(each for one in open_ends[1:] for each in (Said(" and "), one))]
    return (*parts, Said("; "), *joined, Said(f" {'waits' if many == 1 else 'wait'}."))


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "a day"


def ownership_gist(look: OwnershipLook) -> str:
    """The question in a few words."""
    if look.left:
        return "the owner of a policy has left"
    if len(look.owned) < len(look.policies):
        bare = len(look.policies) - len(look.owned)
        if len(look.policies) == 1:
            return "the policy has no owner"
        return f"{count(bare)} {'policy has' if bare == 1 else 'policies have'} no owner"
    if look.held is None:
        return "nobody says who is consulted" if look.proposed is None else "a proposal waits to be agreed"
    if look.to_mend:
        return f"{counted(len(look.to_mend), 'finding')} to mend"
    if look.gaps:
        return f"{counted(len(look.gaps), 'gap')} a leaver leaves"
    return "everything has one owner"


def ownership_why(look: OwnershipLook) -> str:
    """Why it needs another look."""
    if look.left:
        return f"{look.left[0].owner} no longer works here and still owns “{look.left[0].title}”"
    if look.late:
        return f"“{look.late[0].title}” was to be reviewed by {_day(look.late[0].review_by)}"
    if look.empty_chairs:
        gap = look.empty_chairs[0]
        return f"{gap.person.name} left on {_day(gap.last_day)} and nobody took their work over"
    if look.held is not None and look.stopping:
        return f"the matrix in force breaks a rule: {look.stopping[0]}"
    return ""


def ownership_next(look: OwnershipLook, governs: str) -> NextAct | None:
    """What to do next, by whom; `governs` is the name of the governance owner."""
    page, matrix = reverse("policy:policies"), reverse("policy:ownership")
    today = timezone.localdate()
    if look.left:
        row = look.left[0]
        return NextAct(f"Name a new owner for “{row.title}”", f"{page}{row.key}/owner", governs, today)
    if look.lacking:
        policy, lacks = look.lacking[0]
        return NextAct(f"Give “{policy.title}” {lacks[0]}", f"{page}{policy.key}/owner", governs)
    if look.late:
        who = look.late[0].owner.name if look.late[0].owner else governs
        return NextAct(f"Review “{look.late[0].title}”", f"{page}{look.late[0].key}", who, today)
    if look.held is None:
        words = "Agree who does what" if look.proposed is None else "Put the proposal for who does what in force"
        return NextAct(words, matrix, governs)
    if look.gaps:
        gap = min(look.gaps, key=lambda each: each.last_day or today)
        what = row_titles().get(gap.row, "what they leave")
        who = gap.offered_to.name if gap.offered_to else governs
        words = f"Take on “{what}”, or say no" if gap.offered_to else f"Find who takes “{what}” from {gap.person.name}"
        return NextAct(words, f"{matrix}#leavers", who, gap.last_day)
    if look.to_mend:
        return NextAct(f"Mend the matrix: {look.to_mend[0]}", f"{matrix}#findings", governs)
    return _next_review(look, page, governs)


def _next_review(look: OwnershipLook, page: str, governs: str) -> NextAct | None:
    dated = [row for row in look.policies if row.review_by is not None]
    if not dated:
        return None
    upcoming = min(dated, key=lambda row: row.review_by or date.max)
    who = upcoming.owner.name if upcoming.owner else governs
    return NextAct(f"Review “{upcoming.title}”", f"{page}{upcoming.key}", who, upcoming.review_by)


def ownership_figure(look: OwnershipLook) -> Figure:
    """Policies that are whole; once they all are and a matrix is in force, the rules that hold."""
    whole = len(look.policies) - len(look.lacking)
    if look.held is not None and not look.lacking:
        return Figure(look.holding, look.rules, f"{look.holding} of {look.rules} rules of the matrix hold")
    return Figure(whole, len(look.policies), f"{whole} of {len(look.policies)} with owner, contact and review")


def ownership_worked_from(look: OwnershipLook) -> str:
    """What the answer was worked out from."""
    number = len(look.policies)
    many = "its owner, contact and day of review" if number == 1 else "their owners, contacts and days of review"
    start = f"Worked from {counted(number, 'policy', 'policies')}, {many}"
    if look.held is None:
        return f"{start}; no matrix is in force."
    return f"{start}; the matrix in force, {counted(look.rules, 'rule')} and {counted(len(look.gaps), 'open gap')}."
