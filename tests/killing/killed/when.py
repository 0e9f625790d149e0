"""The follow-up of the kill tests."""

import time

from handrail.kernel.when import when
from killed.facts import DeedDone
from killed.models import Heard


@when(DeedDone)
def hear(fact: DeedDone) -> None:
    """Leave a row, slowly enough to be killed before the tick."""
    Heard.objects.create(token=fact.token)
    time.sleep(0.001)
