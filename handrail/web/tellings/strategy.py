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


TELLINGS: dict[str, Telling] = {
    "strategy.goal_set": Telling(_goal_set, "goal", " were written down.", "strategy:goals"),
    "strategy.goal_changed": Telling(_goal_changed, "goal", " changed.", "strategy:goals"),
    "strategy.goals_imported": Telling(_goals_imported, "file", " of goals went in.", "strategy:goals"),
}
ONLY_IN_THE_RECORD: dict[str, Callable[[Record], Told]] = {}
