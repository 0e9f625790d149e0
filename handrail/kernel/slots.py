"""Named places on a lower room's page that a higher room fills with the address of a fragment.

A slot is declared by the room whose page has it and filled in a higher room's `apps.ready()`. Fewer than ten in all:
where a page needs many, it belongs to the higher room.
"""

from django.urls import NoReverseMatch, reverse

MOST = 9

_declared: dict[str, str] = {}
_filled: dict[str, list[str]] = {}


def declare(slot: str, meaning: str) -> None:
    """Name a place, such as "strategy.goal.measures", and say in a sentence what belongs there."""
    if slot not in _declared and len(_declared) >= MOST:
        raise ValueError(f"There are {MOST} slots already; a page that needs more belongs to a higher room")
    _declared[slot] = meaning


def fill(slot: str, url_name: str) -> None:
    """Fill a place with the name of a fragment's address; it is reversed with the arguments the page gives."""
    names = _filled.setdefault(slot, [])
    if url_name not in names:
        names.append(url_name)


def declared() -> dict[str, str]:
    """Every slot with its meaning."""
    return dict(_declared)


def filled() -> dict[str, list[str]]:
    """Which addresses fill which slot."""
    return {slot: list(names) for slot, names in _filled.items()}


def addresses(slot: str, *args: object) -> list[str]:
    """The addresses of the fragments in a slot, for this row; htmx loads each. Empty when nobody fills it."""
    if slot not in _declared:
        raise LookupError(f"No page declares the slot “{slot}”")
    return [reverse(name, args=[str(each) for each in args]) for name in _filled.get(slot, [])]


def loose_ends() -> list[str]:
    """What is wrong with the slots, in sentences: filled but not declared, or an address that nobody has."""
    wrong = [f"The slot “{slot}” is filled, but no page declares it." for slot in _filled if slot not in _declared]
    for slot, names in _filled.items():
        wrong += [f"“{name}” in the slot “{slot}” is no address." for name in names if not _is_address(name)]
    return wrong


def _is_address(name: str) -> bool:
    for count in range(4):
        for sample in ("1", "x"):
            try:
                reverse(name, args=[sample] * count)
            except NoReverseMatch:
                continue
            return True
    return False
