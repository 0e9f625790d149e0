"""Which level of interaction, with whom? The twenty cells of the grid, and those that are empty on purpose."""

from django.db import models
from django.utils import timezone


class Level(models.TextChoices):
    """How far we go with people; the five labels after Rozwell, 2012."""

    MONITOR = "monitor", "Monitor"
    DISCOVER = "discover", "Discover"
    SHARE = "share", "Share"
    PARTICIPATE = "participate", "Participate"
    CO_CREATE = "co_create", "Co-create"


class Constituency(models.TextChoices):
    """With whom."""

    EMPLOYEES = "employees", "Employees"
    PARTNERS = "partners", "Business partners"
    CUSTOMERS = "customers", "Customers and prospects"
    SOCIAL_WEB = "social_web", "The social web"


class CellFields(models.Model):
    """What every row that names a cell has."""

    level = models.CharField(max_length=12, choices=Level.choices)
    constituency = models.CharField(max_length=12, choices=Constituency.choices)

    class Meta:
        abstract = True


class EmptyCell(CellFields):
    """One row is a cell of the grid that stays empty on purpose: why, who decided, since when."""

    reason = models.CharField(max_length=300)
    decided_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    decided_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["level", "constituency"]
        constraints = [models.UniqueConstraint(fields=["level", "constituency"], name="cell_empty_once")]

    def __str__(self) -> str:
        return f"{self.get_level_display()}, {self.get_constituency_display()}: {self.reason}"
