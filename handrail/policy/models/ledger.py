"""The clause ledger: each clause for life, why it is there, every edit with its undoing, and typed changes."""

from django.db import models
from django.utils import timezone


class Clause(models.Model):
    """One row is one clause of a policy for as long as the policy lives; its wordings are in `ClauseText`.

    `came_from` names the clauses it was split from; `merged_into` the one it was merged into. `retired_in` is the
    first version without it. Where a draft is given up, both versions are forgotten and the row stands as before.
    """

    policy = models.ForeignKey("policy.Policy", on_delete=models.CASCADE, related_name="ledger")
    key = models.CharField(max_length=40)
    owner = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    topics = models.JSONField(default=list)
    audience = models.ForeignKey("people.Audience", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    came_from = models.JSONField(default=list)
    merged_into = models.CharField(max_length=40, blank=True)
    born_in = models.ForeignKey("policy.Version", null=True, on_delete=models.SET_NULL, related_name="+")
    retired_in = models.ForeignKey("policy.Version", null=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["policy", "id"]
        constraints = [models.UniqueConstraint(fields=["policy", "key"], name="one_row_per_clause_for_life")]

    def __str__(self) -> str:
        return self.key


class Because(models.Model):
    """One row is one reason why a clause is there or reads as it does; `ref` leads to the record it came from."""

    class Kind(models.TextChoices):
        """What put the clause there."""

        GOAL = "goal", "A goal"
        REMARK = "remark", "A remark"
        MISSTEP = "misstep", "A misstep"
        LAW = "law", "A law"
        AMENDMENT = "amendment", "An amendment"
        DECISION = "decision", "A decision"

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="because")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    ref = models.CharField(max_length=120, blank=True)
    words = models.CharField(max_length=600)
    version = models.ForeignKey("policy.Version", null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["clause", "id"]
        verbose_name_plural = "because"

    def __str__(self) -> str:
        return f"{self.words} ({self.get_kind_display().lower()})"


class ClauseEdit(models.Model):
    """One row is one verb on a version's text, with what it took out and put in, so that it can be undone.

    `place` counts characters of the Markdown before the change. An undo is an edit of its own that names what it
    undoes; undoing that one does the first again.
    """

    version = models.ForeignKey("policy.Version", on_delete=models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=16)
    keys = models.JSONField(default=list)
    place = models.PositiveIntegerField()
    removed = models.TextField(blank=True)
    added = models.TextField(blank=True)
    undoes = models.OneToOneField("self", null=True, on_delete=models.CASCADE, related_name="undone_by")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["version", "number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="edits_of_a_version_in_one_order")]

    def __str__(self) -> str:
        return f"{self.verb} {', '.join(self.keys)}"


class Unsaved(models.Model):
    """One row is what one person has typed into a clause and not yet put into the draft; nobody else sees it."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey("policy.Version", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)
    markup = models.TextField(blank=True)
    base_sha = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "version", "key"], name="one_unsaved_wording_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.key}, unsaved"


class ChangeTyping(models.Model):
    """One row is an author's word on what a clause's change asks: `said`, beside what the rules `proposed`.

    It holds for exactly the two wordings whose fingerprint it keeps; another edit makes it old.
    """

    version = models.ForeignKey("policy.Version", on_delete=models.CASCADE, related_name="typings")
    key = models.CharField(max_length=40)
    wordings_sha256 = models.CharField(max_length=64)
    proposed = models.CharField(max_length=12)
    why = models.TextField(blank=True)
    said = models.CharField(max_length=12)
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["version", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="one_typing_per_clause_and_version")]

    def __str__(self) -> str:
        return f"{self.key}: {self.said}"


class DraftWriter(models.Model):
    """One row is one clause that one person wrote into a draft since dropped; brought in anew, it is still theirs.

    `key` is the clause's id where no published version has it; `words_sha` the fingerprint of its words.
    """

    policy = models.ForeignKey("policy.Policy", on_delete=models.CASCADE, related_name="dropped_words")
    key = models.CharField(max_length=40, blank=True)
    words_sha = models.CharField(max_length=64)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    dropped_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["policy", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "key", "words_sha", "person"], name="one_row_per_writer_of_dropped_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key or 'words'}, dropped"
