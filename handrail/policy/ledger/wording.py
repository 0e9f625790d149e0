"""What an author sees and types for one clause: its Markdown without ids, cleaned of what no policy needs."""

import re
from hashlib import sha256

from handrail.kernel.errors import BadInput
from handrail.policy.text.block import Block, squeeze
from handrail.policy.text.from_html import blocks_of_fragment
from handrail.policy.text.from_markdown import parser, split_row
from handrail.policy.text.inline import ID_COMMENT, visible

LONGEST = 20_000
_BLANK_LINES = re.compile(r"\n[ \t\u00a0]*(?:\n[ \t\u00a0]*)+")
_PASTED_PAGE = re.compile(r"<(?:p|span|div|o:p|w:|!--\[if|html|body|font|b\s+style)\b[^>]*>", re.I)


def wording_of(block: Block) -> str:
    """The Markdown of a block as its author may edit it."""
    if block.cell >= 0:
        cells = split_row(block.markup, nested=False)
        return ID_COMMENT.sub("", cells[block.cell] if block.cell < len(cells) else "").strip()
    source = block.markup or block.text
    if block.sort == "code":
        return source.rstrip("\n")
    return "\n".join(line.strip() for line in ID_COMMENT.sub("", source).strip().split("\n"))


def lines_of(typed: str) -> str:
    """What a browser sent, with one kind of line end."""
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def sha_of(words: str) -> str:
    """The fingerprint of one wording, to notice that somebody else changed it meanwhile."""
    return sha256(words.encode()).hexdigest()


def short_enough(markup: str, field: str = "markup") -> str:
    """The wording as it is, where people and the checker can still read it in one go."""
    if len(markup) > LONGEST:
        raise BadInput(
            f"These words have {len(markup):,} characters, and a clause may have {LONGEST:,}. "
            "Split them, and save each part as a clause of its own.",
            field=field,
        )
    return markup


def cleaned(markup: str, field: str = "markup") -> str:
    """What was typed or pasted as one wording: ids out, a pasted page as plain words, blank lines closed."""
    text = ID_COMMENT.sub("", short_enough(markup, field).replace("\r\n", "\n").replace("\r", "\n"))
    if _PASTED_PAGE.search(text):
        text = " ".join(block.text for block in blocks_of_fragment(text, first_line=1))
    text = _BLANK_LINES.sub("\n", text).strip()
    if not text:
        raise BadInput("The clause has no words left. Type some, or remove the clause.", field=field)
    return "\n".join(line.strip() for line in text.split("\n"))


def shown(markup: str) -> str:
    """The words a reader sees of one wording."""
    return squeeze(visible(parser(), markup, {}).text)
