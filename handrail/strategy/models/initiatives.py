"""What do we do about it? Initiatives, in their leads' words, with how far they came and what they went past."""

from django.db import models
from django.utils import timezone

from handrail.strategy.models.grid import CellFields
from handrail.strategy.models.purposes import Purpose


class Initiative(models.Model):
    """One row is something done under a purpose. States: proposed → approved → live → closed.

    It goes live when every gate holds, or past a gate with a reason; then `override_reason` and what was missing
    stay here, on its page and in the plan for good.
    """

    class State(models.TextChoices):
        """How far it came."""

        PROPOSED = "proposed", "Proposed"
        APPROVED = "approved", "Approved"
        LIVE = "live", "Live"
        CLOSED = "closed", "Closed"

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="initiatives")
    lead = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="initiatives"
    )
    channels = models.CharField(max_length=300, blank=True)
    on_mission = models.CharField(max_length=600, blank=True)
    on_strategy = models.CharField(max_length=600, blank=True)
    on_values = models.CharField(max_length=600, blank=True)
    on_outcomes = models.CharField(max_length=600, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    approved_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    live_at = models.DateTimeField(null=True, blank=True)
    gates_held = models.BooleanField(default=False)
    override_reason = models.CharField(max_length=400, blank=True)
    override_missing = models.JSONField(default=list, blank=True)
    override_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    came_of = models.CharField(max_length=600, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["proposed", "approved"])
                | models.Q(gates_held=True)
                | (models.Q(state="closed", live_at__isnull=True))
                | ~models.Q(override_reason=""),
                name="initiative_live_by_gates_or_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed") | ~models.Q(came_of=""), name="initiative_closed_says_what_came"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InitiativeCell(CellFields):
    """One row puts an initiative into a cell of the grid."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="cells")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "level", "constituency"], name="initiative_in_a_cell_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} with {self.get_constituency_display().lower()}"


class InitiativeStep(models.Model):
    """One row is a step in how an initiative went."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=12, choices=Initiative.State.choices)
    said = models.CharField(max_length=600)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.said
