"""How a text was vetted, as it is printed with the text: written from the record alone, edited by no one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from handrail.kernel.paper import Block, Grid, Heading, Para, Points, Span, Words
from handrail.kernel.words import count, counted, listed, sentence_case
from handrail.people.models import Interest
from handrail.vetting.models import Disposition, InterestLeftOut, Outsider, Remark, Round, Seat, SignOff, Snapshot
from handrail.vetting.reads.changes import Change, changes_made
from handrail.vetting.reads.groups import GroupShare, opened_in_all, silent_groups
from handrail.vetting.reads.sign_offs import Standing, hands_words, standings
from handrail.vetting.reads.threads import Thread, interest_words, remarks_of

_YES = (Disposition.Verdict.ADOPTED, Disposition.Verdict.ADAPTED)


@dataclass(frozen=True, slots=True)
class Known:
    """What a page has read of a round already, so that its record need not ask anew."""

    stands: Sequence[Standing]
    groups: Sequence[GroupShare]
    threads: Sequence[Thread]


def record_of(round: Round, *, name_signers: bool | None = None, known: Known | None = None) -> tuple[Block, ...]:
    """“How this text was vetted”: the process, who by interest, what changed because somebody said so, what did not.

    Members of the employee panel are never named; others who signed are, unless `name_signers` is False
    (where it is not said, as those who run the round chose).
    """
    known = known or Known(standings(round), silent_groups(round), remarks_of(round))
    name_signers = round.names_signers if name_signers is None else name_signers
    stays = [each for each in known.threads if each.remark.withdrawn_on is None]
    stays.sort(key=lambda each: each.remark.pk)
    remarks, live = [each.remark for each in stays], []
    for thread in stays:
        if thread.disposition is not None:
            thread.disposition.remark = thread.remark
            live.append(thread.disposition)
    live.sort(key=lambda each: each.pk)
    return (
        Heading("How this text was vetted", 2, anchor="vetting-record"),
        *_process(round, remarks, live),
        *_by_interest(round, remarks, live, known.stands),
        *_changed(live),
        *_not_changed(live),
        *_signed(round, name_signers, known.stands),
        *_silent(round, known.groups),
    )


def _para(*parts: str | Span) -> Para:
    return Para(tuple(each if isinstance(each, Span) else Span(each) for each in parts))


def _process(round: Round, remarks: list[Remark], live: list[Disposition]) -> Iterable[Block]:
    end = round.cleared_at or round.withdrawn_at
    until = f"and {_day(end)}" if end else "and today, while it is still under way,"
    changed = sum(each.verdict in _YES for each in live)
    drafts = Snapshot.objects.filter(round=round).count() - 1
    asked = f"{counted(round.invited, 'person was', 'people were')} asked"
    yield _para(
        f"Between {_day(round.opened_at)} {until} {asked}, {counted(len(remarks), 'remark was', 'remarks were')} made "
        f"and {changed} of them taken up. ",
        f"The text was redrafted {_times(drafts)} on the way." if drafts else "The text was not redrafted on the way.",
    )
    rest = len(remarks) - len(live)
    if rest:
        yield _para(f"{sentence_case(count(rest))} {'remark waits' if rest == 1 else 'remarks wait'} for an answer.")
    if round.state == Round.State.CLEARED:
        yield _para("Every interest that had to sign has signed these exact words, and every remark has an answer.")
    if round.state == Round.State.WITHDRAWN:
        yield _para(f"The round was withdrawn: {round.withdrawn_why}")
    if round.anonymous:
        yield _para(
            "People could speak without their name: such a remark is kept without its maker and without the moment. "
            "The way somebody writes may still tell who they are, and so may watching the server while they write."
        )


def _by_interest(
    round: Round, remarks: list[Remark], live: list[Disposition], stands: Sequence[Standing]
) -> Iterable[Block]:
    by_remark = {each.remark_id: each for each in live}
    asked = [each.interest for each in stands]
    voices = [*asked, *sorted({each.interest for each in remarks} - {*asked, ""}), ""]
    rows = []
    for interest in voices:
        mine = [each for each in remarks if each.interest == interest]
        if not mine and interest == "":
            continue
        taken = sum(1 for each in mine if each.pk in by_remark and by_remark[each.pk].verdict in _YES)
        answered = sum(each.pk in by_remark for each in mine)
        name = interest_words(interest) or "Everyone else"
        rows.append(_row(name, str(len(mine)), str(taken), str(answered - taken), str(len(mine) - answered)))
    yield Heading("Who was heard", 3)
    yield Grid(_row("Interest", "Remarks", "Taken up", "Not taken up", "Waiting"), tuple(rows))
    outsiders = Outsider.objects.filter(round=round).count()
    if outsiders:
        yield _para(
            f"{counted(outsiders, 'person', 'people')} from elsewhere {'was' if outsiders == 1 else 'were'} invited."
        )
    for row in InterestLeftOut.objects.filter(round=round):
        yield _para(f"{row.get_interest_display()} was not asked to sign: {row.why}")


def _row(*cells: str) -> tuple[Words, ...]:
    return tuple((Span(each),) for each in cells)


def _changed(live: list[Disposition]) -> Iterable[Block]:
    yield Heading("What changed because you said so", 3)
    changes = changes_made(live)
    points = [_change_words(each) for each in changes if each.has_changed]
    agreed = [each for each in changes if not each.has_changed]
    if points:
        yield Points(tuple(points))
    if agreed:
        yield _para("Agreed with, without a change of words:")
        yield Points(tuple((Span(f"{each.asked} "), Span(f"({each.who_words})", "italic")) for each in agreed))
    if not changes:
        yield _para("No remark changed the text.")


def _change_words(change: Change) -> Words:
    where = f"{change.number}: " if change.number else ""
    words: Words
    if change.before and change.after:
        words = (Span(f"“{change.before}”", "removed"), Span(" became "), Span(f"“{change.after}”", "added"))
    elif change.before:
        words = (Span(f"“{change.before}”", "removed"), Span(" was removed"))
    else:
        words = (Span(f"“{change.after}”", "added"), Span(" was added"))
    why = f" {change.reason}" if change.reason else ""
    return (Span(where), *words, Span(f" ({change.who_words}).", "italic"), Span(why))


def _not_changed(live: list[Disposition]) -> Iterable[Block]:
    yield Heading("What we did not change, and why", 3)
    firsts = [each for each in live if each.verdict not in _YES and each.duplicate_of_id is None]
    same: dict[int, int] = {}
    for each in live:
        if each.duplicate_of_id:
            same[each.duplicate_of_id] = same.get(each.duplicate_of_id, 0) + 1
    if not firsts:
        yield _para("Nothing was turned down.")
        return
    points = []
    for each in firsts:
        more = same.get(each.remark_id, 0)
        said = f"{_voice(each.remark)} said: “{_short(each.remark.body or each.remark.suggested)}”"
        others = f" ({counted(more, 'other')} said the same)" if more else ""
        points.append((Span(f"{said}{others}. "), Span(f"{each.get_verdict_display()}: ", "bold"), Span(each.reason)))
    yield Points(tuple(points))


def _signed(round: Round, name_signers: bool, stands: Sequence[Standing]) -> Iterable[Block]:
    yield Heading("Who signed", 3)
    worded = set(Remark.objects.filter(round=round).exclude(suggested="").values_list("person_id", flat=True))
    points = [_signature(each, name_signers, worded) for each in stands]
    yield Points(tuple(points))
    if said := hands_words(stands):
        yield _para(said)
    earlier = (
        SignOff.objects.filter(round=round)
        .exclude(condition="")
        .exclude(ended_at=None)
        .select_related("person", "stands_for")
    )
    for row in earlier:
        who = _signer(row, name_signers)
        yield _para(f"{who} had signed an earlier draft for {row.get_interest_display()} on condition: {row.condition}")


def _signature(stand: Standing, name_signers: bool, worded: Collection[int | None]) -> Words:
    given = [*stand.counting, *stand.conditional]
    if not given:
        return (Span(f"{stand.name} has not signed.", "italic"),)
    if stand.interest == Interest.EMPLOYEES:
        last = max(each.signed_at for each in given)
        return (Span(f"{stand.name}: {len(given)} signed, {stand.quorum} needed, the last on {_day(last)}."),)
    said = []
    for each in given:
        words = f"{_signer(each, name_signers)} for {stand.name}, {_day(each.signed_at)}"
        if each.person_id in worded:
            words += ", having put wording forward"
        if each.condition:
            met = f" Met: {each.condition_met_how}" if each.condition_met_at else " Not met yet."
            words += f", on condition: {each.condition.rstrip('.')}.{met}"
        said.append(words)
    return (Span("; ".join(said) + ("" if said[-1].endswith(".") else ".")),)


def _signer(row: SignOff, name_signers: bool) -> str:
    if row.interest == Interest.EMPLOYEES or not name_signers:
        return "A reviewer"
    return row.signer


def _silent(round: Round, groups: Sequence[GroupShare]) -> Iterable[Block]:
    yield Heading("Who stayed silent", 3)
    spoke = set(Remark.objects.filter(round=round).exclude(interest="").values_list("interest", flat=True))
    asked = set(Seat.objects.filter(round=round).exclude(interest="").values_list("interest", flat=True))
    mute = [interest_words(each) for each in Interest.values if each in asked - spoke]
    if mute:
        yield _para(f"{listed(mute)} read without a remark." if len(mute) > 1 else f"{mute[0]} made no remark.")
    quiet = [each for each in groups if each.is_silent]
    if quiet:
        named = listed([f"{each.name} ({each.words} opened it)" for each in quiet])
        yield _para(f"Hardly heard among those invited: {named}.")
    if opened := opened_in_all(round):
        yield _para(f"About {opened:,} people of the open part opened the text.")
    if not (mute or quiet):
        yield _para("No interest and no group stayed silent.")


def _voice(remark: Remark) -> str:
    if remark.interest:
        return interest_words(remark.interest)
    return "Someone from elsewhere" if remark.outsider_id else "An employee"


def _short(words: str, longest: int = 300) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{count(number)} times")


def _day(moment: datetime) -> str:
    day: date = timezone.localtime(moment).date()
    return f"{day.day} {day:%B} {day.year}"
