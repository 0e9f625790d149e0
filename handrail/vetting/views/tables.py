"""The tables of a round as CSV: remarks, the matrix, sign-offs, groups, people from elsewhere."""

import csv
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from handrail.kernel.files import csv_answer, safe_cell
from handrail.people.guard import guarded
from handrail.people.models import Interest
from handrail.people.reads import anyone
from handrail.vetting.models import Outsider, SignOff
from handrail.vetting.reads import matrix, remarks_of, silent_groups
from handrail.vetting.views.asked import round_asked, round_to_run


def _table(name: str, head: list[str], rows: Iterable[list[object]]) -> HttpResponse:
    response = csv_answer(name)
    writer = csv.writer(response)
    writer.writerow(head)
    for row in rows:
        writer.writerow([safe_cell(str("" if cell is None else cell)) for cell in row])
    return response


@guarded(anyone)
@require_GET
def remarks_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Every remark with its answer, in reading order; replies follow their remark."""
    round = round_asked(request, pk)
    head = ["remark", "in reply to", "clause", "place", "quotation", "from", "interest", "made on", "words"]
    head += ["suggested wording", "condition", "agree", "disagree", "verdict", "reason", "taken back on"]
    rows: list[list[object]] = []
    for each in remarks_of(round):
        row, verdict = each.remark, each.disposition
        said = verdict.get_verdict_display() if verdict else ""
        condition = "yes" if row.is_condition else ""
        first = [each.uid, "", each.number, each.place_words, row.quote, each.who, each.interest_name, row.made_on]
        outcome = [said, verdict.reason if verdict else "", row.withdrawn_on]
        rows.append([*first, row.body, row.suggested, condition, each.support, each.against, *outcome])
        for reply in each.replies:
            first = [reply.remark.uid, each.uid, each.number, "", "", reply.who, reply.interest, reply.made_on]
            rows.append([*first, reply.body, *[""] * 6, reply.remark.withdrawn_on])
    return _table(f"round-{pk}-remarks.csv", head, rows)


@guarded(anyone)
@require_GET
def matrix_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Interests by clauses: read or not, remarks, open ones; one line for each cell."""
    table = matrix(round_asked(request, pk))
    names = {each.key: each for each in table.columns}
    head = ["interest", "who", "clause", "heading", "read", "remarks", "open", "sign-off"]
    rows: list[list[object]] = []
    for row in table.rows:
        for cell in row.cells:
            clause, read = names[cell.key], "yes" if cell.is_read else "no"
            rows.append([row.name, row.who, clause.number, clause.heading, read, cell.remarks, cell.open, row.sign_off])
    return _table(f"round-{pk}-matrix.csv", head, rows)


@guarded(anyone)
@require_GET
def sign_offs_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Every signature that was given, what it binds to, and whether it counts; panel members are not named."""
    round = round_asked(request, pk)
    head = ["interest", "who", "signed", "fingerprint signed", "fits the present text", "condition", "condition met"]
    rows: list[list[object]] = []
    for row in SignOff.objects.filter(round=round).select_related("person", "stands_for"):
        who = "A panel member" if row.interest == Interest.EMPLOYEES else row.signer
        fits = "yes" if row.words_sha256 == round.words_sha256 and row.ended_at is None else "no"
        met = row.condition_met_how if row.condition_met_at else ""
        rows.append([row.get_interest_display(), who, f"{row.signed_at:%Y-%m-%d %H:%M}", row.words_sha256, fits])
        rows[-1] += [row.condition, met, row.ended_why]
    return _table(f"round-{pk}-sign-offs.csv", [*head, "ended"], rows)


@guarded(anyone)
@require_GET
def groups_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Groups of five people or more and how many opened the text, in the same bands as on the page."""
    rows: list[list[object]] = [[each.name, each.size, each.words] for each in silent_groups(round_asked(request, pk))]
    return _table(f"round-{pk}-groups.csv", ["group", "people", "opened it"], rows)


@guarded(anyone)
@require_GET
def outsiders_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """People from elsewhere; never their links."""
    round = round_to_run(request, pk)
    rows: list[list[object]] = [
        [each.name, each.organisation, each.email, f"{each.expires_at:%Y-%m-%d}", "yes" if each.is_live else "no"]
        for each in Outsider.objects.filter(round=round)
    ]
    return _table(f"round-{pk}-from-elsewhere.csv", ["name", "organisation", "e-mail", "until", "opens"], rows)
