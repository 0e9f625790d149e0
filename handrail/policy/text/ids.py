"""Which permanent id does a clause have: the one written beside it, or one made from its words."""

import re
from base64 import b32encode
from hashlib import sha256

ID = re.compile(r"c-[a-z0-9]{3,32}")
_SHORT = 6


def new_id(text: str, taken: set[str]) -> str:
    """An id made from the words, the same for the same file every time, and unlike any in `taken`."""
    seed = " ".join(text.lower().split())
    turn = 0
    while True:
        digest = sha256(f"{seed}\x00{turn}".encode()).digest()
        made = "c-" + b32encode(digest).decode().lower()[:_SHORT]
        if made not in taken:
            return made
        turn += 1
