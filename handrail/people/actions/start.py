"""A checked file is put in: at once when it is short, by a worker when it is long."""

from django.db import transaction

from handrail.kernel.errors import BadInput, NotNow, Refusal
from handrail.kernel.jobs import enqueue, report, task
from handrail.people.actions.imports import in_hand, note_failure, put_in
from handrail.people.models import PeopleImport, Person

LONG = 2_000


@task()
def put_people_in(key: int, confirmed: bool) -> None:
    """Put a file in that is too long for a request; where it can't go in, its page says why."""
    row = PeopleImport.objects.filter(pk=key, state=PeopleImport.State.RUNNING).first()
    if row is None:
        return
    try:
        put_in(row, by=row.by, confirmed=confirmed, progress=report)
    except Refusal as refusal:
        note_failure(row, refusal.sentence)


def start_import(row: PeopleImport, *, by: Person, confirmed: bool = False) -> PeopleImport:
    """Put a checked file in. A long one goes to a worker, and its page shows how far it has come."""
    if row.found.get("refusal"):
        raise BadInput(row.found["refusal"])
    if row.rows <= LONG:
        return put_in(row, by=by, confirmed=confirmed)
    with transaction.atomic():
        row = in_hand(row, by)
        if row.state == PeopleImport.State.DONE:
            return put_in(row, by=by, confirmed=confirmed)
        if row.found.get("too_many_leave") and not confirmed:
            raise NotNow("More than one in twenty would leave. Confirm that the file is right, then put it in.")
        row.state, row.by, row.why = PeopleImport.State.RUNNING, by, ""
        row.found = {**row.found, "job": enqueue(put_people_in, row.pk, confirmed).pk}
        row.save()
    return row
