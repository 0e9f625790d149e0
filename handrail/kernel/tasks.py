"""What the kernel does by itself: seal the journal, prove it every night, tidy away what was done long ago."""

from handrail.kernel.actions.queue import tidy_follow_ups, tidy_jobs
from handrail.kernel.actions.seal import make_checkpoint
from handrail.kernel.errors import NotNow
from handrail.kernel.jobs import daily, every, task
from handrail.kernel.record import check_journal


@every(minutes=10)
@task(priority=20)
def seal_the_journal() -> int:
    """Sign what was added since the last checkpoint; returns how many facts are covered then, 0 for no change."""
    made = make_checkpoint()
    return made.count if made else 0


@daily(at="03:40")
@task(max_tries=2)
def prove_the_journal() -> str:
    """Check the whole record; a broken one fails this job with the sentence that names the first bad fact."""
    verdict, notes = check_journal()
    if verdict.first_bad is not None:
        raise NotNow(f"The record is not whole. {verdict.first_bad.sentence} Run “handrail verify” for all of it.")
    if notes:
        raise NotNow(" ".join(notes))
    return f"{verdict.facts} facts, {verdict.signed} signed"


@daily(at="04:20")
@task()
def tidy_away() -> str:
    """Remove jobs done a month ago and follow-ups done a quarter ago. Facts stay for ever."""
    return f"{tidy_jobs()} jobs, {tidy_follow_ups()} follow-ups"
