"""What of an error is kept for people to read: its last lines, with anything that looks like a secret masked."""

import re
import traceback

KEPT_LINES = 12
_SECRETS = re.compile(
    r"""(?ix)
    ( \b [\w-]*
      (?: password | passwd | secret | token | api[_-]?key | authorization | cookie ) [\w-]* ["']? \s* [=:]\s* )
    ( "[^"]*" | '[^']*' | (?:bearer|basic)\s+\S+ | [^\s,;&)}\]]+ )
    """
)
_ADDRESSES = re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s:/@]+:)[^\s@]+@", re.IGNORECASE)


def masked(text: str) -> str:
    """The text with passwords, tokens and the like replaced by dots."""
    return _ADDRESSES.sub(r"\1…@", _SECRETS.sub(r"\1…", text))


def last_lines(error: BaseException, lines: int = KEPT_LINES) -> str:
    """The end of an error's traceback, secrets masked. Values of variables are never in it."""
    full = "".join(traceback.format_exception(error)).rstrip().splitlines()
    return masked("\n".join(full[-lines:]))[-4000:]
