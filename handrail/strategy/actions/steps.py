"""How the history of purposes and initiatives is kept: a row for each step, with the words as they stood."""

from handrail.people.models import Person
from handrail.strategy.models import Initiative, InitiativeStep, Purpose, PurposeStep


def note_step(purpose: Purpose, kind: str, said: str, *, by: Person | None, why: str = "") -> PurposeStep:
    """Keep a step of a purpose."""
    return PurposeStep.objects.create(
        purpose=purpose,
        by=by,
        kind=kind,
        said=said[:600],
        why=why[:600],
        name=purpose.name,
        statement=purpose.statement,
        cells=[[cell.level, cell.constituency] for cell in purpose.cells.all()],
    )


def note_initiative_step(initiative: Initiative, said: str, *, by: Person | None) -> InitiativeStep:
    """Keep a step of an initiative."""
    return InitiativeStep.objects.create(initiative=initiative, by=by, state=initiative.state, said=said[:600])
