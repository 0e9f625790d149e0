"""How facts about what we want are told in one sentence on Home."""

from collections.abc import Callable

from handrail.kernel.words import listed
from handrail.web.tellings.told import FIELDS, Record, Telling, Told


def _goal_set(record: Record) -> Told:
    return Told("A goal was written down: ", str(record.get("statement", "")), ".")


def _goal_changed(record: Record) -> Told:
    what = listed([FIELDS.get(str(each), str(each)) for each in record.get("what", ())])
    why = f": {record['why'].rstrip('.')}" if record.get("why") else ""
    return Told("A goal’s ", what or "wording", f" changed{why}.")


def _goals_imported(record: Record) -> Told:
    return Told("A file of goals went in: ", f"{record['new']} new", f", {record['changed']} changed.")


def _named(before: str, after: str, field: str = "name") -> Callable[[Record], Told]:
    return lambda record: Told(before, str(record.get(field, "")).rstrip("."), after)


TELLINGS: dict[str, Telling] = {
    "strategy.goal_set": Telling(_goal_set, "goal", " were written down.", "strategy:goals"),
    "strategy.goal_changed": Telling(_goal_changed, "goal", " changed.", "strategy:goals"),
    "strategy.goals_imported": Telling(_goals_imported, "file", " of goals went in.", "strategy:goals"),
    "strategy.domain_set": Telling(
        _named("A domain was written down: ", "."), "domain", " were written down.", "strategy:overview"
    ),
    "strategy.purpose_proposed": Telling(
        _named("A purpose was proposed: ", "."), "purpose", " were proposed.", "strategy:overview"
    ),
    "strategy.purpose_changed": Telling(
        _named("A purpose changed: ", ".", "why"), "purpose", " changed.", "strategy:overview"
    ),
    "strategy.purpose_approved": Telling(
        _named("A purpose was approved: ", "."), "purpose", " were approved.", "strategy:overview"
    ),
    "strategy.purpose_reopened": Telling(
        _named("A purpose needs another look. ", ".", "because"), "purpose", " need another look.", "strategy:overview"
    ),
    "strategy.purpose_review_due": Telling(
        _named("A purpose is reviewed on ", ".", "on"), "purpose", " are reviewed soon.", "strategy:overview"
    ),
    "strategy.purpose_kept": Telling(
        _named("A purpose was kept after another look: ", ".", "why"), "purpose", " were kept.", "strategy:overview"
    ),
    "strategy.purpose_dropped": Telling(
        _named("A purpose was dropped: ", ".", "why"), "purpose", " were dropped.", "strategy:overview"
    ),
    "strategy.purpose_assessed": Telling(
        _named("A purpose was rated for one trait: ", ".", "trait"), "rating", " were given.", "strategy:overview"
    ),
    "strategy.target_set": Telling(
        _named("A purpose has a measure: ", ".", "measure"), "measure", " were named.", "strategy:overview"
    ),
    "strategy.reading_noted": Telling(
        _named("A measure was read: ", ".", "value"), "reading", " were noted.", "strategy:overview"
    ),
    "strategy.cell_left_empty": Telling(
        _named("A cell of the grid stays empty on purpose: ", ".", "reason"),
        "cell",
        " stay empty on purpose.",
        "strategy:overview",
    ),
    "strategy.cell_opened": Telling(
        lambda record: Told("A cell of the grid is open again."), "cell", " are open again.", "strategy:overview"
    ),
    "strategy.initiative_proposed": Telling(
        _named("An initiative was proposed: ", "."), "initiative", " were proposed.", "strategy:overview"
    ),
    "strategy.initiative_changed": Telling(
        lambda record: Told("An initiative says something else now."), "initiative", " changed.", "strategy:overview"
    ),
    "strategy.initiative_approved": Telling(
        _named("An initiative was approved: ", "."), "initiative", " were approved.", "strategy:overview"
    ),
    "strategy.initiative_went_live": Telling(
        _named("An initiative went live: ", "."), "initiative", " went live.", "strategy:overview"
    ),
    "strategy.initiative_closed": Telling(
        _named("An initiative was closed: ", "."), "initiative", " were closed.", "strategy:overview"
    ),
    "strategy.plan_issued": Telling(
        _named("The strategy plan was issued, version ", ".", "number"), "plan", " were issued.", "strategy:plan"
    ),
    "strategy.rows_imported": Telling(
        _named("A file went in: ", ".", "name"), "file", " went in.", "strategy:overview"
    ),
}
ONLY_IN_THE_RECORD: dict[str, Callable[[Record], Told]] = {}
