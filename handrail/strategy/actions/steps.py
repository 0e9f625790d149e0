"""How the history of purposes and initiatives is kept: a row for each step, with the words as they stood."""

from collections.abc import Collection

from handrail.kernel.refs import Ref
from handrail.kernel.words import listed
from handrail.people.models import Person
from handrail.people.reads import acting_for
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


def who_approved(by: Person, subject: Ref, authors: Collection[int]) -> str:
    """Who says yes, with both names where they stand in for somebody the matrix names."""
    others = acting_for(by, "approve", subject, authors=authors)
    return f"{by.name}, standing in for {listed([each.name for each in others])}," if others else by.name
