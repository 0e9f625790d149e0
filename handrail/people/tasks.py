"""What workers do for people: queued work is declared beside its verb and listed here to be found; tidying is daily."""

from handrail.kernel.jobs import daily, task
from handrail.people.actions.gaps import open_gaps_of_leavers
from handrail.people.actions.sign_in import let_go_of_old_sign_ins
from handrail.people.actions.start import put_people_in
from handrail.people.letters import send_letter

__all__ = ["find_gaps", "put_people_in", "send_letter", "tidy_sign_ins"]


@daily(at="03:40")
@task()
def tidy_sign_ins() -> None:
    """Let go of sign-ins that ended and of failed tries that no longer slow anyone down."""
    let_go_of_old_sign_ins()


@daily(at="04:20")
@task()
def find_gaps() -> None:
    """Open a task for each assignment of somebody who leaves, and close those that are settled."""
    open_gaps_of_leavers()
