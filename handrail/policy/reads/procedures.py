"""What pages ask of procedures: by department, what each carries out, what is flagged, which go in a circle."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from handrail.people.models import Person
from handrail.policy.models import Adherence, Policy, Procedure, ProcedureText, Version
from handrail.policy.pure import Piece
from handrail.policy.reads.ledger import typings_of
from handrail.policy.text.words import word_pieces

FLAGGING = ("tightened", "loosened", "clarified", "new", "removed")


@dataclass(slots=True)
class Shown:
    """A procedure with its texts and links as lists and pages show it."""

    procedure: Procedure
    in_force: ProcedureText | None = None
    draft: ProcedureText | None = None
    links: list[Adherence] = field(default_factory=list)
    circle: tuple[str, ...] = ()

    @property
    def flags(self) -> list[Adherence]:
        """Links whose clause changed since somebody looked."""
        return [each for each in self.links if each.flagged_in_id]

    @property
    def clauses(self) -> list[Adherence]:
        """Links to clauses."""
        return [each for each in self.links if each.clause_key]

    @property
    def builds_on(self) -> list[Adherence]:
        """Links to other procedures."""
        return [each for each in self.links if each.builds_on_id]

    @property
    def state(self) -> str:
        """In one word: flagged, in force, draft, empty."""
        if self.flags:
            return "flagged"
        return "in force" if self.in_force else "draft" if self.draft else "empty"


def procedures_for(person: Person | None = None, *, policy: Policy | None = None) -> list[Shown]:
    """Procedures that are followed today, by department; with a policy, those that carry its clauses out."""
    rows = Procedure.objects.filter(retired_at__isnull=True).select_related("owner")
    if policy is not None:
        rows = rows.filter(adherences__policy=policy).distinct()
    links = Adherence.objects.select_related("policy", "builds_on", "flagged_in", "checked_by")
    texts = ProcedureText.objects.filter(state__in=[ProcedureText.State.DRAFT, ProcedureText.State.IN_FORCE])
    rows = rows.prefetch_related(Prefetch("adherences", links), Prefetch("texts", texts))
    circles = circles_by_procedure()
    return [_shown(each, circles) for each in rows.order_by("department", "number")]


def _shown(procedure: Procedure, circles: Mapping[int, tuple[str, ...]]) -> Shown:
    found = Shown(procedure, links=list(procedure.adherences.all()), circle=circles.get(procedure.pk, ()))
    for text in procedure.texts.all():
        if text.state == ProcedureText.State.DRAFT:
            found.draft = text
        elif text.state == ProcedureText.State.IN_FORCE:
            found.in_force = text
    return found


def procedure_shown(number: int) -> Shown | None:
    """One procedure by its number, retired ones too."""
    links = Adherence.objects.select_related("policy", "builds_on", "flagged_in", "checked_by")
    texts = ProcedureText.objects.select_related("made_by", "approved_by").order_by("-number")
    rows = Procedure.objects.filter(number=number).select_related("owner", "made_by")
    procedure = rows.prefetch_related(Prefetch("adherences", links), Prefetch("texts", texts)).first()
    return _shown(procedure, circles_by_procedure()) if procedure else None


def circles_by_procedure() -> dict[int, tuple[str, ...]]:
    """For each procedure that builds on itself by way of others, the circle by number, beginning with it.

    Every procedure is entered once and left once, so that no circle, however long, keeps this from ending.
    """
    rows = Adherence.objects.filter(builds_on__isnull=False, procedure__retired_at__isnull=True)
    onward: dict[int, list[int]] = {}
    for one, other in rows.order_by("id").values_list("procedure_id", "builds_on_id"):
        onward.setdefault(one, []).append(other)
    codes = {each.pk: each.code for each in Procedure.objects.filter(pk__in=onward)}
    found: dict[int, tuple[str, ...]] = {}
    for start in onward:
        path = _way_back(start, onward)
        if path:
            found[start] = tuple(codes[each] for each in path)
    return found


def _way_back(start: int, onward: Mapping[int, list[int]]) -> list[int]:
    """The shortest way from a procedure back to itself; nothing where there is none."""
    came: dict[int, int] = {}
    waiting = [start]
    while waiting:
        at = waiting.pop(0)
        for following in onward.get(at, ()):
            if following == start:
                path = [at]
                while path[-1] != start:
                    path.append(came[path[-1]])
                return path[::-1]
            if following not in came and following in onward:
                came[following] = at
                waiting.append(following)
    return []


def procedures_by_clause(policy: Policy) -> dict[str, list[Procedure]]:
    """For each clause the procedures that carry it out."""
    found: dict[str, list[Procedure]] = {}
    rows = Adherence.objects.filter(policy=policy, procedure__retired_at__isnull=True).select_related("procedure")
    for row in rows.order_by("procedure__number"):
        found.setdefault(row.clause_key, []).append(row.procedure)
    return found


def would_be_flagged(version: Version) -> list[Adherence]:
    """The links that publishing this version flags: their clause changes more than a letter or its place."""
    changed = {each.key: each.stands for each in typings_of(version) if each.stands in FLAGGING}
    rows = Adherence.objects.filter(policy_id=version.policy_id, clause_key__in=list(changed))
    return list(
        rows.filter(procedure__retired_at__isnull=True).select_related("procedure").order_by("procedure__number")
    )


def text_difference(old: ProcedureText | None, new: ProcedureText) -> tuple[Piece, ...]:
    """What a procedure's text changed, word by word."""
    return word_pieces(old.markdown if old else "", new.markdown)


def departments() -> list[str]:
    """The functions people work in and the departments that have procedures."""
    functions = set(Person.objects.here().filter(~Q(function="")).values_list("function", flat=True))
    return sorted(functions | set(Procedure.objects.values_list("department", flat=True)))
