"""What strategy does by the clock: ask for another look at purposes on their day of review."""

from handrail.kernel.jobs import daily, task
from handrail.strategy.actions import reopen_due


@daily(at="06:40")
@task()
def look_at_purposes_again() -> None:
    """Reopen purposes whose day of review is there, and tell two weeks ahead."""
    reopen_due()
