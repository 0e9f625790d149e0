"""How does a text stand in a file of a Git folder with its stamp, and come back to the letter?"""

import re
from dataclasses import dataclass
from hashlib import sha256

from handrail.policy.clause import Document
from handrail.policy.doors.coming_back import Came
from handrail.policy.ledger import open_stack, sha_of, wording_of
from handrail.policy.text import front_matter
from handrail.policy.text.annex import without_annex
from handrail.policy.text.difference import compare

_NAMES = ("policy", "version", "state", "fingerprint")
_LINE = re.compile(r"""^handrail_(\w+)\s*[:=]\s*"?([^"\n]*?)"?\s*$""")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file says of itself: whose text it is, which version, how far it had come, and the text's fingerprint."""

    policy: str
    version: int
    state: str
    fingerprint: str


def written_file(markdown: str, stamp: Stamp) -> str:
    """The text with its stamp in the front matter: in the one it has, or in one of its own."""
    values = (stamp.policy, str(stamp.version), stamp.state, stamp.fingerprint)
    joined = front_matter.split(markdown)[1] > 0
    fence = markdown.split("\n", 1)[0].rstrip() if joined else "---"
    sign = " = " if fence == "+++" else ": "
    how = "joined" if joined else "own"

    def line(name: str, value: str) -> str:
        return f'handrail_{name}{sign}"{value}"' if fence == "+++" else f"handrail_{name}{sign}{value}"

    lines = [line(name, value) for name, value in zip(_NAMES, values, strict=True)] + [line("front_matter", how)]
    if joined:
        first, rest = markdown.split("\n", 1)
        return "\n".join([first, *lines, rest])
    return "\n".join(["---", *lines, "---", markdown])


def read_file(text: str) -> tuple[Stamp | None, str]:
    """The stamp and the text without it; no stamp where the file was not written from here."""
    text = without_annex(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    lines = text.split("\n")
    found: dict[str, str] = {}
    at = 1
    while at < len(lines) and (line := _LINE.match(lines[at])):
        found[line[1]] = line[2]
        at += 1
    if not lines or lines[0].rstrip() not in ("---", "+++") or not {*_NAMES, "front_matter"} <= set(found):
        return None, text
    version = found["version"]
    stamp = Stamp(
        found["policy"],
        int(version) if version.isdigit() and len(version) < 7 else 0,
        found["state"],
        found["fingerprint"],
    )
    if found["front_matter"] == "own" and at < len(lines) and lines[at].rstrip() == "---":
        return stamp, "\n".join(lines[at + 1 :])
    return stamp, "\n".join([lines[0], *lines[at:]])


def fingerprint_of(markdown: str) -> str:
    """The fingerprint of a text."""
    return sha256(markdown.encode()).hexdigest()


def came_of(base: Document, mine: Document, who: str) -> list[Came]:
    """What a text suggests against the one it was made from, clause by clause."""
    before = {slip.key: wording_of(slip.block) for slip in open_stack(base).slips if slip.key}
    after = {slip.key: slip.block for slip in open_stack(mine).slips if slip.key}
    came: list[Came] = []
    last = ""
    for change in compare(base, mine):
        old = before.get(change.clause, "")
        block = after.get(change.new.id) if change.new else None
        words = wording_of(block) if block else ""
        if change.old is None:
            form = block.sort if block and block.sort in ("list_item", "quotation") else "paragraph"
            came.append(Came("new", "", words, after=last, who=who, form=form))
        elif change.new is None:
            came.append(Came("removed", change.clause, "", old, sha_of(old), who=who))
        else:
            if words != old:
                came.append(Came("edit", change.clause, words, old, sha_of(old), who=who))
            if "moved" in change.why or change.change == "moved":
                came.append(Came("moved", change.clause, "", old, sha_of(old), last, who=who))
            last = change.clause
    return came
