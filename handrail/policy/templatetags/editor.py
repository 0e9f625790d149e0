"""What the editor's templates look up."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from handrail.policy.edit_rows import row_html
from handrail.policy.sheet import Row

register = template.Library()


@register.filter
def of_key(rows: Mapping[str, int], key: str) -> int | None:
    """The number kept for a key, or None."""
    return rows.get(key)


@register.simple_tag(takes_context=True)
def edit_row(context: Mapping[str, Any], row: Row, under: int = 1) -> SafeString:
    """One clause of the sheet; the addresses were looked up once for all of them."""
    return row_html(
        row, under=under, edit=context["edit_at"], why=context["why_at"], unsaved=context.get("unsaved") or ()
    )
