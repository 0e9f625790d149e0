"""Who is here: persons, org units, roles, audiences, and the imports that brought them."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

FIRST_OWNER = "first-owner"  # stands for a staff number until a staff file brings one


class Role(models.TextChoices):
    """What a person may do beyond being an employee. *Line manager* is derived from the org chart, never granted."""

    GOVERNANCE_OWNER = "governance_owner", "Governance owner"
    AUTHOR = "author", "Author"
    REVIEWER = "reviewer", "Reviewer"
    STEWARD = "steward", "Steward"
    CARE_ANALYST = "care_analyst", "Care analyst"
    AUDITOR = "auditor", "Auditor"


class Interest(models.TextChoices):
    """On whose behalf a reviewer reads."""

    LEGAL = "legal", "Legal"
    SECURITY = "security", "Security"
    PRIVACY = "privacy", "Privacy"
    BRAND = "brand", "Brand"
    EMPLOYEES = "employees", "Employees"


class OrgUnit(models.Model):
    """One row is one part of the organisation, such as a hotel or a department; units form a tree.

    `path` is the names from the top joined by “ / ”; it is unique and lets a subtree be found by prefix.
    """

    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=1000, unique=True)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about many persons."""

    def here(self) -> "PersonQuerySet":
        """Those who work here today: not yet left."""
        today = timezone.localdate()
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), is_active=True)


class PersonManager(BaseUserManager["Person"]):
    """Finds persons by e-mail for sign-in."""

    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def here(self) -> PersonQuerySet:
        """Those who work here today."""
        return self.get_queryset().here()

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this e-mail, whatever its case; addresses are kept in lower case."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """One row is one person of the workforce, known by staff number; with a password they can sign in.

    A leaver keeps the row (`ends_on` past, `is_active` false), because what they agreed to and wrote stays in the
    record. `joined_in` is the import that brought them; a person without one was never in a staff file, so no file
    can make them leave.
    """

    staff_number = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, null=True, blank=True, unique=True)
    unit = models.ForeignKey(OrgUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    line_manager = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="team")
    function = models.CharField(max_length=120, blank=True, db_index=True)
    job = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True, db_index=True)
    language = models.CharField(max_length=8, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    joined_in = models.ForeignKey(
        "PeopleImport", null=True, blank=True, on_delete=models.PROTECT, related_name="joined", editable=False
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["staff_number", "name"]

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "people"
        indexes = [models.Index(fields=["name", "id"], name="people_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name as the person is known."""
        return self.name

    @property
    def is_here(self) -> bool:
        """Whether they work here today; the same rule as `PersonQuerySet.here`."""
        return self.is_active and (self.ends_on is None or self.ends_on >= timezone.localdate())

    @property
    def number_in_words(self) -> str:
        """The staff number, or how they came in where no payroll has given them one."""
        return "added by hand" if self.staff_number == FIRST_OWNER else self.staff_number

    @property
    def initials(self) -> str:
        """One or two letters for the round mark in the top bar."""
        parts = [part for part in self.name.split() if part[:1].isalnum()]
        if not parts:
            return "?"
        return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()


class RoleGrant(models.Model):
    """One row is one role a person holds or held; `interest` is set for reviewers only."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=32, choices=Role.choices)
    interest = models.CharField(max_length=32, choices=Interest.choices, blank=True)
    granted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["role", "interest", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "interest"],
                condition=Q(ended_at__isnull=True),
                name="one_live_grant_per_role",
            ),
            models.CheckConstraint(
                condition=(Q(role="reviewer") & ~Q(interest="")) | (~Q(role="reviewer") & Q(interest="")),
                name="reviewers_and_only_they_have_an_interest",
            ),
        ]

    def __str__(self) -> str:
        shown: Any = self.get_interest_display() if self.interest else ""
        return f"{self.get_role_display()}{f', {shown}' if shown else ''}"


class Audience(models.Model):
    """One row is one group of people said as a rule over their fields, so that it is always up to date.

    `rule` is {"join": "all" | "any", "lines": [{"field", "op", "value"}]}; audience_rules.py reads it.
    """

    name = models.CharField(max_length=120, unique=True)
    rule = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PeopleImport(models.Model):
    """One row is one staff file: chosen, checked, then put in or not, and perhaps put back.

    `file` keeps the packed file while rows of it may still go in. `columns` says what each of its columns is,
    `corrections` what was mended by hand (line → cells, or null for a line dropped), `found` what the last check
    said. `undo` is the packed record of values as they were before.
    """

    class State(models.TextChoices):
        """How far the file has come."""

        CHECKED = "checked", "Checked"
        RUNNING = "running", "Going in"
        DONE = "done", "In"
        PUT_BACK = "put_back", "Put back"
        FAILED = "failed", "Did not go in"
        DROPPED = "dropped", "Dropped"

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    file = models.BinaryField(null=True)
    file_is_complete = models.BooleanField(default=False)
    columns = models.JSONField(default=list)
    corrections = models.JSONField(default=dict)
    found = models.JSONField(default=dict)
    undo = models.BinaryField(null=True)
    rows = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    held_back = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State.choices, default=State.CHECKED)
    why = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name


class PeopleImportRow(models.Model):
    """One row is one line of a staff file that can't go in yet: its cells as typed, what is wrong, how to mend it."""

    people_import = models.ForeignKey(PeopleImport, on_delete=models.CASCADE, related_name="held")
    line = models.PositiveIntegerField()
    cells = models.JSONField()
    column = models.IntegerField(null=True, blank=True)
    cell = models.CharField(max_length=200, blank=True)
    wrong = models.CharField(max_length=300)
    mend = models.CharField(max_length=300, blank=True)
    suggestion = models.CharField(max_length=254, blank=True)

    class Meta:
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["people_import", "line"], name="one_reason_per_line")]

    def __str__(self) -> str:
        return f"line {self.line}: {self.wrong}"


class SignIn(models.Model):
    """One row is one browser in which a person is signed in; only they see it, to sign out elsewhere."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=80, blank=True)
    began_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-began_at"]

    def __str__(self) -> str:
        return self.browser or "A browser"


class SignInTry(models.Model):
    """One row counts failed tries for one account or one address (kept as a fingerprint), so that guessing is slow."""

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)
    closed_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.failures} failed tries"
