"""What is ticked off as letters about a round go out, so that nobody gets one twice."""

from django.db import transaction
from django.utils import timezone

from handrail.vetting.models import Seat


@transaction.atomic
def note_asked(seats: list[int]) -> int:
    """These seats have had their letter."""
    return Seat.objects.filter(pk__in=seats, asked_at__isnull=True).update(asked_at=timezone.now())
