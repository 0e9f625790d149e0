"""What the editor shows: the sheet of a draft, how typed words would read, and two wordings that came apart."""

import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from handrail.kernel.errors import BadInput
from handrail.people.models import Person
from handrail.policy.actions import Diverged
from handrail.policy.actions.ledger.undo import to_redo, to_undo
from handrail.policy.ledger import sha_of
from handrail.policy.ledger.wording import cleaned, shown
from handrail.policy.models import Version
from handrail.policy.pure import Piece
from handrail.policy.reads import differences, document_of, typings_of, unsaved_of, version_before
from handrail.policy.sheet import Part, sheet
from handrail.policy.text.change_type import type_of
from handrail.policy.text.words import word_pieces

_NAMES = {
    "\u00a0": "fixed blank",
    "\u00ad": "soft hyphen",
    "\u200b": "zero-width blank",
    "\u200c": "zero-width joint",
    "\u200d": "zero-width joiner",
    "\u2060": "word joiner",
    "\ufeff": "byte-order mark",
    "\t": "tab",
}


@dataclass(frozen=True, slots=True)
class Apart:
    """Two wordings of one clause, each with what it changes beside the other, and both in one field to merge."""

    key: str
    mine: str
    theirs: str | None
    base_sha: str
    pieces: tuple[Piece, ...]
    both: str


def draft_sheet(version: Version, person: Person) -> dict[str, Any]:
    """The parts of a draft with its changes since the version before, and what this person has pending."""
    before = version_before(version)
    changes = differences(before, version) if before else None
    document = document_of(version)
    parts = sheet(document, changes)
    return {
        "parts": parts,
        "headings": _counted(parts, [heading.text for heading in document.headings]),
        "before": before,
        "unsaved": unsaved_of(person, version),
        "can_undo": to_undo(version, person),
        "can_redo": to_redo(version, person),
        "untyped": sum(not each.said for each in typings_of(version)),
        "change_total": sum(row.is_changed for part in parts for row in part.every_row()),
        "clause_total": len(document.clauses),
    }


def _counted(parts: list[Part], said: list[str]) -> dict[str, int]:
    """The anchor of each part with the number of its heading in the text, in reading order."""
    waiting = [(side.anchor, side.heading) for part in parts for side in (part, *_in_order(part))]
    found: dict[str, int] = {}
    taken: set[int] = set()
    for anchor, words in waiting:
        number = next((at for at, text in enumerate(said) if text == words and at not in taken), None)
        if words and number is not None:
            found[anchor] = number
            taken.add(number)
    return found


def _in_order(part: Part) -> list[Part]:
    return sorted(part.sides, key=lambda side: int(side.anchor[1:]) if side.anchor[1:].isdigit() else 0)


def look(version: Version, key: str, markup: str) -> dict[str, Any]:
    """How these words would read, what they change since the version before, and what the rules make of that."""
    try:
        words = shown(cleaned(markup))
    except BadInput as refusal:
        return {
            "key": key,
            "reads": "",
            "pieces": (),
            "typed": None,
            "hidden": [],
            "wrong": refusal.sentence,
            "now": timezone.now(),
        }
    before = version_before(version)
    old = next((each for each in document_of(before).clauses if each.id == key), None) if before else None
    here = next((each for each in document_of(version).clauses if each.id == key), None)
    against = old or here
    pieces = word_pieces(against.text, words) if against else (Piece("ins", words),)
    typed = type_of(against, replace(here or against, text=words), pieces) if against else None
    return {
        "key": key,
        "reads": words,
        "pieces": pieces,
        "typed": typed if typed and typed.change != "unchanged" else None,
        "since": before.number if before and old else None,
        "hidden": hidden_marks(markup),
        "wrong": "",
        "now": timezone.now(),
    }


def hidden_marks(text: str) -> list[str]:
    """Characters nobody sees, by name and how often, so that an author can take them out."""
    found: dict[str, int] = {}
    for sign in text:
        if sign in "\n\r ":
            continue
        if sign in _NAMES or unicodedata.category(sign) in ("Cf", "Cc", "Co", "Zl", "Zp"):
            name = _NAMES.get(sign) or unicodedata.name(sign, f"U+{ord(sign):04X}").lower()
            found[name] = found.get(name, 0) + 1
    return [f"{name} × {count}" if count > 1 else name for name, count in found.items()]


def conflict(version: Version, apart: Diverged) -> Apart:
    """Both wordings of a clause that two people changed."""
    theirs = apart.theirs
    both = apart.mine if theirs is None else f"{theirs}\n{apart.mine}"
    pieces = word_pieces(theirs or "", apart.mine)
    return Apart(apart.key, apart.mine, theirs, sha_of(theirs) if theirs is not None else "", pieces, both)
