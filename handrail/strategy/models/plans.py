"""What did the strategy plan say when it was issued? Frozen, numbered, with its fingerprint."""

from django.db import models
from django.utils import timezone


class Plan(models.Model):
    """One row is an issued version of the strategy plan; neither its words nor what it was made from ever change."""

    number = models.PositiveIntegerField(unique=True)
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    record = models.JSONField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Strategy plan, version {self.number}"
