"""The job of the kill tests."""

import time

from django.db import transaction

from handrail.kernel.jobs import task, tick
from killed.models import Counted


@task(max_tries=1000)
def count(token: str) -> None:
    """Leave a row and tick the job off in the same transaction."""
    with transaction.atomic():
        Counted.objects.create(token=token)
        time.sleep(0.001)
        tick()
