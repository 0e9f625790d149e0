"""What policy does by the clock: bring versions into force on their day."""

from handrail.kernel.jobs import daily, task
from handrail.policy.actions import bring_into_force


@daily(at="00:05")
@task()
def bring_versions_into_force() -> None:
    """Bring every version into force whose day has come."""
    bring_into_force()
