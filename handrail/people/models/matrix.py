"""Who does what: tables of letters with their history, waivers of a check, delegates, and what a leaver leaves."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from handrail.people.models.person import Person


class Matrix(models.Model):
    """One row is one table of who does what: proposed, in force, replaced by a later one, or dropped.

    Only the one in force decides. A proposal is edited freely, and comes into force when it is agreed: on a day, by
    named people (`Agreement`), with a note of how.
    """

    class State(models.TextChoices):
        """Where a table stands."""

        PROPOSED = "proposed", "Proposed"
        IN_FORCE = "in_force", "In force"
        REPLACED = "replaced", "Replaced"
        DROPPED = "dropped", "Dropped"

    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    why = models.CharField(max_length=300, blank=True)
    proposed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    agreed_on = models.DateField(null=True, blank=True)
    how_agreed = models.CharField(max_length=1000, blank=True)
    in_force_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="in_force"), name="one_matrix_in_force"),
            models.UniqueConstraint(fields=["state"], condition=Q(state="proposed"), name="one_matrix_proposed"),
            models.CheckConstraint(
                condition=~Q(state="in_force") | (Q(agreed_on__isnull=False) & ~Q(how_agreed="")),
                name="a_matrix_in_force_was_agreed",
            ),
        ]

    def __str__(self) -> str:
        return f"matrix {self.pk}, {self.get_state_display().lower()}"


class Agreement(models.Model):
    """One row is one person who agreed to a matrix."""

    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="agreements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["matrix", "person"], name="one_agreement_per_person")]

    def __str__(self) -> str:
        return f"{self.person_id} agreed"


class Assignment(models.Model):
    """One row is one filled cell: what there is to do, who, and which of the letters A, R, C and I, in that order.

    `row` is “activity:approve” or a ref such as “policy:3”. `holder` is “person:12”, “role:steward”,
    “role:reviewer/legal” or “function:Housekeeping” (a seat nobody fills yet); `person` is set for persons.
    """

    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="assignments")
    row = models.CharField(max_length=120)
    holder = models.CharField(max_length=160)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments")
    letters = models.CharField(max_length=4)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["matrix", "row", "holder"], name="one_cell_per_row_and_holder"),
            models.CheckConstraint(condition=~Q(letters=""), name="a_cell_has_a_letter"),
            models.CheckConstraint(
                condition=(Q(holder__startswith="person:") & Q(person__isnull=False))
                | (~Q(holder__startswith="person:") & Q(person__isnull=True)),
                name="persons_and_only_they_are_linked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row} {self.holder} {self.letters}"


class MatrixEdit(models.Model):
    """One row is one change of a cell in a proposal, so that the last ones can be taken back."""

    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="edits")
    row = models.CharField(max_length=120)
    holder = models.CharField(max_length=160)
    before = models.CharField(max_length=4, blank=True)
    after = models.CharField(max_length=4, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.row} {self.holder}: {self.before or 'none'} to {self.after or 'none'}"


class MatrixWaiver(models.Model):
    """One row says why one finding of a check is fine, and until when. `finding` is the finding's key."""

    rule = models.CharField(max_length=10)
    finding = models.CharField(max_length=300)
    why = models.CharField(max_length=500)
    until = models.DateField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["finding"], condition=Q(ended_at__isnull=True), name="one_live_waiver"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.why}"


class Delegation(models.Model):
    """One row is one person standing in for another on some days, for some activities. It can't be passed on."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="delegations")
    to = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="stands_in_for")
    starts_on = models.DateField()
    ends_on = models.DateField()
    activities = models.JSONField(default=list)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="delegation_ends_after_start"),
            models.CheckConstraint(condition=~Q(person=models.F("to")), name="nobody_delegates_to_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} to {self.to_id}"


class Gap(models.Model):
    """One row is one assignment that a leaver leaves: offered to somebody, taken by them, or closed without one."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="gaps")
    row = models.CharField(max_length=120)
    letters = models.CharField(max_length=4)
    last_day = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    offered_to = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    offered_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    why_closed = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["person", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "row"], condition=Q(closed_at__isnull=True), name="one_open_gap_per_assignment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} leaves {self.row}"
