"""The verb that brings domains, purposes, initiatives and readings in from a file, through their own verbs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import transaction

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, Refusal, Refused
from handrail.people.models import Person
from handrail.strategy.actions.domains import may_map_domains
from handrail.strategy.actions.file_lines import (
    Deed,
    Differences,
    InFile,
    domain_deeds,
    initiative_deeds,
    purpose_deeds,
)
from handrail.strategy.actions.file_readings import reading_deeds
from handrail.strategy.actions.purposes import may_propose
from handrail.strategy.facts import RowsImported
from handrail.strategy.sheets import SHEETS, BadRow, read_sheet

MAKERS: dict[str, Callable[[InFile], Iterator[Deed]]] = {
    "domains": domain_deeds,
    "purposes": purpose_deeds,
    "initiatives": initiative_deeds,
    "readings": reading_deeds,
}


@dataclass(frozen=True, slots=True)
class Went:
    """A line that went in: what it is about, and what it changed."""

    line: int
    title: str
    differences: Differences = ()


@dataclass(slots=True)
class RowsReport:
    """What a file would change, or changed."""

    kind: str
    noun: str
    new: list[Went] = field(default_factory=list)
    changed: list[Went] = field(default_factory=list)
    unchanged: int = 0
    held_back: list[BadRow] = field(default_factory=list)
    written: bool = False
    left_out: tuple[str, ...] = ()


def may_bring_in(person: Person, kind: str) -> bool:
    """Whether the person may bring a file of this kind in; each line is asked about by its own verb as well."""
    if kind == "domains":
        return may_map_domains(person)
    runs = kind == "readings" and person.is_here and (person.purposes.exists() or person.initiatives.exists())
    return may_propose(person) or runs


@transaction.atomic
def import_rows(kind: str, raw: bytes, name: str, *, by: Person, dry_run: bool = False) -> RowsReport:
    """Bring a file in: good lines go in, bad ones are held back with their mend, the same file twice is quiet.

    A dry run does the very same and takes it all back, so that what it says is what would happen.
    """
    if kind not in SHEETS:
        raise BadInput(f"There is no table “{kind}”. Choose {', '.join(SHEETS)}.", field="kind")
    if not may_bring_in(by, kind):
        raise Refused("Files like this are brought in by authors and the governance owner. Hand it to one of them.")
    sheet = SHEETS[kind]
    lines = read_sheet(raw, name, sheet)
    report = RowsReport(kind, sheet.noun, held_back=lines.bad, written=not dry_run, left_out=tuple(lines.left_out))
    for deed in MAKERS[kind](InFile(lines.good, name, by, lines.bad)):
        _do(deed, report)
    report.held_back.sort(key=lambda bad: bad.line)
    counts = {"new": len(report.new), "changed": len(report.changed), "unchanged": report.unchanged}
    if report.new or report.changed:
        announce(RowsImported(name=name[:200], kind=kind, held_back=len(report.held_back), **counts), who=by)
    if dry_run:
        transaction.set_rollback(True)
    return report


def _do(deed: Deed, report: RowsReport) -> None:
    try:
        with transaction.atomic():
            what, differences = deed.run()
    except Refusal as refusal:
        report.held_back.append(BadRow(deed.line, refusal.sentence, getattr(refusal, "field", "")))
        return
    if what == "unchanged":
        report.unchanged += 1
    else:
        kept = report.new if what == "new" else report.changed
        kept.append(Went(deed.line, deed.title, differences))
