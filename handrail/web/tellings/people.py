"""How facts about who is here and who may do what are told in one sentence on Home."""

from collections.abc import Callable

from handrail.kernel.words import counted
from handrail.people.models import Interest, Role
from handrail.web.reads import may_see_answers
from handrail.web.tellings.told import Record, Telling, Told


def _people_imported(record: Record) -> Told:
    held = f", {counted(record['held_back'], 'row')} held back" if record.get("held_back") else ""
    counts = f"{record['added']:,} joined", f", {record['changed']:,} changed, {record['left']:,} left{held}."
    return Told("A staff file went in: ", *counts)


def _put_back(record: Record) -> Told:
    return Told("The latest staff file was ", "put back", ".")


def _role(record: Record) -> Told:
    role = dict(Role.choices).get(record.get("role", ""), "a role").lower()
    interest = dict(Interest.choices).get(record.get("interest", ""), "")
    return Told("Someone became ", f"{role}{f' for {interest.lower()}' if interest else ''}", ".")


def _role_ended(record: Record) -> Told:
    role = dict(Role.choices).get(record.get("role", ""), "a role").lower()
    return Told("Someone is no longer ", role, "; they left." if record.get("why") == "left" else ".")


def _audience(record: Record) -> Told:
    return Told("The audience ", str(record.get("name", "")), " was said anew.")


TELLINGS: dict[str, Telling] = {
    "people.imported": Telling(_people_imported, "staff file", " went in.", "people:people", may=may_see_answers),
    "people.import_put_back": Telling(_put_back, "staff file", " were put back.", may=may_see_answers),
    "people.role_granted": Telling(_role, "role", " were taken on.", may=may_see_answers),
    "people.audience_changed": Telling(_audience, "audience", " were said anew.", may=may_see_answers),
}
ONLY_IN_THE_RECORD: dict[str, Callable[[Record], Told]] = {
    "people.first_owner_created": lambda record: Told("The house was opened by its ", "first governance owner", "."),
    "people.role_ended": _role_ended,
    "people.matrix_proposed": lambda record: Told("A change of who does what was ", "proposed", "."),
    "people.letters_set": lambda record: Told("A cell of who does what was ", "changed", "."),
    "people.matrix_imported": lambda record: Told("A file of who does what ", "went in", "."),
    "people.matrix_agreed": lambda record: Told("Who does what was ", "agreed", " and is in force."),
    "people.proposal_dropped": lambda record: Told("A proposal for who does what was ", "dropped", "."),
    "people.finding_waived": lambda record: Told("A finding on who does what was ", "said to be fine", "."),
    "people.waiver_ended": lambda record: Told("A finding on who does what is ", "shown again", "."),
    "people.delegation_made": lambda record: Told("Somebody named ", "who stands in", " for them."),
    "people.delegation_ended": lambda record: Told("Somebody no longer ", "stands in", " for another."),
    "people.gap_opened": lambda record: Told("A leaver’s work needs ", "a name", "."),
    "people.gap_offered": lambda record: Told("A leaver’s work was ", "offered", " to somebody."),
    "people.gap_declined": lambda record: Told("A leaver’s work was ", "declined", " and waits for a name."),
    "people.gap_closed": lambda record: Told("A leaver’s work was ", "settled", "."),
    "people.token_made": lambda record: Told("Somebody made ", "a token", " for scripts."),
    "people.token_revoked": lambda record: Told("A token for scripts was ", "revoked", "."),
}
