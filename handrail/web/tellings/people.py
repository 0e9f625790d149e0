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
}
