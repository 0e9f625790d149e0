"""What came back through Word and Git: one suggested change each, until an author takes or declines it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Suggestion(models.Model):
    """One row is one suggested change to a version's text, by clause, with whose words it is and who brought it.

    `before` is the wording it went out with, `base_sha` its fingerprint. `mark` is the same for the same suggestion,
    so that a file brought twice adds nothing.
    """

    class Kind(models.TextChoices):
        """What is suggested."""

        EDIT = "edit", "New words"
        NEW = "new", "A new clause"
        REMOVED = "removed", "One clause less"
        MOVED = "moved", "Another place"
        HEADING = "heading", "A heading"
        REMARK = "remark", "A remark"

    class Door(models.TextChoices):
        """By which door it came in."""

        WORD = "word", "Word"
        GIT = "git", "Git"

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", "Open"
        TAKEN = "taken", "Taken"
        DECLINED = "declined", "Declined"

    version = models.ForeignKey("policy.Version", on_delete=models.CASCADE, related_name="suggestions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    clause_key = models.CharField(max_length=40, blank=True)
    after_key = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True)
    before = models.TextField(blank=True)
    base_sha = models.CharField(max_length=64, blank=True)
    quote = models.TextField(blank=True)
    form = models.CharField(max_length=12, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    author_name = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    brought_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    brought_at = models.DateTimeField(default=timezone.now)
    door = models.CharField(max_length=6, choices=Door.choices)
    file_name = models.CharField(max_length=200, blank=True)
    mark = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering = ["version", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "mark"], condition=Q(state="open"), name="one_open_suggestion_of_its_kind"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | Q(state__in=["taken", "declined"], decided_at__isnull=False),
                name="a_settled_suggestion_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words[:60]}"
