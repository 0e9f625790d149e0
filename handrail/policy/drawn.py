"""How a version's text is drawn to be read, with its margin: by hand, as three hundred small templates are too slow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe

from handrail.kernel.pictures import icon
from handrail.kernel.words import counted
from handrail.policy.drawn_margin import Margin
from handrail.policy.marks import Cut
from handrail.policy.reads.clause_notes import ClauseNote
from handrail.policy.sheet import Group, Part, Row

_PLAIN_MARKS = ("-", "*", "+", "")
_LONGEST_REASON = 110
_NOTHING = ClauseNote()


@dataclass(frozen=True, slots=True)
class Frame:
    """What the drawing needs to know of the page: addresses that a clause's id is put behind, numbers, notes.

    `change` is where a reader goes with a clause, and `change_word` what that link says; both empty where the words
    can't change any more. Without a `margin` the text stands alone.
    """

    why: str
    change: str
    change_word: str
    procedure: str
    scenarios: str
    numbers: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, ClauseNote] = field(default_factory=dict)
    margin: Margin | None = None


def draw(parts: Iterable[Part], frame: Frame) -> SafeString:
    """The whole text, part by part; every word of it is escaped on the way."""
    return mark_safe("".join(_part(part, frame) for part in parts))  # noqa: S308 - see above


def _part(part: Part, frame: Frame) -> str:
    beside = '<div class="mar"></div>' if frame.margin else ""
    drawn = []
    if part.heading:
        said, number = escape(part.heading), part.number
        if part.level == 1:
            head = f"<h2>{f'{number}&ensp;' if number else ''}{said}</h2>"
        else:
            head = f'<h3><span class="no">{number}</span>{said}</h3>'
        drawn.append(
            f'<section class="clause" id="{part.anchor}"><div class="ctext head">{head}</div>{beside}</section>'
        )
    drawn += [_group(group, frame, under=part.level > 1) for group in part.groups]
    if part.sides:
        drawn.append(_sides(part, frame))
    return "".join(drawn)


def _group(group: Group, frame: Frame, *, under: bool) -> str:
    shown = _list(group.rows, frame) if group.is_list else _alone(group.rows[0], frame)
    beside = ""
    if frame.margin:
        shown += "".join(frame.margin.wordings(row) for row in group.rows)
        beside = f'<div class="mar">{frame.margin.beside(group.changed, group.threads, group.findings)}</div>'
    indent = " under" if under else ""
    return f'<section class="clause"><div class="ctext{indent}">{shown}</div>{beside}</section>'


def _list(rows: list[Row], frame: Frame) -> str:
    drawn = []
    for row in rows:
        mark = "•" if row.clause.marker in _PLAIN_MARKS else escape(row.clause.marker)
        tools, line = _around(row, frame)
        drawn.append(
            f'<li id="{escape(row.clause.id)}" class="d{row.clause.depth}"><span class="mk" aria-hidden="true">{mark}'
            f"</span><div>{_cuts(row.cuts)}{tools}{line}</div></li>"
        )
    return f'<ul class="items">{"".join(drawn)}</ul>'


def _alone(row: Row, frame: Frame) -> str:
    key, words = escape(row.clause.id), _cuts(row.cuts)
    tools, line = _around(row, frame)
    if row.clause.form == "quotation":
        return f'<blockquote class="princ" id="{key}">{words}{tools}</blockquote>{line}'
    if row.clause.form == "code":
        return f'<pre id="{key}" tabindex="0">{words}</pre><p class="around">{tools}</p>{line}'
    return f'<p id="{key}">{words}{tools}</p>{line}'


def _sides(part: Part, frame: Frame) -> str:
    columns, beside = [], []
    for side in part.sides:
        lines = []
        for row in side.rows:
            tools, line = _around(row, frame)
            lines.append(f'<li id="{escape(row.clause.id)}">{_cuts(row.cuts)}{tools}{line}</li>')
            if frame.margin:
                lines.append(f"<li>{said}</li>" if (said := frame.margin.wordings(row)) else "")
                beside.append(frame.margin.beside(row.changed_rows, row.threads, row.findings))
        kind, picture = ("dont", "cross") if side.is_dont else ("do", "check")
        columns.append(
            f'<div class="{kind}" id="{side.anchor}"><h3>{icon(picture)} {escape(side.heading)}</h3>'
            f"<ul>{''.join(lines)}</ul></div>"
        )
    margin = f'<div class="mar">{"".join(beside)}</div>' if frame.margin else ""
    text = f'<div class="ctext"><div class="dd">{"".join(columns)}</div></div>'
    return f'<section class="clause">{text}{margin}</section>'


def _cuts(cuts: Iterable[Cut]) -> str:
    drawn = []
    for cut in cuts:
        body = escape(cut.body)
        if cut.op != "equal":
            body = f"<{cut.op}>{body}</{cut.op}>"
        drawn.append(f"{cut.gap}<mark>{body}</mark>" if cut.discussed else f"{cut.gap}{body}")
    return "".join(drawn)


def _around(row: Row, frame: Frame) -> tuple[str, str]:
    """Links at the end of the words, and the line under them where anything stands around the clause."""
    if row.change == "removed":
        return "", ""
    key = escape(row.clause.id)
    cited = escape(frame.numbers.get(row.clause.id, "this clause"))
    note = frame.notes.get(row.clause.id, _NOTHING)
    change = ""
    if frame.change:
        change = f'<a href="{frame.change}{key}">{frame.change_word}<span class="vh"> {cited}</span></a>'
    if note is _NOTHING:
        why = f'<a href="{frame.why}{key}"><span class="vh">{cited}: </span>Why is this here?</a>'
        return f' <span class="tools">{why} {change}</span>', ""
    said = _said(note, key, frame)
    why = f'<a href="{frame.why}{key}"><span class="vh">{cited}: </span>Why is this here?</a>'
    return f' <span class="tools">{change}</span>', f'<div class="around">{" · ".join([*said, why])}</div>'


def _said(note: ClauseNote, key: str, frame: Frame) -> list[str]:
    said = []
    if note.procedures:
        links = (f'<a href="{frame.procedure}{each.number}">{escape(str(each))}</a>' for each in note.procedures)
        said.append(f"Linked procedure{'s' if len(note.procedures) > 1 else ''}: {', '.join(links)}")
    if note.situations:
        said.append(f'<a href="{frame.scenarios}">Tested by {counted(note.situations, "situation")}</a>')
    if note.because:
        more = f" (and {counted(note.reasons - 1, 'other reason')})" if note.reasons > 1 else ""
        words = note.because.rstrip(".")
        short = words if len(words) <= _LONGEST_REASON else f"{words[:_LONGEST_REASON].rsplit(' ', 1)[0]} …"
        said.append(f"Because: {escape(short)}{more}")
    return said
