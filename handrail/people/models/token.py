"""Keys for scripts: what a token may do, until when, and when it was last used; never the token itself."""

from django.db import models
from django.utils import timezone

from handrail.people.models.person import Person


class ApiToken(models.Model):
    """One row is one token a person made; only its fingerprint is kept, so it can be shown just once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64, unique=True)
    start = models.CharField(max_length=12)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField()
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        """Whether it opens the door today; a leaver's never does."""
        return self.revoked_at is None and self.expires_on >= timezone.localdate() and self.person.is_here
