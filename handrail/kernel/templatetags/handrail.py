"""What every template may say: states, icons, figures, numbers, days. Load it with {% load handrail %}."""

from collections.abc import Sequence
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from handrail.kernel import pictures, words
from handrail.kernel.evidence import Figure, Said
from handrail.kernel.pictures import shapes

register = template.Library()

register.simple_tag(pictures.icon, name="icon")
register.simple_tag(pictures.state_shape, name="shape")
register.simple_tag(shapes.sense, name="sense")
register.simple_tag(shapes.brand_mark, name="brand_mark")


@register.simple_tag
def state(name: str, said: str = "") -> SafeString:
    """A state as shape, word and colour: {% state "answered" %}, {% state "again" "Ran out" %}."""
    return pictures.state(name, said)


@register.simple_tag
def chip(name: str, said: str = "") -> SafeString:
    """A state as a tinted chip; only inside tables."""
    return pictures.state(name, said, kind="chip")


@register.simple_tag
def figure(shown: Figure, name: str = "ans") -> SafeString:
    """The small picture of a question row, with its caption; goes inside a <figure class="ev">."""
    return pictures.evidence_figure(shown, pictures.state_class(name))


@register.simple_tag
def meter(done: int, total: int, label: str, classes: str = "") -> SafeString:
    """A bar of progress: {% meter 5184 6400 "5,184 of 6,400 have read it" %}; class “go” while it still moves."""
    return pictures.meter(done, total, label, classes)


@register.simple_tag
def said(parts: Sequence[Said]) -> SafeString:
    """A computed sentence, its bold numbers opening the records they were counted from."""
    drawn = ((_bold(part),) for part in parts)
    return format_html_join("", "{}", drawn)


@register.filter
def state_class(name: str) -> str:
    """The short class of a state: open, prog, ans, again, harm."""
    return pictures.state_class(name)


@register.filter
def state_word(name: str) -> str:
    """The word of a state."""
    return pictures.STATE_WORDS[pictures.state_class(name)]


@register.filter
def thousands(number: int | None) -> str:
    """6400 as 6,400; nothing for nothing."""
    return "" if number is None else f"{number:,}"


@register.filter
def in_words(number: int) -> str:
    """A number as a sentence says it: seven, 12, 6,400."""
    return words.count(number)


@register.filter
def share_of(part: int, whole: int) -> str:
    """Part of a whole as a percentage, such as 81%."""
    return f"{round(100 * part / whole)}%" if whole else "0%"


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as people say it: today, tomorrow, yesterday, 27 November, 3 March 2025."""
    return words_for_day(value) if value else ""


@register.filter
def since(value: date | datetime | None) -> str:
    """A moment as people say it: 09:40 today, yesterday, 27 November."""
    if isinstance(value, datetime) and _local(value).date() == timezone.localdate():
        return f"{_local(value):%H:%M} today"
    return words_for_day(value) if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """A moment for a narrow column: 09:40, Mon, 17 Nov, 3 Mar 2025."""
    if not value:
        return ""
    on, today = _date(value), timezone.localdate()
    if on == today:
        return f"{_local(value):%H:%M}" if isinstance(value, datetime) else "Today"
    if 0 < (today - on).days < 7:
        return f"{on:%a}"
    return f"{on.day} {on:%b}" + ("" if abs((on - today).days) < 300 else f" {on.year}")


def words_for_day(value: date | datetime) -> str:
    """A day in words, relative to today within a day either side."""
    on, today = _date(value), timezone.localdate()
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((on - today).days)
    return near or f"{on.day} {on:%B}" + ("" if on.year == today.year else f" {on.year}")


def _bold(part: Said) -> SafeString:
    if part.href:
        return format_html('<a class="n" href="{}">{}</a>', part.href, part.text)
    return format_html("{}", part.text)


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _date(value: date | datetime) -> date:
    return _local(value).date() if isinstance(value, datetime) else value
