"""How a person puts work that failed for good back in line."""

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions.announce import Someone, announce
from handrail.kernel.errors import NotNow
from handrail.kernel.facts import WorkRetried
from handrail.kernel.models import FollowUp, Job
from handrail.kernel.refs import Ref

MORE_TRIES = 3


@transaction.atomic
def retry_job(job: Job, *, who: Someone | None) -> Job:
    """Put a failed job back in line with a few more tries. Raises NotNow for a job that has not failed."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state != Job.State.FAILED:
        raise NotNow("Only a job that failed can be tried again, and this one has not failed.")
    job.state = Job.State.WAITING
    job.due_at = timezone.now()
    job.max_tries = max(job.max_tries, job.tries + MORE_TRIES)
    job.finished_at = None
    job.save()
    announce(WorkRetried(Ref("job", job.pk), job.task), who=who)
    return job


@transaction.atomic
def retry_follow_up(follow_up: FollowUp, *, who: Someone | None) -> FollowUp:
    """Put a stuck follow-up back in line. Raises NotNow for one that is not stuck."""
    row = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if row.state != FollowUp.State.STUCK:
        raise NotNow("Only a follow-up that needs someone can be tried again, and this one doesn’t.")
    row.state = FollowUp.State.WAITING
    row.tries = 0
    row.due_at = timezone.now()
    row.save()
    announce(WorkRetried(Ref("follow-up", row.pk), row.name), who=who)
    return row
