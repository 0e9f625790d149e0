"""The long parts of the reading page and the desk as HTML: a clause, a thread, a line, a cell; written fast.

A text of 300 clauses with 500 remarks is some ten thousand small parts; put together here, a page of them is sent in
a fifth of a second, which the template language is too slow for. Everything that somebody typed goes through `_e`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape as _e
from urllib.parse import quote

from django.utils import timezone
from django.utils.safestring import SafeString

from handrail.kernel.pictures import icon, state, state_shape
from handrail.kernel.templatetags.handrail import short_day
from handrail.kernel.words import counted
from handrail.vetting.models import Disposition
from handrail.vetting.page import ClauseBlock, OpenRemark
from handrail.vetting.reads import Cell, Column, Matrix, Row, Thread
from handrail.vetting.templatetags.vetting import monogram, voice

_YES = (Disposition.Verdict.ADOPTED, Disposition.Verdict.ADAPTED)
_icon, _state, _shape = cache(icon), cache(state), cache(state_shape)
ALL_AT_ONCE = 30


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a page is written: where its links go, and what they may do there.

    `base` is the address of the round (or of a guest's link), `token` the form token. `later` says that settled
    threads come when they are opened, but those of the clause in `shown`.
    """

    base: str
    token: str
    is_open: bool
    may_remark: bool
    may_dispose: bool = False
    person: int | None = None
    guest: int | None = None
    notes_reading: bool = False
    later: bool = False
    shown: str = ""

    def is_own(self, thread: Thread) -> bool:
        """Whether the reader said it."""
        row = thread.remark
        mine = self.person is not None and row.person_id == self.person
        return mine or (self.guest is not None and row.outsider_id == self.guest)


def clauses(blocks: Sequence[ClauseBlock], reader: Reader) -> SafeString:
    """The text, clause by clause, with its threads in the margin."""
    return SafeString("".join([_clause(each, reader) for each in blocks]))


def _clause(block: ClauseBlock, reader: Reader) -> str:
    clause, key = block.clause, _e(block.clause.key)
    words = "".join([f"<mark>{_e(said)}</mark>" if talked else _e(said) for said, talked in block.pieces])
    notes = reader.notes_reading
    say = ""
    if reader.may_remark:
        href = f"{reader.base}say?clause={quote(clause.key)}"
        say = (
            f'<p class="sayline"><a class="saylink" href="{href}" data-say>{_icon("bubble")}Say something'
            f'<span class="vh"> about clause {_e(block.called)}</span></a></p>'
        )
    unread = "" if block.is_read else " data-unread"
    mark = f'<span class="readmark">{_readmark(block.is_read)}</span>' if notes else ""
    return (
        f'<section class="clause" id="clause-{key}" data-key="{key}"{unread}>'
        f'<div class="ctext{" ind" if clause.level else ""}"><h2 class="ch"><span class="no">{_e(clause.number)}</span>'
        f'{_e(clause.heading)}{mark}</h2><div class="words" data-words>{words}</div>{say}'
        f"{_read_it(reader, key) if notes and not block.is_read else ''}</div>"
        f'<div class="mar">{threads(block.waiting, reader)}{_settled(block, reader)}</div></section>'
    )


@cache
def _readmark(is_read: bool) -> str:
    name, words = ("answered", "read") if is_read else ("open", "not read yet")
    return f'<span class="st s-{"ans" if is_read else "open"}">{_shape(name)}{words}</span>'


def _read_it(reader: Reader, key: str) -> str:
    return (
        f'<form method="post" action="{reader.base}noted" class="noscript">{_token(reader)}'
        f'<input type="hidden" name="key" value="{key}"><button class="btn quiet">I’ve read this clause</button></form>'
    )


def _token(reader: Reader) -> str:
    return f'<input type="hidden" name="csrfmiddlewaretoken" value="{reader.token}">'


def _settled(block: ClauseBlock, reader: Reader) -> str:
    """The settled threads of a clause: folded, and where they are many, fetched when they are opened."""
    rows = block.settled
    if not rows:
        return ""
    summary = f"<summary>{_shape('answered')}{len(rows)} settled</summary>"
    key = block.clause.key
    if reader.later and reader.shown != key:
        where = f"{reader.base}{'' if reader.guest else 'read'}?settled={quote(key)}"
        fetch = "" if reader.guest else f' hx-get="{_e(where)}" hx-trigger="toggle once" hx-target="find .later"'
        return (
            f'<details class="settled"{fetch}>{summary}<div class="later"><a href="{_e(where)}#clause-{_e(key)}">'
            f"Show {counted(len(rows), 'settled remark')}</a></div></details>"
        )
    is_open = reader.shown == key or (not block.waiting and len(rows) == 1)
    return f'<details class="settled"{" open" if is_open else ""}>{summary}{threads(rows, reader)}</details>'


def threads(rows: Sequence[Thread], reader: Reader) -> SafeString:
    """Threads, one after another."""
    return SafeString("".join([_thread(each, reader) for each in rows]))


def _thread(thread: Thread, reader: Reader) -> str:
    row = thread.remark
    interest = thread.interest_name if thread.who != "Employee panel" else ""
    return (
        f'<article class="cm {"open" if thread.is_open else "done"}" id="remark-{thread.uid}"><header>'
        f'<span class="mg" aria-hidden="true">{_e(monogram(thread))}</span><b>{_e(thread.who)}</b>'
        f"{f'<span>{_e(interest)}</span>' if interest else ''}"
        f'<time datetime="{row.made_on:%Y-%m-%d}">{_short_day(row.made_on.toordinal(), _today())}</time></header>'
        f"{_place(thread)}{_words(thread)}{_verdict(thread)}<footer>{sides(thread, reader)}{_replies(thread)}"
        f"{_links(thread, reader)}</footer></article>"
    )


def _today() -> int:
    return timezone.localdate().toordinal()


@cache
def _short_day(day: int, today: int) -> str:
    """A day in a narrow column; `today` keeps yesterday’s answer from being given again."""
    return short_day(timezone.localdate().fromordinal(day)) if today else ""


def _place(thread: Thread) -> str:
    if not thread.place_words or thread.place == "whole":
        return ""
    about = thread.remark.said_quote if thread.is_detached else ""
    was = f" It was about “{_e(_short(about))}”." if about else ""
    return f'<p class="xs muted">{thread.place_words[0].upper()}{thread.place_words[1:]}.{was}</p>'


def _short(words: str, longest: int = 160) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def _words(thread: Thread) -> str:
    row = thread.remark
    if row.withdrawn_on:
        return f'<p class="muted"><s>{_e(row.body or row.suggested)}</s> Taken back.</p>'
    said = f"<p><q>{_e(_short(row.quote))}</q></p>" if row.quote else ""
    said += f'<p class="pre">{_e(row.body)}</p>' if row.body else ""
    if row.suggested:
        said += f'<p class="sugg"><span class="xs muted">Suggested:</span> <ins>{_e(row.suggested)}</ins></p>'
    return said + ('<p class="xs"><b>Condition of sign-off.</b></p>' if row.is_condition else "")


def _verdict(thread: Thread) -> str:
    answer = thread.disposition
    if answer is None:
        return ""
    mark = _state("answered" if answer.verdict in _YES else "open", answer.get_verdict_display())
    return f'<p class="disp">{mark} <span>{_e(answer.reason)}</span></p>'


def sides(thread: Thread, reader: Reader) -> SafeString:
    """Who agrees and who doesn’t; as buttons for those who may take a side."""
    agree, other = thread.support, thread.against
    if thread.is_open and reader.is_open and reader.may_remark and not reader.is_own(thread):
        where = f"{reader.base}remarks/{thread.uid}/side"
        yes, no = thread.my_stand is True, thread.my_stand is False
        buttons = _side("for", yes, f"{_icon('thumb')}{agree} agree") + _side("against", no, f"{other} disagree")
        said = (
            f'<form method="post" action="{where}" hx-post="{where}" hx-target="closest .sides" hx-swap="outerHTML">'
            f"{_token(reader)}{buttons}</form>"
        )
    elif agree or other:
        more = f", {other} don’t" if other else ""
        said = f'<span class="agree">{_icon("thumb")}{agree} agree{more}</span>'
    else:
        said = ""
    return SafeString(f'<span class="sides">{said}</span>')


def _side(name: str, pressed: bool, words: str) -> str:
    value, is_on = ("neither", "true") if pressed else (name, "false")
    return f'<button name="side" value="{value}" aria-pressed="{is_on}">{words}</button>'


def _replies(thread: Thread) -> str:
    if not thread.replies:
        return ""
    rows = "".join(
        [
            f"<p><b>{'Whoever said it' if each.by_its_author else _e(each.who)}</b> "
            f'<span class="xs muted">{_short_day(each.made_on.toordinal(), _today())}</span> '
            f"{f'<s>{_e(each.body)}</s>' if each.is_withdrawn else _e(each.body)}</p>"
            for each in thread.replies
        ]
    )
    number = counted(len(thread.replies), "reply", "replies")
    return f'<details class="replies"><summary>{number}</summary>{rows}</details>'


def _links(thread: Thread, reader: Reader) -> str:
    reply = f'<a href="{reader.base}say?parent={thread.uid}">Reply</a>' if reader.may_remark else ""
    if reader.guest is not None:
        return reply
    word = "Answer" if thread.is_open and (reader.may_dispose or _is_mine(thread, reader)) else "Open"
    return (
        f'{reply}<a href="{reader.base}remarks/{thread.uid}">{word}<span class="vh"> the remark by '
        f"{_e(thread.who)}</span></a>"
    )


def _is_mine(thread: Thread, reader: Reader) -> bool:
    """Whether this reader was chosen to answer it."""
    return reader.is_open and reader.person is not None and thread.remark.assignee_id == reader.person


def open_rows(lines: Sequence[OpenRemark], reader: Reader) -> SafeString:
    """The lines of the table of open remarks, each with its act: answer mine, nudge whoever answers the others."""
    return SafeString("".join([_open_row(each, reader) for each in lines]))


def _open_row(line: OpenRemark, reader: Reader) -> str:
    thread, row = line.thread, line.thread.remark
    number = '<span class="muted">gone</span>' if thread.is_detached else _e(thread.number) or "all"
    who = _e(voice(thread))
    late = f'<span class="late">{line.waiting}</span>' if line.is_late else line.waiting
    condition = " <b>Condition of sign-off.</b>" if row.is_condition else ""
    about = f"the remark on {_e(thread.number) or 'the whole text'} by {who}"
    where = f"{reader.base}remarks/{thread.uid}"
    words = _e(_short(row.body or row.suggested, 220))
    remark = f'<a class="plain" href="{where}">{words}</a>' if line.act == "nudge" else words
    if line.act == "nudge":
        act = (
            f'<form method="post" action="{where}/nudge">{_token(reader)}'
            f'<button class="aslink">Nudge<span class="vh"> {_e(line.answers)} about {about}</span></button></form>'
        )
    else:
        act = f'<a href="{where}">{"Answer" if line.act == "answer" else "Open"}<span class="vh"> {about}</span></a>'
    return (
        f'<tr><td data-label="Clause">{number}</td><td data-label="From"><span class="from"><span class="mg" '
        f'aria-hidden="true">{_e(monogram(thread))}</span>{who}</span></td>'
        f'<td data-label="Remark"><span>{remark}{condition}</span></td><td data-label="Support">{line.support}</td>'
        f'<td data-label="Waiting" class="num nowrap">{late}</td>'
        f'<td data-label="Who answers">{_e(line.answers)}</td><td>{act}</td></tr>'
    )


def heads(table: Matrix) -> SafeString:
    """The heads of the matrix’s columns, with how many clauses each part has in words."""
    hottest = table.hottest
    return SafeString("".join([_head(each, each is hottest) for each in table.columns]))


def _head(column: Column, is_hot: bool) -> str:
    more = f'<span class="vh">, {counted(column.clauses, "clause")}</span>' if column.clauses > 1 else ""
    name = _e(_short(column.heading, 24))
    return (
        f'<th scope="col" class="col{" hotc" if is_hot else ""}"><span class="cno">{_e(column.number) or "·"}</span>'
        f'<span class="cname">{name}</span>{more}</th>'
    )


def cells(row: Row, reader: Reader) -> SafeString:
    """The cells of one row of the matrix."""
    return SafeString("".join([_cell(each, reader) for each in row.cells]))


def _cell(cell: Cell, reader: Reader) -> str:
    if cell.remarks:
        waits = f"<small>{cell.open} open</small>" if cell.open else ""
        some = "" if cell.is_read else f'<span class="vh">;{cell.words.partition(";")[2]}</span>'
        return (
            f'<td class="c h{cell.heat}{" op" if cell.open else ""}{"" if cell.is_read else " un"}">'
            f'<a href="{reader.base}read?settled={quote(cell.at)}#clause-{_e(cell.at)}">{cell.remarks}'
            f'<span class="vh"> remark{"" if cell.remarks == 1 else "s"}</span>{waits}{some}</a></td>'
        )
    if cell.is_read:
        return '<td class="c rd"><i></i><span class="vh">read, no remarks</span></td>'
    return f'<td class="c un"><span class="vh">{_e(cell.words)}</span></td>'


def totals(table: Matrix) -> SafeString:
    """The foot of the matrix: remarks of each column, and how many of them wait."""
    return SafeString(
        "".join(
            [
                f'<td class="tot"><b>{each.remarks}</b>'
                + (f"<small>{each.open} open</small>" if each.open else "")
                + "</td>"
                for each in table.columns
            ]
        )
    )


def talked(table: Matrix, reader: Reader) -> SafeString:
    """For narrow screens: the parts that somebody remarked on, as a list."""
    return SafeString("".join([_talked(each, reader) for each in table.columns if each.remarks]))


def _talked(column: Column, reader: Reader) -> str:
    waits = f", <b>{column.open} open</b>" if column.open else ""
    return (
        f'<li><a href="{reader.base}read#clause-{_e(column.key)}"><b>{_e(column.number)}</b> {_e(column.heading)}</a>'
        f'<span class="muted">{counted(column.remarks, "remark")}{waits}</span></li>'
    )
