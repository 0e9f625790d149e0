"""How one slip is written: its words, the lines that go on below, its id beside it."""

import re
from collections.abc import Iterator

from handrail.policy.text.block import Block

LINE_START = re.compile(r"^(?:[-+*=•◦▪●○‣·–>#|:~`]+|\d{1,9}[.)](?=\s|$)|<)")


def marked(block: Block) -> str:
    """The comment that holds its id, and its kind where that was said."""
    return f"<!-- {block.id}{' ' if block.kind else ''}{block.kind} -->"


def continued(lead: str, block: Block, words: str | None = None) -> Iterator[str]:
    """The lines of a block: `lead` before the first, room as wide before the others, the id after the last."""
    lines = (block.markup if words is None else words).split("\n")
    under = "".join(sign if sign == ">" else " " for sign in lead)
    for at, line in enumerate(lines):
        text = (lead if at == 0 else under) + line.strip()
        yield f"{text} {marked(block)}" if at == len(lines) - 1 else text
