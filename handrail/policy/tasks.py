"""What policy does by the clock: bring versions into force on their day, remind of days of review."""

from handrail.kernel.jobs import daily, task
from handrail.policy.actions import bring_into_force, remind_of_reviews


@daily(at="00:05")
@task()
def bring_versions_into_force() -> None:
    """Bring every version into force whose day has come."""
    bring_into_force()


@daily(at="07:30")
@task()
def remind_of_days_of_review() -> None:
    """Tell those who answer for a policy that its day of review is near."""
    remind_of_reviews()
