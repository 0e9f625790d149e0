"""The rounds, one round’s desk, and what those who run it do there: nudge, close, move the last day, withdraw."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from handrail.kernel.errors import BadInput
from handrail.kernel.paper import html_of_blocks
from handrail.kernel.words import counted
from handrail.people.guard import guarded, person_of
from handrail.people.models import Person, Role
from handrail.people.reads import anyone, has_role
from handrail.vetting import markup, page
from handrail.vetting.actions import (
    ask_stewards,
    choose_naming,
    clear,
    may_choose_naming,
    may_run,
    move_closing,
    nudge,
    withdraw_round,
)
from handrail.vetting.actions.nudge import stewards_of
from handrail.vetting.forms import ClosingForm, WhyForm
from handrail.vetting.models import Round
from handrail.vetting.pictures import burn_down_chart, burn_words, groups_chart, settled_chart
from handrail.vetting.reads import (
    Known,
    burn_down,
    by_part,
    hands_words,
    hindrances,
    matrix,
    open_remarks_in,
    record_of,
    remarks_of,
    rounds_asking,
    silent_groups,
    standings,
)
from handrail.vetting.views.asked import read_by, round_asked, round_to_run
from handrail.vetting.views.reading import reader_of


def rounds_seen_by(person: Person) -> list[Round]:
    """The rounds that ask this person or that they run; the owner and auditors see all."""
    everything = has_role(person, Role.GOVERNANCE_OWNER, Role.AUDITOR)
    rows = Round.objects.all() if everything else rounds_asking(person)
    return list(rows.select_related("opened_by").order_by("-opened_at", "-pk"))


@guarded(anyone)
@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round this person may see: open ones with how far they are, then those that ended."""
    person = person_of(request)
    seen = rounds_seen_by(person)
    running = sorted((each for each in seen if each.is_open), key=lambda each: each.closes_at)
    rows = [
        {
            "round": each,
            "left": page.time_left(each),
            "closes": page.closes_words(each),
            "signed": sum(stand.is_met for stand in stands),
            "asked": len(stands),
            "open": open_remarks_in(each).count(),
            "mine": page.my_signs(each, person, read_by(request, each)),
        }
        for each in running
        for stands in [standings(each)]
    ]
    shown = {
        "rows": rows,
        "ended": [each for each in seen if not each.is_open],
        "may_set_hooks": has_role(person, Role.GOVERNANCE_OWNER),
        "takes_codes": any(each.anonymous for each in seen),
    }
    return render(request, "vetting/rounds.html", shown)


@guarded(anyone)
@require_GET
def round_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: who read what, where it is hot, what waits, who is silent, what stands in the way, its record."""
    round = round_asked(request, pk)
    return render(request, "vetting/round.html", desk(request, round))


def desk(request: HttpRequest, round: Round) -> dict[str, Any]:
    """All that the desk of a round shows."""
    person = person_of(request)
    stands, threads = standings(round), remarks_of(round, viewer=person)
    table = by_part(matrix(round, stands))
    standing_in_the_way, groups, burn = hindrances(round, stands), silent_groups(round), burn_down(round)
    settled = page.settled_by_interest(threads, table)
    runs = may_run(person, round)
    lines = page.open_lines(threads, person, runs)
    reader = reader_of(request, round, threads)
    laggard = page.laggard(groups) if runs and round.is_open else None
    counted_remarks = [each for each in threads if each.remark.withdrawn_on is None]
    return {
        "round": round,
        "headline": page.headline(round, table, standing_in_the_way),
        "under": page.under_headline(round),
        "hands": hands_words(stands),
        "table": table,
        "states": page.STATES,
        "base": reader.base,
        "heads": markup.heads(table),
        "totals": markup.totals(table),
        "required": [(row, markup.cells(row, reader)) for row in table.rows if row.kind == "required"],
        "also": [(row, markup.cells(row, reader)) for row in table.rows if row.kind != "required"],
        "talked": markup.talked(table, reader),
        "left": page.time_left(round),
        "closes": page.closes_words(round),
        "stands": stands,
        "signed": sum(each.is_met for each in stands),
        "answered": sum(each.disposition is not None for each in counted_remarks),
        "said": len(counted_remarks),
        "burn": burn,
        "burn_chart": burn_down_chart(burn),
        "burn_words": burn_words(burn),
        "open_lines": lines,
        "open_rows": markup.open_rows(lines, reader),
        "settled": settled,
        "settled_words": page.settled_words(settled),
        "settled_chart": settled_chart(settled),
        "groups": groups,
        "silent_words": page.silent_words(groups),
        "groups_chart": groups_chart(groups),
        "ask_group": laggard.name if laggard and stewards_of(round, laggard.name).exists() else "",
        "in_the_way": standing_in_the_way if round.is_open else [],
        "behind": page.furthest_behind(table.rows, stands) if runs and round.is_open else None,
        "unmet": [each for each in stands if not each.is_met] if runs and round.is_open else [],
        "runs": runs,
        "may_run_now": runs and round.is_open,
        "mine": page.my_signs(round, person, read_by(request, round)),
        "organisation": settings.HANDRAIL_ORGANISATION,
        **record_shown(request, round, Known(stands, groups, threads)),
    }


def record_shown(request: HttpRequest, round: Round, known: Known | None = None) -> dict[str, Any]:
    """The vetting record as it will be printed, with the names of those who signed where the round keeps them."""
    blocks = record_of(round, known=known)
    return {
        "record": html_of_blocks(blocks, 1),
        "names": round.names_signers,
        "may_choose_naming": may_choose_naming(person_of(request), round),
    }


@guarded(anyone)
@require_POST
def naming(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose whether the record names those who signed; the final copy follows."""
    round = choose_naming(round_to_run(request, pk), "names" in request.POST, by=person_of(request))
    if getattr(request, "htmx", False):
        return render(request, "vetting/_record.html", {"round": round, **record_shown(request, round)})
    return redirect("vetting:record", pk=pk)


@guarded(anyone)
@require_POST
def clear_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the round, where nothing stands in the way."""
    round = clear(round_to_run(request, pk), by=person_of(request))
    messages.success(request, "The round is closed: everyone with a stake was heard, and its text is cleared.")
    return redirect("vetting:round", pk=round.pk)


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the round another last day."""
    round = round_to_run(request, pk)
    form = ClosingForm(request.POST or None, initial={"day": round.closes_at.date(), "hour": round.closes_at.time()})
    if request.method == "POST" and form.is_valid():
        try:
            moved = move_closing(round, form.closes_at(), by=person_of(request))
        except BadInput as error:
            form.add_error("day", error.sentence)
        else:
            messages.success(request, f"The round now closes on {page.closes_words(moved)}.")
            return redirect("vetting:round", pk=pk)
    shown = {"round": round, "form": form, "closes": page.closes_words(round)}
    return render(request, "vetting/closing.html", shown, status=422 if form.errors else 200)


@guarded(anyone)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End the round without clearing its text: a page of its own, so that it is not done by the way."""
    round = round_to_run(request, pk)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_round(round, form.cleaned_data["why"], by=person_of(request))
        except BadInput as error:
            form.add_error("why", error.sentence)
        else:
            messages.success(request, "The round is withdrawn. What was said stays in its record.")
            return redirect("vetting:round", pk=pk)
    shown = {"round": round, "form": form, "said": round.remarks.filter(parent=None).count()}
    return render(request, "vetting/withdraw.html", shown, status=422 if form.errors else 200)


@guarded(anyone)
@require_POST
def ask_group(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the stewards of a silent group to spread the word."""
    round, group = round_to_run(request, pk), request.POST.get("group", "")
    number = ask_stewards(round, group, by=person_of(request))
    said = f"{counted(number, 'steward')} in {group} {'is' if number == 1 else 'are'} asked to spread the word."
    messages.success(request, said if number else f"The stewards of {group} were asked today already.")
    return redirect("vetting:round", pk=round.pk)


@guarded(anyone)
@require_POST
def nudge_interest(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to those of an interest who have not signed the present text."""
    round = round_to_run(request, pk)
    interest = request.POST.get("interest", "")
    number = nudge(round, interest, by=person_of(request))
    name = next((row.get_interest_display() for row in round.required.all() if row.interest == interest), interest)
    said = f"A friendly word goes to {counted(number, 'person', 'people')} who read for {name}."
    messages.success(request, said if number else f"{name} was nudged today already. One word a day is enough.")
    return redirect("vetting:round", pk=pk)
