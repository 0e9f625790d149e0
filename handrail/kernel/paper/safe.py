"""Which addresses may be links, and which letters a file format can hold?"""

import re

# XML 1.0 has no place for these, and Word refuses a file that holds one. Lone surrogates can't be encoded at all.
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SAFE = re.compile(r"^(?:https?://|mailto:|#|/(?!/))", re.I)
_UNFIT = re.compile(r"[\s<>\"\\^`{|}\x00-\x1f]")


def holdable(text: str) -> str:
    """The text without letters that no document can hold."""
    return _UNHOLDABLE.sub("", text)


def safe_address(href: str) -> str:
    """The address where it leads to a page, a mailbox or a place in the paper; empty where it could run something."""
    address = href.strip()
    if not _SAFE.match(address) or len(address) > 2000:
        return ""
    return _UNFIT.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "ignore")), address)


def is_right_to_left(language: str) -> bool:
    """Whether the language is written from right to left."""
    return language.lower().replace("_", "-").split("-")[0] in ("ar", "arc", "dv", "fa", "he", "ku", "ps", "ur", "yi")
