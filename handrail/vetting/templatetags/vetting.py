"""What vetting's templates say: who speaks, in two letters and in words. Load it with {% load vetting %}."""

from collections.abc import Mapping

from django import template

from handrail.vetting.reads import Thread

register = template.Library()


@register.filter
def of(table: Mapping[str, str], key: str) -> str:
    """The entry of a table under a key; nothing where there is none."""
    return table.get(key, "")


@register.filter
def voice(thread: Thread) -> str:
    """On whose behalf somebody speaks: an interest, somebody from elsewhere, or themselves."""
    if thread.interest:
        return thread.who if thread.interest == "employees" else thread.interest_name
    return thread.who


@register.filter
def monogram(thread: Thread) -> str:
    """Two letters for who speaks; two dots for whoever kept their name to themselves."""
    if thread.remark.anonymous:
        return "··"
    if thread.interest_name:
        return thread.interest_name[:2]
    parts = [part[0] for part in thread.who.split() if part]
    return "".join([*parts[:1], *parts[-1:]]).upper() if len(parts) > 1 else thread.who[:2]
