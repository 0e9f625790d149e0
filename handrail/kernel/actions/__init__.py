"""The kernel's verbs: announce a fact, see to its follow-ups, queue and run jobs."""

from handrail.kernel.actions.announce import announce
from handrail.kernel.actions.follow import fact_of, follow_up_due, follow_up_now
from handrail.kernel.actions.queue import tidy_jobs
from handrail.kernel.actions.retry import retry_follow_up, retry_job

__all__ = ["announce", "fact_of", "follow_up_due", "follow_up_now", "retry_follow_up", "retry_job", "tidy_jobs"]
