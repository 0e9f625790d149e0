"""How lines of a file become measures and readings: the measure once, each reading with the day it holds for."""

from collections.abc import Iterator

from handrail.kernel.errors import BadInput
from handrail.strategy.actions.file_lines import Deed, InFile, Outcome, differences, standing
from handrail.strategy.actions.judging import TargetText, note_reading, set_target
from handrail.strategy.models import Purpose, Target
from handrail.strategy.reads.tables import readings_by_day
from handrail.strategy.sheets import Line, the_day, the_number

ABOUT = ("unit", "baseline", "baseline on", "target", "due", "every")


def reading_deeds(file: InFile) -> Iterator[Deed]:
    """For each measure: the measure itself, then its readings line by line."""
    for group in file.together("purpose", "measure", same=ABOUT):
        first = group[0]
        if any(column in first.cells for column in ABOUT) or _target(first) is None:
            yield Deed(first.number, first["measure"], lambda first=first: _measure(file, first))  # type: ignore[misc]
        for line in group:
            if line["day"] or line["value"]:
                said = f"{line['measure']}, {line['day']}"
                yield Deed(line.number, said, lambda line=line: _reading(file, line))  # type: ignore[misc]


def _purpose(line: Line) -> Purpose:
    row = standing(Purpose, line["purpose"], "") or standing(Purpose, "", line["purpose"])
    if row is None:
        raise BadInput(f"There is no purpose “{line['purpose']}”. Bring purposes in first.", field="purpose")
    return row


def _target(line: Line) -> Target | None:
    rows = Target.objects.filter(measure=line["measure"]).select_related("purpose")
    mark = line["purpose"].casefold()
    return next((row for row in rows if mark in (row.purpose.key, row.purpose.name.casefold())), None)


def _measure(file: InFile, line: Line) -> Outcome:
    purpose, row = _purpose(line), _target(line)
    old = _text(row) if row else TargetText("")
    every = line.says("every", str(old.every_days)) or str(old.every_days)
    if not every.isdecimal() or len(every) > 4:
        raise BadInput(f"“{every}” is no number of days. Write 90, say.", field="every")
    text = TargetText(
        measure=line.says("measure", old.measure),
        unit=line.says("unit", old.unit),
        baseline=the_number(line, "baseline", old.baseline),
        baseline_on=the_day(line, "baseline on", old.baseline_on),
        value=the_number(line, "target", old.value),
        due_on=the_day(line, "due", old.due_on),
        every_days=int(every),
    )
    if text == old:
        return "unchanged", ()
    set_target(purpose, text, by=file.by, row=row)
    names = ("unit", "baseline", "baseline_on", "value", "due_on", "every_days")
    return ("changed", differences(old, text, names)) if row else ("new", ())


def _text(row: Target) -> TargetText:
    return TargetText(row.measure, row.unit, row.baseline, row.baseline_on, row.value, row.due_on, row.every_days)


def _reading(file: InFile, line: Line) -> Outcome:
    target = _target(line)
    if target is None:
        raise BadInput(f"The measure “{line['measure']}” didn’t go in, so neither does this reading.", field="measure")
    value, day = the_number(line, "value", None), the_day(line, "day", None)
    if value is None or day is None:
        raise BadInput("A reading has a day and a value. Fill both cells.", field="day" if day is None else "value")
    stands = next((each for each in readings_by_day(target) if each.on == day), None)
    note = line.says("note", stands.note if stands else "")
    if stands and (stands.value, stands.note) == (value, note):
        return "unchanged", ()
    note_reading(target, value, day, by=file.by, note=note)
    return ("changed", (("value", str(stands.value), str(value)),)) if stands else ("new", ())
