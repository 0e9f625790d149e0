"""How often one address tried in the last minutes, so that nobody guesses links and codes by the thousand.

Counted in this process’s memory only: no row says who opened a link or typed a code.
"""

import hmac
import secrets
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 300
_key = secrets.token_bytes(32)


def slowed(request: HttpRequest, door: str, *, most: int) -> bool:
    """Note a try at this door and say whether its address has tried more than `most` times in five minutes."""
    address = request.META.get("REMOTE_ADDR", "")
    mark = f"vetting-tries-{hmac.new(_key, f'{door} {address}'.encode(), sha256).hexdigest()}"
    if cache.add(mark, 1, WINDOW_SECONDS):
        return False
    try:
        return cache.incr(mark) > most
    except ValueError:
        return False
