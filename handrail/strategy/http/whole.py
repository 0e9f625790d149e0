"""The rest of strategy over the API: domains, the grid, what hangs loose, the plan, and files in."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from handrail.people.guard import person_of
from handrail.strategy import actions
from handrail.strategy.http.asked import cells_asked, mail, person_marked, row_asked
from handrail.strategy.http.goals import HeldBack
from handrail.strategy.models import Domain, Plan
from handrail.strategy.reads import changed_since, grid, orphans, record_today

router = Router(tags=["strategy"])


class ActivityIn(Schema):
    """Something a function does today."""

    what: str
    channel: str = ""
    audience: str = ""
    how_often: str = ""


class DomainIn(Schema):
    """A function that social work touches; its lead by e-mail."""

    name: str
    lead: str = ""
    expected_impact: str = ""
    readiness: str = Domain.Readiness.NOT_ASKED
    activities: list[ActivityIn] = []

    def text(self) -> actions.DomainText:
        """As the verb takes it."""
        does = tuple(actions.ActivityText(**each.dict()) for each in self.activities)
        lead = person_marked(self.lead, "lead")
        return actions.DomainText(self.name, lead, self.expected_impact, self.readiness, does)


class DomainOut(Schema):
    """A function as the API shows it."""

    key: str
    name: str
    lead: str | None
    expected_impact: str
    readiness: str
    activities: list[ActivityIn]


class CellOut(Schema):
    """A cell of the grid: the purposes and initiatives in it by key, or why it is empty."""

    cell: str
    purposes: list[str]
    initiatives: list[str]
    empty_on_purpose: str


class LeaveEmptyIn(Schema):
    """Cells that stay empty, and why."""

    cells: list[str]
    reason: str


class OpenCellIn(Schema):
    """A cell that no longer stays empty on purpose."""

    cell: str


class OrphanOut(Schema):
    """Something that hangs loose."""

    kind: str
    title: str
    lacks: str
    href: str


class ChangeOut(Schema):
    """One difference between two plans."""

    label: str
    said: str


class PlanOut(Schema):
    """An issued version: its fingerprint and its words."""

    number: int
    issued_at: datetime
    sha256: str
    text: str


class RowsReportOut(Schema):
    """What a file changed or would change."""

    new: int
    changed: int
    unchanged: int
    held_back: list[HeldBack]
    left_out: list[str]
    written: bool


@router.get("/domains", response=list[DomainOut], summary="Functions that social work touches")
def domains(request: HttpRequest) -> list[dict[str, Any]]:
    """Each with its lead and what it does today."""
    return [_domain(row) for row in Domain.objects.select_related("lead").prefetch_related("activities")]


@router.post("/domains", response={201: DomainOut}, summary="Write a domain down")
def write_domain(request: HttpRequest, domain: DomainIn) -> Status[dict[str, Any]]:
    """A new domain, if the person may."""
    return Status(201, _domain(actions.set_domain(domain.text(), by=person_of(request))))


@router.put("/domains/{key}", response=DomainOut, summary="Change a domain")
def change_domain(request: HttpRequest, key: str, domain: DomainIn) -> dict[str, Any]:
    """Its lead may too."""
    row = row_asked(Domain, key)
    return _domain(actions.set_domain(domain.text(), by=person_of(request), row=row))


@router.get("/grid", response=list[CellOut], summary="The five by four")
def five_by_four(request: HttpRequest) -> list[dict[str, Any]]:
    """What stands where, and what is empty on purpose."""
    return [
        {
            "cell": f"{cell.level.value}.{cell.constituency.value}",
            "purposes": [standing.purpose.key for standing in cell.standing],
            "initiatives": [each.key for standing in cell.standing for each in standing.initiatives],
            "empty_on_purpose": cell.left_empty.reason if cell.left_empty else "",
        }
        for row in grid().rows
        for cell in row.cells
    ]


@router.post("/grid/leave-empty", response=list[CellOut], summary="Leave cells empty on purpose")
def leave_empty(request: HttpRequest, said: LeaveEmptyIn) -> list[dict[str, Any]]:
    """With the reason people read there."""
    actions.leave_empty(cells_asked(said.cells), said.reason, by=person_of(request))
    return five_by_four(request)


@router.post("/grid/open", response=list[CellOut], summary="Take back that a cell stays empty")
def open_cell(request: HttpRequest, said: OpenCellIn) -> list[dict[str, Any]]:
    """It counts as unsaid again."""
    for cell in cells_asked([said.cell]):
        actions.open_cell(cell, by=person_of(request))
    return five_by_four(request)


@router.get("/strategy/orphans", response=list[OrphanOut], summary="What hangs loose")
def hanging_loose(request: HttpRequest) -> list[dict[str, str]]:
    """Goals nobody serves, purposes without goal, measure or initiative, domains without lead."""
    return [{"kind": o.kind, "title": o.title, "lacks": o.lacks, "href": o.href} for o in orphans()]


@router.get("/plans", response=list[PlanOut], summary="Issued versions of the strategy plan")
def plans(request: HttpRequest) -> list[Plan]:
    """Each with its words, as they were frozen."""
    return list(Plan.objects.all())


@router.post("/plans", response={201: PlanOut}, summary="Issue the strategy plan")
def issue(request: HttpRequest) -> Status[Plan]:
    """The next version, if anything changed."""
    return Status(201, actions.issue_plan(by=person_of(request)))


@router.get("/plans/{number}/changes", response=list[ChangeOut], summary="What changed since a version")
def changes(request: HttpRequest, number: int) -> list[dict[str, str]]:
    """From that version to the record as it stands."""
    plan = get_object_or_404(Plan, number=number)
    return [{"label": each.label, "said": each.said} for each in changed_since(plan.record, record_today())]


@router.post("/strategy/import/{kind}", response=RowsReportOut, summary="Bring a table of strategy in from CSV")
def bring_in(request: HttpRequest, kind: str, file: File[UploadedFile], dry_run: bool = False) -> dict[str, Any]:
    """Domains, purposes, initiatives or readings: good lines go in, bad ones come back with line and mend."""
    report = actions.import_rows(kind, file.read(), file.name or "file", by=person_of(request), dry_run=dry_run)
    return {
        "new": len(report.new),
        "changed": len(report.changed),
        "unchanged": report.unchanged,
        "held_back": [{"line": bad.line, "reason": bad.reason, "cell": bad.cell} for bad in report.held_back],
        "left_out": list(report.left_out),
        "written": report.written,
    }


def _domain(row: Domain) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("key", "name", "expected_impact", "readiness")}
    names = ("what", "channel", "audience", "how_often")
    does = [{name: getattr(each, name) for name in names} for each in actions.activities_of(row)]
    return plain | {"lead": mail(row.lead), "activities": does}
