"""Rounds of review: who was asked, which words they saw, what they said, what became of it, who signed."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone

from handrail.people.models import Interest

NAMED = Q(person__isnull=False, outsider__isnull=True) | Q(person__isnull=True, outsider__isnull=False)


def new_uid() -> str:
    """A random public name; it tells nothing of when or by whom."""
    return secrets.token_hex(8)


class Round(models.Model):
    """One row is one time of review of one text. `number` is its present snapshot, whose fingerprints it repeats.

    `subject_kind` and `subject_key` are the ref of the reviewed thing. `letters` counts anonymous remarks that have
    not come out yet. `groups` says under which name, shared by five people or more, each function is counted. A round
    is born open; triggers let it clear only when everyone with a stake was heard.
    """

    class State(models.TextChoices):
        """How far it has come."""

        OPEN = "open", "Open"
        CLEARED = "cleared", "Cleared"
        WITHDRAWN = "withdrawn", "Withdrawn"

    subject_kind = models.CharField(max_length=40)
    subject_key = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    href = models.CharField(max_length=300, blank=True)
    asks = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    number = models.PositiveIntegerField(default=1)
    text_sha256 = models.CharField(max_length=64)
    words_sha256 = models.CharField(max_length=64)
    anonymous = models.BooleanField(default=False)
    for_everyone = models.BooleanField(default=False)
    open_to = models.ForeignKey("people.Audience", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    open_to_words = models.CharField(max_length=160, blank=True)
    invited = models.PositiveIntegerField(default=0)
    letters = models.PositiveIntegerField(default=0)
    groups = models.JSONField(default=dict, blank=True)
    names_signers = models.BooleanField(default=True, db_default=True)
    opened_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField()
    cleared_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cleared_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_key"], condition=Q(state="open"), name="one_open_round_per_subject"
            )
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_key", "-id"], name="rounds_by_subject"),
            models.Index(fields=["state", "closes_at"], name="rounds_by_state"),
        ]

    def __str__(self) -> str:
        return f"round {self.pk}: {self.title}"

    @property
    def is_open(self) -> bool:
        """Whether it still takes remarks and sign-offs."""
        return self.state == Round.State.OPEN

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed; it stays open until somebody clears or withdraws it."""
        return self.closes_at <= timezone.now()


class RoundAuthor(models.Model):
    """One row is one person whose words the text holds; an author never counts for an interest.

    An author is whoever put words into the text. Suggesting wording in a remark is a reviewer's work and makes nobody
    an author, even where it is taken up as it stands; the record says of such a signature that wording was put forward.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="author_rows")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    since = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="an_author_is_named_once")]

    def __str__(self) -> str:
        return f"{self.person} wrote in {self.round_id}"


class RequiredInterest(models.Model):
    """One row is one interest that must sign, with how many of its reviewers."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="required")
    interest = models.CharField(max_length=32, choices=Interest.choices)
    quorum = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "interest"], name="an_interest_is_required_once"),
            models.CheckConstraint(condition=Q(quorum__gte=1), name="a_quorum_is_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{self.get_interest_display()}, {self.quorum}"


class InterestLeftOut(models.Model):
    """One row is one interest that this round does not ask, and why; the record prints it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="left_out")
    interest = models.CharField(max_length=32, choices=Interest.choices)
    why = models.TextField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "interest"], name="an_interest_is_left_out_once")]

    def __str__(self) -> str:
        return f"{self.get_interest_display()}: {self.why}"


class Snapshot(models.Model):
    """One row is the text as it stood from one redraft to the next; never changed, never removed."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField()
    text_sha256 = models.CharField(max_length=64)
    words_sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="one_snapshot_per_number")]

    def __str__(self) -> str:
        return f"text {self.number} of round {self.round_id}"


class SnapshotClause(models.Model):
    """One row is one clause of a snapshot; `sha` is the fingerprint of its heading and words."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="clauses")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=80)
    number = models.CharField(max_length=40, blank=True)
    heading = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    level = models.IntegerField(default=0)
    kind = models.CharField(max_length=32, blank=True)
    sha = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["snapshot", "key"], name="one_clause_per_key_and_snapshot")]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip() or self.key


class Seat(models.Model):
    """One row is one person asked to a round: for an interest, or (`interest` empty) in the open part.

    `group` is their function on that day and `label` the invited group, such as Stewards. What a person of the open
    part opened is not kept here: Opening counts it without a name. `stands_for` is the reviewer for whom a stand-in
    reads; such a seat gives no signature of its own.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    interest = models.CharField(max_length=32, choices=Interest.choices, blank=True)
    group = models.CharField(max_length=120, blank=True)
    label = models.CharField(max_length=80, blank=True)
    stands_for = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "person", "interest"], name="one_seat_per_interest")]
        indexes = [
            models.Index(fields=["round", "interest"], name="seats_by_interest"),
            models.Index(fields=["round"], name="seats_not_asked_yet", condition=Q(asked_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.person} in round {self.round_id}{f' for {self.interest}' if self.interest else ''}"


class Reading(models.Model):
    """One row says that a reviewer opened a clause in exactly these words. Kept for interests only, without a time."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="readings")
    clause_key = models.CharField(max_length=80)
    clause_sha = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "clause_key", "clause_sha"], name="a_clause_is_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.clause_key} by seat {self.seat_id}"


class Opening(models.Model):
    """One row says that someone of a group opened the text (or one clause of it), so that shares can be counted.

    `mark` is a keyed fingerprint of person and round whose key is not in the database: it keeps one person from
    counting twice and leads back to nobody.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="openings")
    mark = models.CharField(max_length=64, primary_key=True)
    group = models.CharField(max_length=120, blank=True)
    label = models.CharField(max_length=80, blank=True)
    clause_key = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["round", "clause_key", "group"], name="openings_by_group")]

    def __str__(self) -> str:
        return f"an opening in round {self.round_id}"


class Outsider(models.Model):
    """One row is one person from elsewhere invited by a link that ends; only the link's fingerprint is kept."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="outsiders")
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        """Whether the link still opens."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class Remark(models.Model):
    """One row is what somebody said about the text, a clause or words of it; with a parent, an answer in its thread.

    `clause_key` and `quote` are where it stands in the present text; `said_on`, `said_clause` and `said_quote` where
    it was made. `assignee` answers it; without one, whoever opened the round does. An anonymous remark names nobody
    and no moment: only the day on which its batch came out.
    """

    class Place(models.TextChoices):
        """How its place in the present text was found."""

        WHOLE = "whole", "On the whole text"
        ANCHORED = "anchored", "Where it was made"
        CARRIED = "carried", "Carried over"
        REANCHORED = "reanchored", "Moved with the words"
        DETACHED = "detached", "Its words are gone"

    uid = models.CharField(max_length=16, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="remarks")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outsider = models.ForeignKey(Outsider, null=True, blank=True, on_delete=models.PROTECT, related_name="remarks")
    anonymous = models.BooleanField(default=False)
    receipt_sha256 = models.CharField(max_length=64, null=True, blank=True, unique=True)
    by_receipt = models.BooleanField(default=False)
    interest = models.CharField(max_length=32, choices=Interest.choices, blank=True)
    group = models.CharField(max_length=120, blank=True)
    clause_key = models.CharField(max_length=80, blank=True)
    quote = models.TextField(blank=True)
    place = models.CharField(max_length=12, choices=Place.choices, default=Place.WHOLE)
    said_on = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="remarks")
    said_clause = models.CharField(max_length=80, blank=True)
    said_quote = models.TextField(blank=True)
    said_before = models.CharField(max_length=200, blank=True)
    said_after = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    suggested = models.TextField(blank=True)
    is_condition = models.BooleanField(default=False)
    because_rule = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    made_on = models.DateField(default=timezone.localdate)
    withdrawn_on = models.DateField(null=True, blank=True)
    once = models.CharField(max_length=64, null=True, blank=True, unique=True)
    assignee = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(anonymous=True, person__isnull=True, outsider__isnull=True, made_at__isnull=True)
                    | (Q(anonymous=False, receipt_sha256__isnull=True) & NAMED)
                ),
                name="anonymous_names_nobody_and_no_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["round", "clause_key"], name="remarks_by_clause"),
            models.Index(fields=["person"], name="remarks_by_person"),
        ]

    def __str__(self) -> str:
        return f"remark {self.uid}"


class Letterbox(models.Model):
    """One row holds a round's anonymous remarks that have not come out yet, all in one shuffled bundle.

    One bundle, written anew each time, because rows of their own would stand in the order of their making.
    """

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="letterbox")
    letters = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"letterbox of round {self.round_id}"


class Stand(models.Model):
    """One row is one person, of the house or from elsewhere, for or against a remark or the wording it suggests."""

    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="stands")
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outsider = models.ForeignKey(Outsider, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    support = models.BooleanField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["remark", "person"], name="one_stand_per_person"),
            models.UniqueConstraint(fields=["remark", "outsider"], name="one_stand_per_outsider"),
            models.CheckConstraint(condition=NAMED, name="a_stand_is_one_persons"),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.outsider} {'for' if self.support else 'against'} {self.remark_id}"


class Disposition(models.Model):
    """One row is what became of a remark, and why. Reopened ones stay in the record; one is live at a time."""

    class Verdict(models.TextChoices):
        """What became of it."""

        ADOPTED = "adopted", "Adopted"
        ADAPTED = "adapted", "Adapted"
        DECLINED = "declined", "Declined"
        OUT_OF_SCOPE = "out_of_scope", "Out of scope"

    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="dispositions")
    verdict = models.CharField(max_length=16, choices=Verdict.choices)
    reason = models.TextField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    on = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    changed_clause = models.CharField(max_length=80, blank=True)
    changed_number = models.CharField(max_length=40, blank=True)
    words_before = models.TextField(blank=True)
    words_after = models.TextField(blank=True)
    duplicate_of = models.ForeignKey(Remark, null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates")
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reopened_why = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["remark"], condition=Q(reopened_at__isnull=True), name="one_live_disposition_per_remark"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.reason}"


class Answer(models.Model):
    """One row says that a remark's author is told what became of it; `seen_at` once they have read it."""

    disposition = models.ForeignKey(Disposition, on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outsider = models.ForeignKey(Outsider, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=NAMED, name="an_answer_goes_to_one_person")]
        indexes = [models.Index(fields=["person"], name="answers_not_seen", condition=Q(seen_at__isnull=True))]

    def __str__(self) -> str:
        return f"answer to {self.person or self.outsider}"


class SignOff(models.Model):
    """One row is an interest's word, by one reviewer, on exactly the words of one snapshot.

    It counts while `words_sha256` is that of the present text, its signer said that its condition (if any) is met, it
    was not withdrawn, and whoever gave it, like the reviewer in whose place it was given (`stands_for`), is here and no
    author; that reviewer still reads for the interest.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sign_offs")
    interest = models.CharField(max_length=32, choices=Interest.choices)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    stands_for = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="sign_offs")
    words_sha256 = models.CharField(max_length=64)
    condition = models.TextField(blank=True)
    remark = models.ForeignKey(Remark, null=True, blank=True, on_delete=models.PROTECT, related_name="conditions")
    condition_met_at = models.DateTimeField(null=True, blank=True)
    condition_met_how = models.TextField(blank=True)
    signed_at = models.DateTimeField(default=timezone.now)
    stale_since = models.PositiveIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "interest", "person"],
                condition=Q(ended_at__isnull=True),
                name="one_live_sign_off_per_reviewer",
            ),
            models.UniqueConstraint(
                fields=["round", "interest", "stands_for"],
                condition=Q(ended_at__isnull=True, stands_for__isnull=False),
                name="one_live_sign_off_in_a_reviewers_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signer} for {self.get_interest_display()}"

    @property
    def signer(self) -> str:
        """Who signed, and in whose place: Ann for Ben."""
        return f"{self.person} for {self.stands_for}" if self.stands_for_id else str(self.person)


class Hook(models.Model):
    """One row is one channel outside that is told about rounds, by a webhook.

    `sealed` is its address, encrypted with the house's key: whoever holds such an address can write into the channel.
    It is wiped when the row is removed. `last_words` says how the latest post went, without the address.
    """

    class Kind(models.TextChoices):
        """Whose format its posts have."""

        SLACK = "slack", "Slack"
        TEAMS = "teams", "Microsoft Teams"

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    sealed = models.TextField(blank=True)
    added_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    last_went_well = models.BooleanField(default=False)
    last_words = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(removed_at__isnull=True), name="one_live_hook_per_name"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(sealed=""), name="a_removed_hook_keeps_no_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name
