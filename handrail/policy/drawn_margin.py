"""How the margin of a version is drawn: what changed, what people said, what the check found, other words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape

from django.utils import timezone

from handrail.kernel.pictures import icon, state
from handrail.kernel.templatetags.handrail import short_day
from handrail.kernel.words import counted
from handrail.policy.pure import Finding
from handrail.policy.sheet import Row
from handrail.vetting.reads import Thread

_THUMB = icon("thumb")
_LINT = icon("lint")


@dataclass(frozen=True, slots=True)
class Margin:
    """The addresses a margin leads to; `edit` and `use` are empty for those who may not edit."""

    why: str
    thread: str
    edit: str
    use: str
    token: str
    checks: str
    steps: str
    numbers: Mapping[str, str]

    def beside(self, changed: Sequence[Row], threads: Sequence[Thread], findings: Sequence[Finding]) -> str:
        """One line's margin: the first open remark in full, all else folded, so that text and margin stay level."""
        drawn = [self._change(row) for row in changed]
        for at, thread in enumerate(threads):
            kind = "is-open" if thread.is_open else "is-settled"
            shown = self.remark(thread) if at == 0 and thread.is_open else self._folded(thread)
            drawn.append(f'<div class="{kind}">{shown}</div>')
        drawn += [f'<div class="is-finding">{self.finding(each)}</div>' for each in findings]
        return "".join(drawn)

    def _change(self, row: Row) -> str:
        key = row.clause.id
        cited = escape(self.numbers.get(key, "why it was there"))
        link = f'<a class="id" href="{self.why}{escape(key)}" title="Why is this here?">{cited}</a>'
        head = f"<header><b>{row.change.capitalize()}</b> {link}</header>"
        return f'<article class="cm done change">{head}<p>{escape(row.why)}</p></article>'

    def _folded(self, thread: Thread) -> str:
        mark = f"{_mark(thread)} " if thread.interest else ""
        fate, extra = ("open", " open-remark") if thread.is_open else ("settled", "")
        summary = f"{mark}<b>{escape(thread.who)}</b> <span>{escape(thread.remark.body)}</span>"
        summary += f'<span class="vh">, {fate}</span>'
        return f'<details class="short said{extra}"><summary>{summary}</summary>{self.remark(thread)}</details>'

    def remark(self, thread: Thread) -> str:
        """One remark in full, with what became of it."""
        said = thread.remark
        drawn = [
            f'<article class="cm {"open" if thread.is_open else "done"} remark" id="remark-{escape(thread.uid)}">',
            f"<header>{_mark(thread) if thread.interest else ''}<b>{escape(thread.who)}</b> "
            f'{escape(thread.interest_name)}<time datetime="{said.made_on:%Y-%m-%d}">'
            f"{_day(said.made_on, timezone.localdate())}</time></header><p>{escape(said.body)}</p>",
        ]
        if said.quote:
            drawn.append(f'<p class="quoted">about <q>{escape(_short(said.quote, 90))}</q></p>')
        if said.is_condition:
            drawn.append("<p><b>Condition of sign-off.</b></p>")
        if thread.place_words:
            words = thread.place_words
            drawn.append(f'<p class="xs muted">{escape(words[:1].upper() + words[1:])}.</p>')
        drawn.append(self._foot(thread))
        return "".join([*drawn, "</article>"])

    def _foot(self, thread: Thread) -> str:
        if not thread.is_open:
            given = thread.disposition
            if given is None:
                return f'<p class="disp">{_state("open", "Taken back")}</p>'
            answered = _state("ans", str(given.get_verdict_display()))
            return f'<p class="disp">{answered} <span>{escape(given.reason)}</span></p>'
        at = f"{self.thread}{escape(thread.uid)}"
        bits = []
        if thread.support or thread.against:
            dont = f", {thread.against} don’t" if thread.against else ""
            bits.append(f'<span class="agree">{_THUMB}{thread.support} agree{dont}</span>')
        if thread.replies:
            bits.append(f'<a href="{at}">{counted(len(thread.replies), "reply", "replies")}</a>')
        word = "Answer" if self.edit else "Read and reply"
        bits.append(f'<a href="{at}">{word}<span class="vh"> {escape(thread.who)}</span></a>')
        key = escape(thread.clause_key)
        if self.edit and key:
            bits.append(f'<a href="{self.edit}?clause={key}#{key}">Edit the clause</a>')
        return f"<footer>{''.join(bits)}</footer>"

    def finding(self, found: Finding) -> str:
        """What the check found, folded, with where it is mended, waived or asked of legal."""
        rule, message, key = escape(found.rule), escape(found.message), escape(found.clause_id)
        top = ", look first" if found.top else ""
        drawn = [
            f'<article class="cm lint"><header>{_LINT}<b>{rule}</b> {escape(found.severity)}{top}'
            f'<span class="push">line {found.line}</span></header>'
        ]
        if found.quote:
            drawn.append(f'<p class="quoted"><q>{escape(_short(found.quote, 120))}</q></p>')
        drawn.append(f"<p>{message}</p>")
        if found.rule == "STR-02" and key and self.steps:
            drawn.append(f'<p><a href="{self.steps}?clauses={key}">Move it to a procedure</a></p>')
        sources = "".join(
            f"<cite>{escape(each.title or each.key)}: {escape(each.status)}, "
            f"checked on {escape(each.checked_on)}</cite>"
            for each in found.sources
        )
        drawn.append(f"<details><summary>Why, and on whose word</summary><p>{escape(found.why)}</p>{sources}</details>")
        if key:
            drawn.append(f'<p><a href="{self.checks}#c{key}">Mend, waive or ask legal</a></p>')
        summary = f"<summary><b>{rule}</b> <span>{message}</span></summary>"
        return f'<details class="short">{summary}{"".join(drawn)}</article></details>'

    def wordings(self, row: Row) -> str:
        """Other words that open remarks put forward for a clause, laid beside what it says."""
        put = row.wordings
        if not put:
            return ""
        drawn = []
        for each in put:
            thread = each.thread
            mark = _mark(thread) if thread.interest else ""
            bar = each.bar if thread.support or thread.against else ""
            words = "".join(
                f"{piece.gap}{escape(piece.body)}"
                if piece.op == "equal"
                else f"{piece.gap}<{piece.op}>{escape(piece.body)}</{piece.op}>"
                for piece in each.pieces
            )
            uid = escape(thread.uid)
            use = ""
            if self.use:
                use = (
                    f'<form method="post" action="{self.use}{uid}">{self.token}<input type="hidden" name="seen" '
                    f'value="{each.seen}"><button class="linklike">Use this wording</button></form>'
                )
            drawn.append(
                f'<div class="am"><p class="amk">{mark}<b>{escape(thread.who)}</b>{bar}'
                f"{thread.support} for, {thread.against} against</p><p>{words}</p>"
                f'<div class="amf">{use}<a href="{self.thread}{uid}">Say for or against</a></div></div>'
            )
        return f'<div class="amend ind"><h4>Wording people have put forward</h4>{"".join(drawn)}</div>'


def _mark(thread: Thread) -> str:
    name = escape(thread.interest_name)
    return f'<span class="mg" title="{name}">{escape(thread.interest_name[:2])}</span>'


def _short(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


@lru_cache(maxsize=256)
def _day(value: date, today: date) -> str:
    return short_day(value)


@lru_cache(maxsize=64)
def _state(name: str, words: str) -> str:
    return state(name, words)
