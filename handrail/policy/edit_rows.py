"""How a clause is drawn in the editor: by hand, because three hundred small templates cost a fifth of a second."""

from collections.abc import Container, Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from handrail.policy.pure import Piece
from handrail.policy.sheet import Row

_PLAIN_MARKS = ("-", "*", "+", "")


def row_html(row: Row, *, under: int, edit: str, why: str, unsaved: Container[str]) -> SafeString:
    """One clause with its marks of change, a link that opens it, and one that says why it is there."""
    clause, indent = row.clause, " under" if under > 1 else ""
    if row.change == "removed":
        return mark_safe(  # noqa: S308 - every word is escaped here
            f'<section class="clause ed gone"><div class="ctext{indent}"><p><del>{escape(clause.text)}</del></p>'
            f'<p class="meta">{escape(row.why)}</p></div></section>'
        )
    key, mark = escape(clause.id), ""
    if clause.form == "list_item":
        shown = "•" if clause.marker in _PLAIN_MARKS else escape(clause.marker)
        mark = f'<span class="mk" aria-hidden="true">{shown}</span>'
    said = f'<span title="{escape(row.why)}">{row.change.capitalize()}</span> · ' if row.is_changed else ""
    kept = "<b>Unsaved words</b> · " if clause.id in unsaved else ""
    named = escape(" ".join(clause.text.split()[:6]))
    return mark_safe(  # noqa: S308 - every word is escaped here
        f'<section class="clause ed f-{clause.form}" id="{key}" tabindex="0" data-key="{key}">'
        f'<div class="ctext{indent} d{min(clause.depth, 3)}">{mark}<p>{pieces_html(row.pieces)}</p>'
        f'<p class="meta">{said}{kept}<a class="go" href="{edit}?clause={key}#{key}">Edit'
        f'<span class="vh"> {named}</span></a>'
        f' · <a href="{why}{key}">Why is this here?</a></p></div></section>'
    )


def pieces_html(pieces: Iterable[Piece]) -> str:
    """Words with those added and removed marked, the white space outside the marks."""
    shown = []
    for piece in pieces:
        body = escape(piece.body)
        tagged = f"<{piece.op}>{body}</{piece.op}>" if piece.op != "equal" else body
        shown.append(f"{piece.gap}{tagged}")
    return "".join(shown)
