"""What was heard: topics we listen for, the posts that came in, how they sound, and what did not go in."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Label(models.IntegerChoices):
    """How a post sounds; *not sure* is an answer too."""

    NEGATIVE = 0, "Negative"
    NEUTRAL = 1, "Neutral"
    POSITIVE = 2, "Positive"
    UNSURE = 3, "Not sure"


class TopicQuerySet(models.QuerySet["Topic"]):
    """Questions about many topics."""

    def live(self) -> "TopicQuerySet":
        """Those we listen for today."""
        return self.filter(retired_at__isnull=True)


class Topic(models.Model):
    """One row is one thing we listen for: a saved query, the purpose it serves and who answers for it."""

    name = models.CharField(max_length=120)
    query = models.TextField()
    purpose = models.CharField(max_length=500)
    owner = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    replayed_to = models.PositiveIntegerField(default=0)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(retired_at__isnull=True), name="one_live_topic_per_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_behind(self) -> bool:
        """Whether the posts kept from before have not all been looked at with the newest query."""
        return self.replayed_to < self.revision


class TopicRevision(models.Model):
    """One row is one wording of a topic's query, with what changing to it added and took away; never changed."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    query = models.TextField()
    purpose = models.CharField(max_length=500)
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    added = models.PositiveIntegerField(default=0)
    lost = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="one_wording_per_revision")]

    def __str__(self) -> str:
        return f"{self.name}, wording {self.number}"


class PostImport(models.Model):
    """One row is one file of posts: how it is read, how far it has come, and what became of its rows."""

    class State(models.TextChoices):
        """How far a file has come."""

        CHOSEN = "chosen", "Chosen, nothing written yet"
        WAITING = "waiting", "Waits for a worker"
        RUNNING = "running", "Going in"
        DONE = "done", "In"
        STOPPED = "stopped", "Stopped, can go on"
        PUT_BACK = "put_back", "Put back"

    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(default=0)
    form = models.CharField(max_length=20)
    columns: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.CHOSEN)
    rows_done = models.PositiveBigIntegerField(default=0)
    new = models.PositiveBigIntegerField(default=0)
    known = models.PositiveBigIntegerField(default=0)
    bad = models.PositiveBigIntegerField(default=0)
    skipped = models.PositiveBigIntegerField(default=0)
    why = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_moving(self) -> bool:
        """Whether a worker has it or will have it."""
        return self.state in (self.State.WAITING, self.State.RUNNING)


class BadPost(models.Model):
    """One row is one row of a file that did not go in, with its line, the cell and how to mend it."""

    post_import = models.ForeignKey(PostImport, on_delete=models.CASCADE, related_name="bad_posts")
    line = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=500)
    column = models.CharField(max_length=60, blank=True)
    cell = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["line", "id"]
        indexes = [models.Index(fields=["post_import", "line"], name="bad_posts_by_line")]

    def __str__(self) -> str:
        return f"Line {self.line}: {self.reason}"


class Mention(models.Model):
    """One row is one public post as its author published it, and how it sounds (probabilities in thousandths)."""

    uri = models.CharField(max_length=600, unique=True)
    platform = models.CharField(max_length=60, blank=True)
    author = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    langs = models.CharField(max_length=60, blank=True)
    posted_at = models.DateTimeField()
    url = models.CharField(max_length=1000, blank=True)
    reply_to = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=200, blank=True)
    label = models.PositiveSmallIntegerField(choices=Label.choices)
    p_negative = models.PositiveSmallIntegerField(default=0)
    p_neutral = models.PositiveSmallIntegerField(default=0)
    p_positive = models.PositiveSmallIntegerField(default=0)
    post_import = models.ForeignKey(PostImport, null=True, on_delete=models.PROTECT, related_name="mentions")
    topics = models.ManyToManyField(Topic, through="TopicMention", related_name="mentions")

    class Meta:
        ordering = ["-posted_at", "-id"]
        indexes = [models.Index(fields=["posted_at", "id", "label"], name="mentions_by_time")]

    def __str__(self) -> str:
        return self.uri


class TopicMention(models.Model):
    """One row says that a post belongs to a topic; time and label stand here too, so that a stream is one index."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="topic_mentions")
    posted_at = models.DateTimeField()
    label = models.PositiveSmallIntegerField(choices=Label.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "mention"], name="a_post_is_in_a_topic_once")]
        indexes = [models.Index(fields=["topic", "posted_at", "mention", "label"], name="topic_mentions_by_time")]

    def __str__(self) -> str:
        return f"{self.topic_id} × {self.mention_id}"


class HourCount(models.Model):
    """One row counts the posts of one hour that sound one way: of one topic, or of all posts where topic is empty."""

    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    hour = models.DateTimeField()
    label = models.PositiveSmallIntegerField(choices=Label.choices)
    n = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hour", "label"], condition=Q(topic__isnull=True), name="one_count_per_hour_and_label"
            ),
            models.UniqueConstraint(
                fields=["topic", "hour", "label"],
                condition=Q(topic__isnull=False),
                name="one_count_per_topic_hour_label",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H}h, {self.n}"


def hour_of(moment: datetime) -> datetime:
    """The full hour a moment falls in."""
    return moment.replace(minute=0, second=0, microsecond=0)
