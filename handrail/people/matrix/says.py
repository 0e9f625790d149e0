"""What a row of the matrix means in practice, as one or two plain sentences worked out from its letters."""

from handrail.kernel.words import count, listed
from handrail.people.matrix.table import Row, Table

_DOES = {
    "draft": "may edit",
    "vet": "reads and signs",
    "publish": "may publish",
    "inform": "tells everyone",
    "monitor": "watches",
    "revise": "takes what must change",
}


def what_happens(table: Table, row: Row) -> str:
    """The sentence beside a row: who decides, who does it, who is asked first."""
    accountable = table.with_letter(row.key, "A")
    if not accountable:
        return "Nobody decides yet." if table.in_row.get(row.key) else "Nobody is named yet. Today’s roles decide."
    if len(accountable) > 1:
        verb = "approve" if row.key == "activity:approve" else "decide"
        return f"Nobody can {verb} until one of {count(len(accountable))} gives it up."
    first = _short(table, accountable[0])
    activity = row.key.partition(":")[2] if row.is_activity else ""
    if activity == "approve":
        return f"Only {first} may approve. The button is off for everyone else."
    doing = [_short(table, key) for key in table.with_letter(row.key, "R")]
    start = _who_does(first, doing, activity, row)
    asked = [key for key in table.with_letter(row.key, "C") if "A" not in _letters(table, row, key)]
    if not asked:
        return start
    if len(asked) == 1:
        return f"{start} {_short(table, asked[0])} is asked first."
    return f"{start} {count(len(asked)).capitalize()} are asked first."


def _who_does(first: str, doing: list[str], activity: str, row: Row) -> str:
    if activity in ("draft", "publish") or row.kind == "channel":
        verb = "may post" if row.kind == "channel" else _DOES[activity]
        names = list(dict.fromkeys([first, *doing]))
        return f"{_few(names)} {verb}."
    if activity == "vet" and doing:
        verb = "signs for its interest" if len(doing) == 1 else "sign for their interest"
        return f"{_few(doing)} {verb}; {first} closes the round."
    if activity and doing:
        verb = _DOES[activity]
        plural = {
            "watches": "watch",
            "tells everyone": "tell everyone",
            "takes what must change": "take what must change",
        }
        return f"{_few(doing)} {verb if len(doing) == 1 else plural[verb]}; {first} answers for it."
    others = [name for name in doing if name != first]
    if not others:
        return f"{first} decides and does it." if doing else f"{first} decides; nobody does it yet."
    return f"{first} decides; {_few(others)} {'does' if len(others) == 1 else 'do'} it."


def _few(names: list[str]) -> str:
    if len(names) <= 3:
        return listed(names)
    return f"{count(len(names)).capitalize()} people"


def _short(table: Table, holder: str) -> str:
    known = table.holder.get(holder)
    name = table.name(holder)
    return name.split()[0] if known is not None and known.kind == "person" and name else name


def _letters(table: Table, row: Row, holder: str) -> str:
    return "".join(cell.letters for cell in table.in_row.get(row.key, ()) if cell.holder == holder)
