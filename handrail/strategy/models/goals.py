"""What does the organisation want? Goals, each with an owner and a period, and how they stood before."""

from django.db import models
from django.utils import timezone


class GoalQuerySet(models.QuerySet["Goal"]):
    """Questions about many goals."""

    def live(self) -> "GoalQuerySet":
        """Goals that stand: neither met, dropped nor replaced."""
        return self.filter(status=Goal.Status.LIVE)


class Goal(models.Model):
    """One row is one corporate goal, in the organisation's own words; it comes before anything social is planned.

    `key` is the organisation's own short name for it and makes an import idempotent. History is in the journal and
    in GoalRevision.
    """

    class Status(models.TextChoices):
        """Where a goal stands."""

        LIVE = "live", "Live"
        MET = "met", "Met"
        DROPPED = "dropped", "Dropped"

    key = models.SlugField(max_length=80, unique=True)
    statement = models.CharField(max_length=300)
    theme = models.CharField(max_length=80, blank=True)
    owner = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="goals")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.LIVE)
    created_at = models.DateTimeField(default=timezone.now)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["theme", "statement"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="goal_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.statement

    @property
    def is_past(self) -> bool:
        """Whether the period is over while the goal still counts as live."""
        return self.status == self.Status.LIVE and self.ends_on is not None and self.ends_on < timezone.localdate()


class GoalRevision(models.Model):
    """One row is a goal as it stood before a change: what was replaced, when, by whom and why."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="revisions")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    statement = models.CharField(max_length=300)
    theme = models.CharField(max_length=80, blank=True)
    owner_name = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=16)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.statement} (until {self.at:%Y-%m-%d})"
