"""What the page of ownership shows beside the matrix: the headline, gaps, delegates, shares, procedures."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from handrail.kernel.refs import Ref
from handrail.kernel.words import count, counted, listed
from handrail.people.models import Gap, Matrix, Person
from handrail.people.reads import (
    ACTIVITIES,
    MatrixPage,
    MatrixSubject,
    cross_section,
    gaps_to_show,
    how_it_was_agreed,
    live_delegations,
    live_waivers,
    matrix_in_force,
    matrix_page,
    row_titles,
)
from handrail.policy.models import Adherence, Policy, Procedure, StepMove, Version
from handrail.policy.reads.clause_notes import policy_numbers
from handrail.policy.reads.ownership_bars import charts, said_of
from handrail.policy.reads.procedures import Shown, procedures_for

_DOING = {
    "draft": "drafting",
    "vet": "vetting",
    "approve": "approving",
    "publish": "publishing",
    "inform": "informing",
    "monitor": "monitoring",
    "revise": "revising",
}
_PARTS = {"A": "decides", "R": "does it", "C": "is asked first", "I": "is told after"}
MOST_PROCEDURES = 8


def documents() -> list[MatrixSubject]:
    """Every policy, for a row of its own in the matrix, with how far its latest version has come."""
    states: dict[int, str] = {}
    for key, number, state in Version.objects.order_by("number").values_list("policy_id", "number", "state"):
        states[key] = f"v{number} {'in force' if state == 'published' else Version.State(state).label.lower()}"
    rows = Policy.objects.only("pk", "key", "title")
    return [
        MatrixSubject(
            Ref("policy", row.pk), row.title, reverse("policy:policy", args=[row.key]), states.get(row.pk, "")
        )
        for row in rows
    ]


def procedures() -> list[MatrixSubject]:
    """Every procedure that is followed, for whoever wants to name more than its department and owner."""
    rows = Procedure.objects.filter(retired_at__isnull=True)
    return [
        MatrixSubject(
            Ref("procedure", row.pk), str(row), reverse("policy:procedure", args=[row.number]), "", row.department
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class GapLine:
    """One assignment that somebody leaves: what it is, and how far it has come."""

    gap: Gap
    words: str
    state: str


@dataclass(frozen=True, slots=True)
class Leaver:
    """Everything one person leaves in the matrix."""

    person: Person
    last_day: date | None
    lines: tuple[GapLine, ...]

    @property
    def days_left(self) -> str:
        """How long they are still here, in words."""
        left = (self.last_day - timezone.localdate()).days if self.last_day else -1
        return f"{counted(left, 'day')} left" if left >= 0 else "has left"

    @property
    def open(self) -> list[GapLine]:
        """What nobody has taken yet."""
        return [each for each in self.lines if each.state != "answered"]

    @property
    def waiting(self) -> list[GapLine]:
        """What nobody was offered yet."""
        return [each for each in self.lines if each.state == "open"]


def leavers() -> list[Leaver]:
    """Those who leave, with what each hands over."""
    titles = row_titles()
    by_person: dict[int, list[Gap]] = {}
    for gap in gaps_to_show():
        by_person.setdefault(gap.person_id, []).append(gap)
    return [
        Leaver(gaps[0].person, gaps[0].last_day, tuple(_line(gap, titles) for gap in gaps))
        for gaps in by_person.values()
    ]


def _line(gap: Gap, titles: dict[str, str]) -> GapLine:
    what = listed([_PARTS[letter] for letter in gap.letters])
    start = f"{titles.get(gap.row, 'something gone')}: {what}"
    if gap.taken_by:
        return GapLine(gap, f"{start}, taken by {gap.taken_by.name}", "answered")
    if gap.offered_to:
        return GapLine(gap, f"{start}, offered to {gap.offered_to.name}", "in_progress")
    return GapLine(gap, start, "open")


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    """A procedure in the table of the page, with the clauses it follows as they are cited."""

    shown: Shown
    follows: tuple[tuple[str, str], ...]
    flag: str
    looked_at: date | None


def procedure_lines() -> list[ProcedureLine]:
    """Procedures by department, flagged ones first among the few that are shown."""
    rows = sorted(procedures_for(), key=lambda row: not row.flags)[:MOST_PROCEDURES]
    numbers: dict[int, dict[str, str]] = {}
    for row in rows:
        for link in row.clauses:
            if link.policy is not None and link.policy.pk not in numbers:
                numbers[link.policy.pk] = dict(policy_numbers(link.policy))
    rows.sort(key=lambda row: (row.procedure.department, row.procedure.number))
    return [_procedure(row, numbers) for row in rows]


def _procedure(row: Shown, numbers: dict[int, dict[str, str]]) -> ProcedureLine:
    page = reverse("policy:policies")

    def cited(link: Adherence) -> str:
        return numbers.get(link.policy_id or 0, {}).get(link.clause_key) or link.clause_key

    follows = tuple(
        (cited(link), f"{page}{link.policy.key}#{link.clause_key}") for link in row.clauses if link.policy is not None
    )
    flag = f"{cited(row.flags[0])} changed" if row.flags else ""
    looked = max((link.checked_at.date() for link in row.links if link.checked_at), default=None)
    return ProcedureLine(row, follows, flag, looked)


def page_values(shown: Matrix | None, person: Person) -> dict[str, Any]:
    """Everything the page says about a matrix, worked out now."""
    page = matrix_page(shown)
    held = matrix_in_force()
    now = page if held is not None and shown == held else matrix_page(held)
    section = cross_section()
    lines = procedure_lines()
    return {
        "page": page,
        "headline": headline(shown, page, held, now),
        "functions": len({column.function for column in page.columns if column.key.startswith("person:")}),
        "leavers": leavers(),
        "delegations": live_delegations(),
        "alone": [each.finding.title for each in page.findings if each.rule.id == "RACI-09"],
        "history": how_it_was_agreed(),
        "waivers": live_waivers(),
        "section": section,
        "section_said": said_of(section),
        "charts": charts(section),
        "procedures": lines,
        "procedures_in_all": Procedure.objects.filter(retired_at__isnull=True).count(),
        "policy_said": _policy_said(),
        "moved": StepMove.objects.filter(undone_at__isnull=True).select_related("procedure").first(),
        "today": timezone.localdate(),
        "me": person,
        "activities": ACTIVITIES,
    }


def _policy_said() -> str:
    words = list(Version.objects.filter(state=Version.State.PUBLISHED).values_list("words", flat=True))
    if not words:
        return "No policy is in force yet. Once one is, only vetting changes it."
    many = "One policy" if len(words) == 1 else f"{count(len(words)).capitalize()} policies"
    return f"{many}, {sum(words):,} words, changed only by vetting."


def headline(shown: Matrix | None, page: MatrixPage, held: Matrix | None, now: MatrixPage) -> str:
    """The sentence at the top: how it is today, and what a proposal would make of it."""
    if shown is None:
        return "Nobody has agreed yet who does what."
    proposed = shown.state == Matrix.State.PROPOSED
    if held is None:
        return f"Nothing is agreed yet. The proposal would {_would(page, page, shown)}."
    start = _stands(now)
    if proposed:
        return f"{start.rstrip('.')} today. The proposal would {_would(page, now, shown, held)}."
    silent = _silent(now)
    if not silent:
        return start
    verb = "has" if len(silent) == 1 else "have"
    return f"{start.rstrip('.')} today, and {listed(silent[:3])} {verb} no voice."


def _stands(now: MatrixPage) -> str:
    number = len(now.verdict.stopping)
    if not number:
        return "Everything has one owner."
    return f"{count(number).capitalize()} {'thing has' if number == 1 else 'things have'} no single owner."


def _silent(page: MatrixPage) -> list[str]:
    return [column.function for column in page.columns if column.silent]


def _would(page: MatrixPage, now: MatrixPage, shown: Matrix, held: Matrix | None = None) -> str:
    """What the proposal does, as verbs: give publishing two owners, leave Housekeeping without a voice."""
    parts = []
    for rule, finding in page.verdict.stopping:
        kind, _, key = finding.rows[0].partition(":") if finding.rows else ("", "", "")
        what = _DOING.get(key, "") if kind == "activity" else ""
        what = what or next((row.title for row in page.rows if finding.rows and row.key == finding.rows[0]), "a row")
        if rule.id == "RACI-01":
            parts.append(f"give {what} {count(len(finding.holders))} owners")
        elif rule.id == "RACI-02":
            parts.append(f"leave {what} without one")
    silent = _silent(page)
    if silent:
        still = "still " if held is not None and set(silent) <= set(_silent(now)) else ""
        parts.append(f"{still}leave {listed(silent[:3])} without a voice")
    if parts:
        return listed(parts[:3])
    number = len(_cells(shown) ^ (_cells(held) if held else set()))
    cells = len({(row, holder) for row, holder, _ in _cells(shown) ^ (_cells(held) if held else set())})
    if held is None:
        return "give everything one owner"
    return f"change {counted(cells, 'cell')}, with one owner for everything" if number else "change nothing so far"


def _cells(matrix: Matrix) -> set[tuple[str, str, str]]:
    return set(matrix.assignments.values_list("row", "holder", "letters"))
