"""What stands around a policy: procedures that carry it out, amendments, translations, scenarios, reminders sent."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Procedure(models.Model):
    """One row is one procedure of a department: how something is done. It changes freely; its words are its texts."""

    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=200)
    department = models.CharField(max_length=120)
    owner = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["department", "number"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        """How people cite it: P-07."""
        return f"P-{self.number:02}"


class ProcedureText(models.Model):
    """One row is one version of a procedure's text, from draft to superseded; approved words never change."""

    class State(models.TextChoices):
        """How far the text has come."""

        DRAFT = "draft", "Draft"
        IN_FORCE = "in_force", "In force"
        SUPERSEDED = "superseded", "Superseded"

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField()
    markdown = models.TextField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["procedure", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="one_procedure_text_per_number"),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(state="draft"), name="one_draft_text_per_procedure"
            ),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(state="in_force"), name="one_text_in_force_per_procedure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure}, version {self.number}"


class Adherence(models.Model):
    """One row says that a procedure carries a clause out, or builds on another procedure.

    `flagged_in` is the version whose publication changed the clause; the flag stands until somebody has looked.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="adherences")
    policy = models.ForeignKey("policy.Policy", null=True, on_delete=models.CASCADE, related_name="+")
    clause_key = models.CharField(max_length=40, blank=True)
    builds_on = models.ForeignKey(Procedure, null=True, on_delete=models.CASCADE, related_name="built_on_by")
    flagged_in = models.ForeignKey("policy.Version", null=True, on_delete=models.SET_NULL, related_name="+")
    flagged_why = models.CharField(max_length=12, blank=True)
    flagged_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["procedure", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "policy", "clause_key"],
                condition=Q(builds_on__isnull=True),
                name="a_procedure_adheres_to_a_clause_once",
            ),
            models.UniqueConstraint(fields=["procedure", "builds_on"], name="a_procedure_builds_on_another_once"),
            models.CheckConstraint(
                condition=Q(builds_on__isnull=True, policy__isnull=False) & ~Q(clause_key="")
                | Q(builds_on__isnull=False, policy__isnull=True, clause_key=""),
                name="an_adherence_leads_to_a_clause_or_a_procedure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure.code} to {self.builds_on or self.clause_key}"


class StepMove(models.Model):
    """One row is one act that took steps out of a draft into a procedure; undone while neither has moved on."""

    version = models.ForeignKey("policy.Version", on_delete=models.CASCADE, related_name="step_moves")
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="+")
    keys = models.JSONField(default=list)
    pointer_key = models.CharField(max_length=40)
    policy_before = models.TextField()
    policy_after = models.TextField()
    steps = models.TextField()
    text_before = models.TextField(blank=True)
    text_after = models.TextField()
    is_new = models.BooleanField(default=False)
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{len(self.keys)} steps to {self.procedure}"


class Amendment(models.Model):
    """One row is one proposed change of a policy, with why; a hypothesis says what it should do and when to look.

    `clause_key` is empty for a new clause; `after_key` then says behind which. `made_key` is the clause it became.
    """

    class State(models.TextChoices):
        """What became of it."""

        PROPOSED = "proposed", "Proposed"
        TAKEN_UP = "taken_up", "In the draft"
        DECLINED = "declined", "Declined"
        DONE = "done", "Published"

    policy = models.ForeignKey("policy.Policy", on_delete=models.CASCADE, related_name="amendments")
    clause_key = models.CharField(max_length=40, blank=True)
    after_key = models.CharField(max_length=40, blank=True)
    wording = models.TextField(blank=True)
    because = models.CharField(max_length=600)
    because_kind = models.CharField(max_length=12, default="decision")
    because_ref = models.CharField(max_length=120, blank=True)
    claim = models.CharField(max_length=400, blank=True)
    measure = models.CharField(max_length=200, blank=True)
    check_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=600, blank=True)
    version = models.ForeignKey("policy.Version", null=True, on_delete=models.SET_NULL, related_name="amendments")
    made_key = models.CharField(max_length=40, blank=True)
    once = models.CharField(max_length=64, null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"A-{self.pk}"

    @property
    def has_hypothesis(self) -> bool:
        """Whether it says what should come of it."""
        return bool(self.claim)


class AmendmentSupport(models.Model):
    """One row says that somebody is for an amendment."""

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="supports")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["amendment", "person"], name="one_voice_per_amendment")]

    def __str__(self) -> str:
        return f"{self.person} for {self.amendment}"


class Translation(models.Model):
    """One row is one policy in one other language; `published_from` is the version its published words say."""

    policy = models.ForeignKey("policy.Policy", on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=12)
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    published_from = models.ForeignKey("policy.Version", null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["policy", "language"]
        constraints = [models.UniqueConstraint(fields=["policy", "language"], name="one_translation_per_language")]

    def __str__(self) -> str:
        return f"{self.policy}, {self.language}"


class TranslatedClause(models.Model):
    """One row is one clause (or heading, `key` h-…) in another language, bound to the exact source words it says.

    `source_sha` is the fingerprint of those source words; another one in the source marks it as older. `shown` are
    the words readers see since the last publishing, `shown_sha` the source words those say.
    """

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="clauses")
    key = models.CharField(max_length=40)
    text = models.TextField()
    source_sha = models.CharField(max_length=64)
    source_version = models.ForeignKey("policy.Version", null=True, on_delete=models.SET_NULL, related_name="+")
    shown = models.TextField(blank=True)
    shown_sha = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["translation", "id"]
        constraints = [models.UniqueConstraint(fields=["translation", "key"], name="one_wording_per_translated_clause")]

    def __str__(self) -> str:
        return f"{self.key}: {self.text[:60]}"


class Scenario(models.Model):
    """One row is one situation that tests clauses: what should I do, and what does the policy say."""

    class Verdict(models.TextChoices):
        """What the policy says about it."""

        FINE = "fine", "Fine"
        ASK = "ask_first", "Ask first"
        DONT = "dont", "Don’t"

    policy = models.ForeignKey("policy.Policy", on_delete=models.CASCADE, related_name="scenarios")
    situation = models.TextField()
    question = models.CharField(max_length=300)
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    why = models.TextField(blank=True)
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["policy", "id"]

    def __str__(self) -> str:
        return self.situation[:80]


class ScenarioClause(models.Model):
    """One row says that a scenario tests a clause."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="tests")
    key = models.CharField(max_length=40)

    class Meta:
        ordering = ["scenario", "id"]
        constraints = [models.UniqueConstraint(fields=["scenario", "key"], name="a_scenario_tests_a_clause_once")]

    def __str__(self) -> str:
        return self.key


class ScenarioCheck(models.Model):
    """One row is an author's word on a scenario for a version whose changes might flip it.

    It holds for the wordings whose fingerprint it keeps; another edit of the clauses opens the question again.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="checks")
    version = models.ForeignKey("policy.Version", on_delete=models.CASCADE, related_name="scenario_checks")
    wordings_sha256 = models.CharField(max_length=64)
    was = models.CharField(max_length=12)
    said = models.CharField(max_length=12)
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["version", "id"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "version"], name="one_word_per_scenario_and_version")
        ]

    def __str__(self) -> str:
        return f"{self.scenario_id}: {self.said}"


class ReviewReminder(models.Model):
    """One row says that those who answer for a policy were reminded of its day of review, so many days before."""

    policy = models.ForeignKey("policy.Policy", on_delete=models.CASCADE, related_name="reminders")
    review_by = models.DateField()
    days = models.PositiveSmallIntegerField()
    told = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "review_by", "days"], name="one_reminder_per_day_and_distance")
        ]

    def __str__(self) -> str:
        return f"{self.policy}, {self.days} days before {self.review_by}"
