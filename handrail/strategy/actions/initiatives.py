"""The verbs of an initiative: propose, change, approve, go live through the gates or past them with a reason, close."""

from dataclasses import dataclass, fields

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import BadInput, NotNow, Refused
from handrail.kernel.refs import Ref
from handrail.kernel.words import listed
from handrail.people.models import Person, Role
from handrail.people.reads import has_role, may_act
from handrail.strategy.actions.keys import Cell, checked, checked_cells, free_key
from handrail.strategy.actions.purposes import may_propose
from handrail.strategy.actions.steps import note_initiative_step, who_approved
from handrail.strategy.facts import (
    InitiativeApproved,
    InitiativeChanged,
    InitiativeClosed,
    InitiativeProposed,
    InitiativeWentLive,
)
from handrail.strategy.models import Initiative, InitiativeCell, Purpose
from handrail.strategy.reads.record import gates


@dataclass(frozen=True, slots=True)
class InitiativeText:
    """What an initiative is, with its lead's words on mission, strategy, values and desired outcomes."""

    name: str
    lead: Person | None = None
    cells: tuple[Cell, ...] = ()
    channels: str = ""
    on_mission: str = ""
    on_strategy: str = ""
    on_values: str = ""
    on_outcomes: str = ""


def may_run_initiative(person: Person, initiative: Initiative) -> bool:
    """Whether the person may change it, take it live or close it."""
    own = person.is_here and person.pk in (initiative.lead_id, initiative.purpose.owner_id)
    return own or has_role(person, Role.GOVERNANCE_OWNER)


def may_approve_initiative(person: Person, initiative: Initiative) -> bool:
    """Whether the matrix lets the person approve it; nobody approves what they lead."""
    if initiative.lead_id == person.pk:
        return False
    return may_act(person, "approve", Ref("initiative", initiative.pk), authors=_authors(initiative))


def _authors(initiative: Initiative) -> list[int]:
    return [each for each in (initiative.lead_id, initiative.proposed_by_id) if each]


def may_override_gates(person: Person, initiative: Initiative) -> bool:
    """Whether the person may take it live past a gate: the governance owner, unless they lead it."""
    return has_role(person, Role.GOVERNANCE_OWNER) and initiative.lead_id != person.pk


@transaction.atomic
def propose_initiative(purpose: Purpose, text: InitiativeText, *, by: Person, key: str = "") -> Initiative:
    """Put an initiative forward under a purpose that wasn't dropped."""
    if not (may_propose(by) or purpose.owner_id == by.pk):
        raise Refused("Initiatives are proposed by authors, the governance owner, or the purpose’s owner.")
    if purpose.state == Purpose.State.DROPPED:
        raise NotNow("This purpose was dropped. Choose one that stands.")
    values, cells = _checked(text, purpose)
    row = Initiative.objects.create(
        key=free_key(Initiative, key or text.name), purpose=purpose, proposed_by=by, **values
    )
    _place(row, cells)
    note_initiative_step(row, f"Proposed by {by.name}", by=by)
    announce(InitiativeProposed(Ref("initiative", row.pk), row.name), who=by)
    return row


@transaction.atomic
def change_initiative(row: Initiative, text: InitiativeText, *, by: Person) -> Initiative:
    """Change what an initiative says; changing nothing writes nothing."""
    if not may_run_initiative(by, row):
        raise Refused("Only its lead, the purpose’s owner or the governance owner changes it.")
    row = Initiative.objects.select_for_update().get(pk=row.pk)
    if row.state == Initiative.State.CLOSED:
        raise NotNow("It is closed. What came of it stays as it was written.")
    values, cells = _checked(text, row.purpose)
    what = [name for name, value in values.items() if getattr(row, name) != value]
    if {(cell.level, cell.constituency) for cell in row.cells.all()} != set(cells):
        what.append("cells")
    if not what:
        return row
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    _place(row, cells)
    note_initiative_step(row, f"Changed: {listed([name.replace('on_', 'words on ') for name in what])}", by=by)
    announce(InitiativeChanged(Ref("initiative", row.pk), tuple(what)), who=by)
    return row


@transaction.atomic
def approve_initiative(row: Initiative, *, by: Person) -> Initiative:
    """Let an initiative be made ready. Its lead has said how mission, strategy, values and outcomes inform it."""
    if row.lead_id == by.pk:
        raise Refused("You lead this initiative, so somebody else approves it.")
    if not may_approve_initiative(by, row):
        raise Refused("The ownership matrix doesn’t let you approve this initiative. It names who does.")
    row = Initiative.objects.select_for_update().get(pk=row.pk)
    if row.state != Initiative.State.PROPOSED:
        raise NotNow(f"It is {row.get_state_display().lower()} already.")
    if row.lead_id is None:
        raise NotNow("It needs a lead before it is approved. Name one.")
    if missing := [name for name in ("mission", "strategy", "values", "outcomes") if not getattr(row, f"on_{name}")]:
        raise NotNow(f"Its lead hasn’t said yet how it is informed by {listed(missing)}. Ask for that first.")
    row.state, row.approved_by, row.approved_at = Initiative.State.APPROVED, by, timezone.now()
    row.save()
    who = who_approved(by, Ref("initiative", row.pk), _authors(row))
    note_initiative_step(row, f"Approved by {who.rstrip(',')}", by=by)
    announce(InitiativeApproved(Ref("initiative", row.pk), row.name), who=by)
    return row


@transaction.atomic
def go_live(row: Initiative, *, by: Person, reason: str = "") -> Initiative:
    """Take an initiative live. Where a gate doesn't hold, `reason` takes it past, and both stay visible for good."""
    if not may_run_initiative(by, row):
        raise Refused("Only its lead, the purpose’s owner or the governance owner takes it live.")
    row = Initiative.objects.select_for_update().select_related("purpose").get(pk=row.pk)
    Purpose.objects.select_for_update().get(pk=row.purpose_id)
    if row.state != Initiative.State.APPROVED:
        raise NotNow(f"It is {row.get_state_display().lower()}; only an approved initiative goes live.")
    missing = [gate for gate in gates(row) if not gate.holds]
    reason = checked(400, reason=reason)
    if missing and not reason:
        said = listed([gate.name[:1].lower() + gate.name[1:] for gate in missing])
        raise NotNow(f"It can’t go live without {said}. Mend that, or go live anyway with a reason that stays visible.")
    if missing and not may_override_gates(by, row):
        raise Refused("Only the governance owner, and never its own lead, takes an initiative past a gate.")
    row.state, row.live_at, row.gates_held = Initiative.State.LIVE, timezone.now(), not missing
    if missing:
        row.override_reason, row.override_by = reason, by
        row.override_missing = [f"{gate.name}: {gate.word.said}" for gate in missing]
    row.save()
    past = f", past {listed([gate.name.lower() for gate in missing])}: {reason}" if missing else ""
    note_initiative_step(row, f"Went live{past}", by=by)
    kept = tuple(row.override_missing)
    announce(InitiativeWentLive(Ref("initiative", row.pk), row.name, row.override_reason, kept), who=by)
    return row


@transaction.atomic
def close_initiative(row: Initiative, came_of: str, *, by: Person) -> Initiative:
    """End an initiative and say what came of it, whichever way it went."""
    if not may_run_initiative(by, row):
        raise Refused("Only its lead, the purpose’s owner or the governance owner closes it.")
    came_of = checked(600, "Say what came of it, even if little did.", came_of=came_of)
    row = Initiative.objects.select_for_update().get(pk=row.pk)
    if row.state == Initiative.State.CLOSED:
        raise NotNow("It is closed already.")
    row.state, row.closed_at, row.came_of = Initiative.State.CLOSED, timezone.now(), came_of
    row.save()
    note_initiative_step(row, f"Closed: {came_of}", by=by)
    announce(InitiativeClosed(Ref("initiative", row.pk), row.name, came_of), who=by)
    return row


def initiative_text_of(row: Initiative) -> InitiativeText:
    """An initiative as it stands, to be changed in part."""
    said = {each.name: getattr(row, each.name) for each in fields(InitiativeText) if each.name != "cells"}
    return InitiativeText(**said, cells=tuple((cell.level, cell.constituency) for cell in row.cells.all()))


def _checked(text: InitiativeText, purpose: Purpose) -> tuple[dict[str, object], tuple[Cell, ...]]:
    cells = checked_cells(text.cells)
    allowed = {(cell.level, cell.constituency) for cell in purpose.cells.all()}
    if not set(cells) <= allowed:
        raise BadInput(
            "An initiative stands in cells of its purpose. Choose among those, or move the purpose.", field="cells"
        )
    if text.lead is not None and not text.lead.is_here:
        raise BadInput(f"{text.lead.name} isn’t here any more. Name another lead.", field="lead")
    values: dict[str, object] = {
        "name": checked(120, "Give the initiative a name.", name=text.name),
        "lead": text.lead,
        "channels": checked(300, channels=text.channels),
    }
    for name in ("on_mission", "on_strategy", "on_values", "on_outcomes"):
        values[name] = checked(600, **{name: getattr(text, name)})
    return values, cells


def _place(row: Initiative, cells: tuple[Cell, ...]) -> None:
    row.cells.all().delete()
    InitiativeCell.objects.bulk_create(
        InitiativeCell(initiative=row, level=level, constituency=constituency) for level, constituency in cells
    )
