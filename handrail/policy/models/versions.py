"""The policies of the house: each a text in numbered versions, each version's clauses kept as rows."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

# What a reader agreed to must stay what it was: these columns never change once a version was published.
FROZEN = ("policy_id", "number", "markdown", "sha256", "language", "published_at", "effective_on", "vetted")


class PolicyQuerySet(models.QuerySet["Policy"]):
    """Questions about many policies."""

    def in_force(self) -> "PolicyQuerySet":
        """Policies with a published version."""
        return self.filter(versions__state=Version.State.PUBLISHED).distinct()


class Policy(models.Model):
    """One row is one policy of the house, such as the social media policy. Its words are in its versions.

    `owner` is who is accountable for it; `contact` where people ask; `review_by` the day it must be looked at again.
    """

    key = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="policies"
    )
    contact = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12, default="en")
    review_by = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]
        verbose_name_plural = "policies"

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """One row is one version of a policy's text: the Markdown with its clause ids, from draft to superseded.

    Once published the text never changes, and `sha256` is the fingerprint of its Markdown in UTF-8. `text_sha256` is
    that of its clauses as vetting counts them: only a version whose cleared round has the same one is published.
    `vetted` is False, and `vetting_note` says so, for versions published before Handrail had rounds of vetting.
    """

    class State(models.TextChoices):
        """How far the text has come."""

        DRAFT = "draft", "Draft"
        IN_VETTING = "in_vetting", "In vetting"
        CLEARED = "cleared", "Cleared"
        SCHEDULED = "scheduled", "Published, not in force yet"
        PUBLISHED = "published", "In force"
        SUPERSEDED = "superseded", "Superseded"

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    source_format = models.CharField(max_length=10, default="markdown")
    source_name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12, default="en")
    markdown = models.TextField()
    words = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    vetted = models.BooleanField(default=False)
    vetting_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["policy", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["policy"], condition=Q(state="published"), name="one_version_in_force_per_policy"
            ),
            models.UniqueConstraint(
                fields=["policy"],
                condition=Q(state__in=["draft", "in_vetting", "cleared"]),
                name="one_version_on_the_way_per_policy",
            ),
            models.UniqueConstraint(
                fields=["policy"], condition=Q(state="scheduled"), name="one_version_scheduled_per_policy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the row, unless it would change words that were published; the database refuses that too."""
        if self.pk is not None:
            before = Version.objects.filter(pk=self.pk).first()
            if before is not None and before.is_frozen:
                changed = [name for name in FROZEN if getattr(before, name) != getattr(self, name)]
                if changed or not self.is_frozen:
                    raise ValueError(f"Version {self.number} was published; {', '.join(changed) or 'it'} can't change")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove a draft; a published version stays for good."""
        if self.is_frozen:
            raise ValueError(f"Version {self.number} was published and stays in the record")
        return super().delete(*args, **kwargs)

    @property
    def is_frozen(self) -> bool:
        """Whether the text was in force once and can't change any more."""
        return self.state in (self.State.PUBLISHED, self.State.SUPERSEDED)

    @property
    def is_public(self) -> bool:
        """Whether everyone may read it: published, even where its day has not come."""
        return self.is_frozen or self.state == self.State.SCHEDULED


class ClauseText(models.Model):
    """One row is one clause as one version words it. `key` is its permanent id, the same in every version."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="clauses")
    key = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    heading = models.TextField(blank=True)
    heading_path = models.JSONField(default=list)
    level = models.PositiveSmallIntegerField(default=0)
    lead_in = models.TextField(blank=True)
    frame = models.CharField(max_length=12, blank=True)
    form = models.CharField(max_length=12, default="paragraph")
    depth = models.PositiveSmallIntegerField(default=0)
    marker = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    markup = models.TextField(blank=True)
    line_start = models.PositiveIntegerField()
    line_end = models.PositiveIntegerField()

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="one_wording_per_clause_and_version"),
            models.UniqueConstraint(fields=["version", "position"], name="one_clause_per_position"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.text[:60]}"
