"""What the editor's templates look up."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from handrail.policy.edit_rows import row_html
from handrail.policy.models import Policy
from handrail.policy.reads import policy_numbers
from handrail.policy.sheet import Row

register = template.Library()


@register.filter
def of_key(rows: Mapping[str, int], key: str) -> int | None:
    """The number kept for a key, or None."""
    return rows.get(key)


@register.filter
def cited(policy: Policy, key: str) -> str:
    """How a clause is cited, 2.1(c), by the latest version that has it; looked up once for each policy of a page."""
    numbers: Mapping[str, str] | None = policy.__dict__.get("_numbers_said")
    if numbers is None:
        numbers = policy.__dict__["_numbers_said"] = policy_numbers(policy)
    return numbers.get(key, "this clause")


@register.simple_tag(takes_context=True)
def edit_row(context: Mapping[str, Any], row: Row, under: int = 1) -> SafeString:
    """One clause of the sheet; the addresses were looked up once for all of them."""
    return row_html(
        row, under=under, edit=context["edit_at"], why=context["why_at"], unsaved=context.get("unsaved") or ()
    )
