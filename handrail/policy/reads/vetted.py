"""How far the vetting of all policies has come, worked out from their rounds: what question 3 is answered from."""

from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils import timezone

from handrail.kernel.evidence import Said
from handrail.kernel.words import count, counted, sentence_case
from handrail.people.models import Interest
from handrail.policy.models import Version
from handrail.policy.reads.vetting import round_of, subject_of
from handrail.vetting.models import Disposition, Round
from handrail.vetting.reads import hindrances, open_remarks, round_href, standings


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round that is open on a version: how many interests signed the present text, what waits, what is in the way."""

    version: Version
    round: Round
    signed: int
    asked: int
    waiting: int
    first_hindrance: str
    href: str


@dataclass(frozen=True, slots=True)
class VettingLook:
    """Everything question 3 is answered from."""

    standing: tuple[Version, ...]
    open_rounds: tuple[OpenRound, ...]
    cleared: Version | None
    draft: Version | None
    proven: int
    rounds: int

    @property
    def vetted(self) -> tuple[Version, ...]:
        """Versions in force that a round cleared."""
        return tuple(each for each in self.standing if each.vetted)

    @property
    def unvetted(self) -> tuple[Version, ...]:
        """Versions in force that no round read."""
        return tuple(each for each in self.standing if not each.vetted)

    @property
    def pressing(self) -> OpenRound | None:
        """The open round that ends first."""
        return min(self.open_rounds, key=lambda each: each.round.closes_at, default=None)

    @property
    def late(self) -> tuple[OpenRound, ...]:
        """Open rounds whose last day has passed."""
        return tuple(each for each in self.open_rounds if each.round.is_over)

    @property
    def state(self) -> Literal["open", "in_progress", "answered", "again"]:
        """Open, in progress, answered, or needs another look."""
        if not self.rounds:
            return "open"
        if self.late or (self.vetted and self.unvetted):
            return "again"
        if self.vetted and not self.unvetted:
            return "answered"
        return "in_progress"

    @property
    def score(self) -> int:
        """0 not started, 1 a round ran, 2 every version in force was vetted, 3 and what people said changed words."""
        if not self.rounds:
            return 0
        if not self.standing or self.unvetted:
            return 1
        return 3 if self.proven == len(self.standing) else 2

    @property
    def why(self) -> str:
        """Why it needs another look; nothing where it doesn’t."""
        if self.late:
            late = self.late[0]
            day = timezone.localtime(late.round.closes_at)
            return f"the round on “{late.round.title}” was to close on {day:%-d %B %Y} and has not cleared"
        if self.state == "again":
            version = self.unvetted[0]
            return f"version {version.number} of “{version.policy.title}” holds and no round read it"
        return ""

    @property
    def worked_from(self) -> str:
        """What was counted."""
        return f"Worked from {counted(len(self.standing), 'version')} in force and {counted(self.rounds, 'round')}."

    @property
    def facts(self) -> dict[str, int]:
        """The figures by name."""
        return {
            "in_force": len(self.standing),
            "unvetted": len(self.unvetted),
            "rounds": self.rounds,
            "open_rounds": len(self.open_rounds),
            "remarks_waiting": sum(each.waiting for each in self.open_rounds),
        }


def look_at_vetting() -> VettingLook:
    """Read the versions in force, what is on the way, and their rounds."""
    known = Version.objects.defer("markdown").select_related("policy", "created_by")
    rows = list(known.order_by("policy__title", "number"))
    in_vetting = [each for each in rows if each.state == Version.State.IN_VETTING]
    found = [made for each in in_vetting if (made := _open_round(each)) is not None]
    standing = tuple(each for each in rows if each.state == Version.State.PUBLISHED)
    return VettingLook(
        standing=standing,
        open_rounds=tuple(found),
        cleared=next((each for each in rows if each.state == Version.State.CLEARED), None),
        draft=next((each for each in rows if each.state == Version.State.DRAFT), None),
        proven=sum(_is_proven(each) for each in standing),
        rounds=Round.objects.filter(subject_kind="version").count(),
    )


def _open_round(version: Version) -> OpenRound | None:
    round = round_of(version)
    if round is None or not round.is_open:
        return None
    asked = standings(round)
    in_the_way = hindrances(round)
    return OpenRound(
        version,
        round,
        sum(each.is_met for each in asked),
        len(asked),
        open_remarks(subject_of(version)),
        in_the_way[0].words if in_the_way else "",
        round_href(round),
    )


def _is_proven(version: Version) -> bool:
    """Whether all five interests signed its words and at least one remark changed them."""
    round = round_of(version)
    if round is None or round.state != Round.State.CLEARED or round.required.count() < len(Interest.values):
        return False
    changed = ("adopted", "adapted")
    return Disposition.objects.filter(remark__round=round, reopened_at__isnull=True, verdict__in=changed).exists()


def vetting_said(look: VettingLook) -> tuple[Said, ...]:
    """One sentence: the round that presses, else what holds and whether it was vetted."""
    page = reverse("policy:policies")
    if look.pressing is not None:
        return _round_said(look.pressing)
    if look.unvetted:
        version = look.unvetted[0]
        more = len(look.unvetted) - 1
        return (
            Said(f"Version {version.number}", f"{page}{version.policy.key}/{version.number}"),
            Said(f" of “{version.policy.title}” was never vetted"),
            *((Said(", nor were "), Said(f"{more} more", page)) if more else ()),
            Said(". It held before Handrail had rounds of review."),
        )
    if look.standing:
        number = len(look.standing)
        who = "The policy" if number == 1 else f"All {count(number)} policies"
        version = look.standing[0]
        return (
            Said(f"{who} in force {'was' if number == 1 else 'were'} "),
            Said("cleared by a round", f"{page}{version.policy.key}/{version.number}"),
            Said(": everyone with a stake was heard on exactly these words."),
        )
    if look.cleared is not None:
        href = f"{page}{look.cleared.policy.key}/{look.cleared.number}"
        return (Said(f"Version {look.cleared.number}", href), Said(" is cleared and waits to be published."))
    return (Said("No version is in force, and no round of review is open."),)


def _round_said(each: OpenRound) -> tuple[Said, ...]:
    signed = sentence_case(count(each.signed)) if each.signed else "None"
    have = "has" if each.signed == 1 else "have"
    waiting = counted(each.waiting, "remark")
    return (
        Said(f"{signed} of {count(each.asked)} interests {have} signed "),
        Said(f"version {each.version.number}", each.href),
        Said(f"; {waiting} {'waits' if each.waiting == 1 else 'wait'}." if each.waiting else "; no remark waits."),
    )
