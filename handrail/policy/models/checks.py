"""What people decided about findings of the check: waivers, questions to legal, and for whom the check is set."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from handrail.policy.lint import rules


class LintProfile(models.Model):
    """The one row that says for what house the rules are read: where, in which sector, public or private.

    Without `countries` those where people work count.
    """

    countries = models.JSONField(default=list)
    sector = models.CharField(max_length=20, blank=True)
    public = models.BooleanField(default=False)
    set_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_profile_of_the_check")]

    def __str__(self) -> str:
        return ", ".join(self.countries) or "where people work"


class Waiver(models.Model):
    """One row is one finding that the house lives with, why, and until when; it holds in later versions too.

    It is bound to the rule, the clause for life and the words found, so that new words are looked at anew.
    """

    policy = models.ForeignKey("policy.Policy", on_delete=models.CASCADE, related_name="waivers")
    rule = models.CharField(max_length=8)
    clause_key = models.CharField(max_length=40, blank=True)
    quote = models.CharField(max_length=320, blank=True)
    reason = models.CharField(max_length=600)
    expires_on = models.DateField()
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["policy", "-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "rule", "clause_key", "quote"],
                condition=Q(ended_at__isnull=True),
                name="one_live_waiver_per_finding",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}, waived until {self.expires_on}"

    @property
    def is_live(self) -> bool:
        """Whether it holds today."""
        return self.ended_at is None and self.expires_on >= timezone.localdate()

    @property
    def title(self) -> str:
        """Its rule in words."""
        known = rules().get(self.rule)
        return known.title if known else self.rule


class LegalQuestion(models.Model):
    """One row is one finding put to those who review for legal, and their answer; it waits with each of them."""

    policy = models.ForeignKey("policy.Policy", on_delete=models.CASCADE, related_name="legal_questions")
    version = models.ForeignKey("policy.Version", null=True, on_delete=models.SET_NULL, related_name="+")
    rule = models.CharField(max_length=8)
    clause_key = models.CharField(max_length=40, blank=True)
    quote = models.CharField(max_length=320, blank=True)
    words = models.CharField(max_length=600, blank=True)
    asked_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "rule", "clause_key", "quote"],
                condition=Q(answered_at__isnull=True),
                name="one_open_question_per_finding",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.quote[:60]}"

    @property
    def title(self) -> str:
        """Its rule in words."""
        known = rules().get(self.rule)
        return known.title if known else self.rule
