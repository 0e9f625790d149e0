"""When something that failed is tried again: soon at first, then ever later, never all at once."""

import random
from datetime import datetime, timedelta

from django.utils import timezone

FIRST = 10.0
LONGEST = 3600.0


def later(tries: int) -> datetime:
    """The moment of the next try after `tries` failed ones: 10 s, 20 s, 40 s … at most an hour, spread by a fifth."""
    seconds = min(FIRST * 2 ** min(max(tries - 1, 0), 16), LONGEST)
    return timezone.now() + timedelta(seconds=seconds * random.uniform(0.9, 1.1))  # noqa: S311
