"""What is left of posts before they are read: one run of bytes, with breaks between posts and markers for names."""

import html
import re
from collections.abc import Sequence

from handrail.engine.sentiment.alphabet import BREAK, LINK, LONGEST_TEXT, MENTION

_BREAK = chr(BREAK)
_LINK = re.compile(rb"http[^ \x1e]*")
_BARE_LINK = re.compile(rb"www\.[^ \x1e]+")
_MENTION = re.compile(rb"@\w+(?:[.-]\w+)*")
_TO_SPACE = bytes(0x20 if (byte < 0x20 and byte != BREAK) or byte == 0x7F else byte for byte in range(256))
_AS_LINK, _AS_MENTION = b" %c " % LINK, b" %c " % MENTION
_EMOJI_STYLE = "\N{VARIATION SELECTOR-16}".encode()


def clean(texts: Sequence[str]) -> bytes:
    """Join posts into bytes that begin and end with a break and have one between posts; any string is welcome."""
    joined = _BREAK.join([text[:LONGEST_TEXT] for text in texts])
    if joined.count(_BREAK) != len(texts) - 1:
        joined = _BREAK.join([text[:LONGEST_TEXT].replace(_BREAK, " ") for text in texts])
    if "&" in joined:
        # Character references for control characters come back as nothing, so no break can be smuggled in here.
        joined = html.unescape(joined)
    raw = joined.replace("’", "'").encode("utf-8", "ignore").translate(_TO_SPACE).replace(_EMOJI_STYLE, b"")
    raw = _LINK.sub(_AS_LINK, raw)
    if b"www." in raw:
        raw = _BARE_LINK.sub(_AS_LINK, raw)
    return b"%c%b%c" % (BREAK, _MENTION.sub(_AS_MENTION, raw), BREAK)
