"""Why are we there? Purposes with their cells, goals and domains, their history, and what assessors think of them."""

from django.db import models
from django.utils import timezone

from handrail.strategy.models.domains import Domain
from handrail.strategy.models.goals import Goal
from handrail.strategy.models.grid import CellFields


class Trait(models.TextChoices):
    """The seven traits of a good purpose."""

    MAGNETIC = "magnetic", "Magnetic"
    ALIGNED = "aligned", "Aligned"
    LOW_RISK = "low_risk", "Low risk"
    SCOPED = "scoped", "Properly scoped"
    EVOLUTION = "evolution", "Promotes evolution"
    MEASURABLE = "measurable", "Measurable"
    COMMUNITY = "community", "Community-driven"


class Purpose(models.Model):
    """One row is a purpose, decided before any initiative is deployed.

    States: proposed → approved → again (needs another look) → approved …, and dropped from any of them.
    """

    class State(models.TextChoices):
        """Where a purpose stands."""

        PROPOSED = "proposed", "Proposed"
        APPROVED = "approved", "Approved"
        AGAIN = "again", "Needs another look"
        DROPPED = "dropped", "Dropped"

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    statement = models.CharField(max_length=600)
    why = models.CharField(max_length=600, blank=True)
    owner = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="purposes"
    )
    proposed_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.PROPOSED)
    because = models.CharField(max_length=600, blank=True)
    goals = models.ManyToManyField(Goal, related_name="purposes", blank=True)
    domains = models.ManyToManyField(Domain, related_name="purposes", blank=True)
    review_on = models.DateField(null=True, blank=True)
    reminded_for = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(approved_at__isnull=False),
                name="purpose_approved_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.name


class PurposeCell(CellFields):
    """One row puts a purpose into a cell of the grid."""

    purpose = models.ForeignKey(Purpose, on_delete=models.CASCADE, related_name="cells")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "level", "constituency"], name="purpose_in_a_cell_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} with {self.get_constituency_display().lower()}"


class PurposeStep(models.Model):
    """One row is a step in how a purpose evolved, with its words as they stood after it."""

    class Kind(models.TextChoices):
        """What happened."""

        PROPOSED = "proposed", "Proposed"
        CHANGED = "changed", "Changed"
        APPROVED = "approved", "Approved"
        REOPENED = "reopened", "Reopened"
        KEPT = "kept", "Kept"
        DROPPED = "dropped", "Dropped"

    purpose = models.ForeignKey(Purpose, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    said = models.CharField(max_length=600, blank=True)
    why = models.CharField(max_length=600, blank=True)
    name = models.CharField(max_length=120)
    statement = models.CharField(max_length=600)
    cells = models.JSONField(default=list)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"


class Assessment(models.Model):
    """One row is one assessor's rating of one trait, 1 to 5, with the reason for it."""

    purpose = models.ForeignKey(Purpose, on_delete=models.CASCADE, related_name="assessments")
    trait = models.CharField(max_length=12, choices=Trait.choices)
    assessor = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    rating = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=400)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["trait", "at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "trait", "assessor"], name="one_rating_for_each_trait"),
            models.CheckConstraint(condition=models.Q(rating__gte=1, rating__lte=5), name="rating_from_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.get_trait_display()}: {self.rating}"


class Target(models.Model):
    """One row is how we would know that a purpose works: a measure in words, where it started, where it should be."""

    purpose = models.ForeignKey(Purpose, on_delete=models.CASCADE, related_name="targets")
    measure = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, blank=True)
    baseline = models.DecimalField(max_digits=16, decimal_places=3, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    value = models.DecimalField(max_digits=16, decimal_places=3, null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    every_days = models.PositiveSmallIntegerField(default=90)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "measure"], name="purpose_measured_once_by_each_measure"),
            models.CheckConstraint(condition=models.Q(every_days__gte=1), name="readings_come_at_least_daily"),
        ]

    def __str__(self) -> str:
        return self.measure


class Reading(models.Model):
    """One row is a value somebody read by hand, with the day it holds for. A later row for a day replaces it."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="readings")
    value = models.DecimalField(max_digits=16, decimal_places=3)
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.value:f} on {self.on}"
