"""What the desk does by itself: writing the day's answers down, cutting the typefaces to size."""

from handrail.kernel.jobs import daily, every, task
from handrail.web import fonts
from handrail.web.actions import record_answers


@every(minutes=60)
@task()
def keep_todays_answers() -> None:
    """Keep today's rows fresh, so that a move shows within the hour."""
    record_answers()


@daily(at="23:50")
@task()
def close_the_day() -> None:
    """The day's last look, which history keeps."""
    record_answers()


@every(minutes=60)
@task()
def build_fonts() -> None:
    """Write the small WOFF2 faces where fontTools is installed and they are not there yet; else do nothing."""
    fonts.build()
