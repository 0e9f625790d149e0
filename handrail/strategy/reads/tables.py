"""What do the tables of strategy hold as CSV? The same columns go back in and change nothing."""

from collections.abc import Callable, Iterable, Iterator

from handrail.people.models import Person
from handrail.strategy.models import Activity, Domain, Initiative, Purpose, Reading, Target
from handrail.strategy.sheets import SHEETS, number_out, out

Cells = Iterable[object]


def table(kind: str) -> list[list[str]]:
    """A table of strategy with its heading row: domains, purposes, initiatives or readings."""
    makers: dict[str, Callable[[], Iterator[Cells]]] = {
        "domains": _domains,
        "purposes": _purposes,
        "initiatives": _initiatives,
        "readings": _readings,
    }
    return [list(SHEETS[kind].head), *([out(value) for value in row] for row in makers[kind]())]


def mark_of(person: Person | None) -> str:
    """How a file names a person."""
    return (person.email or person.staff_number) if person else ""


def readings_by_day(target: Target) -> list[Reading]:
    """The reading that counts for each day, the oldest day first; a later row for a day replaces an earlier one."""
    last: dict[object, Reading] = {}
    for each in target.readings.all():
        last.setdefault(each.on, each)
    return sorted(last.values(), key=lambda each: each.on)


def _joined(parts: Iterable[object]) -> str:
    return "; ".join(str(part) for part in parts)


def _domains() -> Iterator[Cells]:
    for row in Domain.objects.select_related("lead").prefetch_related("activities"):
        for act in list(row.activities.all()) or [Activity()]:
            yield (
                *(row.key, row.name, mark_of(row.lead), row.readiness, row.expected_impact),
                *(act.what, act.channel, act.audience, act.how_often),
            )


def _purposes() -> Iterator[Cells]:
    for row in Purpose.objects.select_related("owner").prefetch_related("cells", "goals", "domains"):
        yield (
            *(row.key, row.name, row.statement, row.why, mark_of(row.owner), _joined(row.cells.all())),
            _joined(goal.key for goal in row.goals.all()),
            _joined(domain.key for domain in row.domains.all()),
            *(row.review_on or "", row.state),
        )


def _initiatives() -> Iterator[Cells]:
    for row in Initiative.objects.select_related("lead", "purpose").prefetch_related("cells"):
        yield (
            *(row.key, row.name, row.purpose.key, mark_of(row.lead), _joined(row.cells.all()), row.channels),
            *(row.on_mission, row.on_strategy, row.on_values, row.on_outcomes),
            *(row.state, row.override_reason, row.came_of),
        )


def _readings() -> Iterator[Cells]:
    rows = Target.objects.select_related("purpose").prefetch_related("readings").order_by("purpose__key", "pk")
    for row in rows:
        about = (
            *(row.purpose.key, row.measure, row.unit, number_out(row.baseline), row.baseline_on or ""),
            *(number_out(row.value), row.due_on or "", row.every_days),
        )
        days = readings_by_day(row)
        for each in days:
            yield (*about, each.on, number_out(each.value), each.note)
        if not days:
            yield (*about, "", "", "")
