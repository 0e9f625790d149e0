"""The desk's one verb: write down how the seven questions stand today."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from handrail.kernel.actions import announce
from handrail.kernel.errors import NotNow
from handrail.web.answers import work_out
from handrail.web.facts import AnswerMoved
from handrail.web.models import AnswerDay
from handrail.web.reads import last_states


@transaction.atomic
def record_answers(day: date | None = None) -> list[AnswerDay]:
    """Work the seven answers out and keep one row each for today; the machine's own deed, so it asks no one's leave.

    A second call on the same day replaces that day's rows. Days gone by are history and are refused, since the
    record as it was then can't be asked again. Where a state differs from the last one kept, that is announced.
    """
    today = timezone.localdate()
    if day is not None and day != today:
        raise NotNow(f"Answers can only be written down for today, {today}; {day} can’t be worked out again.")
    standing = work_out()
    before = last_states()
    rows = []
    for answer in standing.answers:
        written = {
            "state": answer.state,
            "score": answer.score,
            "sentence": "".join(part.text for part in answer.sentence),
            "why": answer.why[:300],
            "worked_out_at": standing.worked_out_at,
        }
        row, _ = AnswerDay.objects.update_or_create(question=answer.question, day=today, defaults=written)
        rows.append(row)
        last = before.get(answer.question)
        if last is not None and last != answer.state:
            announce(AnswerMoved(answer.question, last, answer.state, answer.why[:300]), who=None)
    return rows
