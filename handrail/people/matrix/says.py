"""What a row of the matrix means in practice, as one or two plain sentences worked out from its letters."""

from handrail.kernel.words import count, listed
from handrail.people.matrix.table import Row, Table

_VERBS = {"draft": "draft", "approve": "approve", "publish": "publish", "channel": "post"}


def what_happens(table: Table, row: Row) -> str:
    """The sentence beside a row: who decides, who does it, who is asked first, who stands in today."""
    accountable = table.with_letter(row.key, "A")
    activity = row.key.partition(":")[2] if row.is_activity else ""
    if not accountable:
        return "Nobody decides yet." if table.in_row.get(row.key) else "Nobody is named yet. Today’s roles decide."
    if len(accountable) > 1:
        verb = _VERBS.get(activity or row.kind, "decide")
        return f"Nobody can {verb} until one of {count(len(accountable))} gives it up."
    parts = (_who_does(table, row, activity), _asked(table, row, activity), _standing_in(table, row, activity))
    return " ".join(part for part in parts if part)


def _who_does(table: Table, row: Row, activity: str) -> str:
    first = _short(table, table.with_letter(row.key, "A")[0])
    doing = [_short(table, key) for key in table.with_letter(row.key, "R")]
    if activity == "approve":
        return f"Only {first} may approve. The button is off for everyone else."
    if activity in ("draft", "publish") or row.kind == "channel":
        verb = {"draft": "may edit", "publish": "may publish"}.get(activity, "may post")
        return f"{_few(list(dict.fromkeys([first, *doing])))} {verb}."
    if activity == "vet":
        return _vetting(table, row, first)
    others = [name for name in doing if name != first]
    if activity == "revise":
        start = f"Reminders to review go to {first}."
        return f"{start} {_few(others)} {'carries' if len(others) == 1 else 'carry'} it out." if others else start
    if activity == "inform" and others:
        return f"{_few(others)} {'passes' if len(others) == 1 else 'pass'} it on; {first} answers for it."
    if activity == "monitor" and others:
        return f"{_few(others)} {'watches' if len(others) == 1 else 'watch'}; {first} answers for it."
    if not others:
        return f"{first} decides and does it." if doing else f"{first} decides; nobody does it yet."
    return f"{first} decides; {_few(others)} {'does' if len(others) == 1 else 'do'} it."


def _vetting(table: Table, row: Row, first: str) -> str:
    holding = {person for people in table.interests.values() for person in people}
    signing = [table.named(key).split()[0] for key in table.people_with(row.key, "AR") if key in holding]
    if not signing:
        return f"Everyone who holds an interest is asked to sign; {first} may open a round."
    if len(signing) == 1:
        return f"{signing[0]} signs for an interest; {first} may open a round."
    return f"{_few(signing)} sign, each for an interest; {first} may open a round."


def _asked(table: Table, row: Row, activity: str) -> str:
    accountable = set(table.with_letter(row.key, "A"))
    asked = [key for key in table.with_letter(row.key, "C") if key not in accountable]
    if activity == "approve" or not asked:
        return ""
    if len(asked) == 1:
        return f"{_short(table, asked[0])} is asked first."
    return f"{count(len(asked)).capitalize()} are asked first."


def _standing_in(table: Table, row: Row, activity: str) -> str:
    """Who stands in today for whoever decides in this activity."""
    deciding = set(table.people_with(row.key, "A"))
    for stand in table.stands:
        if stand.person in deciding and activity in stand.activities and stand.starts <= table.today <= stand.ends:
            return f"{table.named(stand.to).split()[0]} stands in until {stand.ends:%-d %B}."
    return ""


def _few(names: list[str]) -> str:
    if len(names) <= 3:
        return listed(names)
    return f"{count(len(names)).capitalize()} people"


def _short(table: Table, holder: str) -> str:
    """A person's first name, unless two here share it; any other holder's whole name."""
    known = table.holder.get(holder)
    name = table.name(holder)
    if known is None or known.kind != "person" or not name:
        return name
    first = name.split()[0]
    return name if table.first_names[first] > 1 else first
