"""Which functions does it touch, and what do they already do? Impact domains with their present activities."""

from django.db import models
from django.utils import timezone

from handrail.strategy.models.grid import Constituency


class Domain(models.Model):
    """One row is a function of the organisation that social work touches; `name` is the function's own name."""

    class Readiness(models.TextChoices):
        """How ready the function is."""

        NOT_ASKED = "not_asked", "Not asked"
        TRYING = "trying", "Trying it"
        READY = "ready", "Ready"

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120, unique=True)
    lead = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="domains")
    expected_impact = models.CharField(max_length=500, blank=True)
    readiness = models.CharField(max_length=12, choices=Readiness.choices, default=Readiness.NOT_ASKED)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """One row is something a domain does today: what, on which channel, for whom, how often."""

    domain = models.ForeignKey(Domain, on_delete=models.CASCADE, related_name="activities")
    what = models.CharField(max_length=300)
    channel = models.CharField(max_length=120, blank=True)
    audience = models.CharField(max_length=12, choices=Constituency.choices, blank=True)
    how_often = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "activities"

    def __str__(self) -> str:
        return self.what
