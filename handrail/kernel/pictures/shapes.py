"""The drawn words of the interface: icons, and the five states as shape, word and colour together."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Drawn on a 16 by 16 field with a 1.5 line; the stylesheet gives stroke and fill.
_PATHS = {
    "again": '<path d="M3 8a5 5 0 0 1 8.7-3.4L13 6M13 2.8V6H9.8M13 8a5 5 0 0 1-8.7 3.4L3 10M3 13.2V10h3.2"/>',
    "arrow": '<path d="M3 8h10M9 4l4 4-4 4"/>',
    "back": '<path d="M13 8H3M7 4L3 8l4 4"/>',
    "bell": '<path d="M3.5 11.5h9l-1.2-1.8V7a3.3 3.3 0 0 0-6.6 0v2.7zM6.8 13.6a1.3 1.3 0 0 0 2.4 0"/>',
    "book": '<path d="M8 3.6C6.5 2.6 4.5 2.4 2.3 2.6v9.8c2.2-.2 4.2 0 5.7 1 1.5-1 3.5-1.2 5.7-1V2.6'
    "c-2.2-.2-4.2 0-5.7 1z"
    'M8 3.6v9.8"/>',
    "bubble": '<path d="M2.5 3h11v8H7l-3 2.6V11H2.5z"/>',
    "check": '<path d="M3 8.5l3.2 3.2L13 4.5"/>',
    "chevron": '<path d="M6 3.5L10.5 8 6 12.5"/>',
    "clock": '<circle cx="8" cy="8" r="6"/><path d="M8 4.6V8l2.4 1.6"/>',
    "cross": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "down": '<path d="M3.5 6L8 10.5 12.5 6"/>',
    "download": '<path d="M8 2.5v7.6M4.8 7L8 10.2 11.2 7M3 13.3h10"/>',
    "find": '<circle cx="7" cy="7" r="4.5"/><path d="M10.5 10.5L14 14"/>',
    "flag": '<path d="M3.5 14V2.5M3.5 3c3-1.4 5 1.4 9 0v6c-4 1.4-6-1.4-9 0"/>',
    "goal": '<circle cx="8" cy="8" r="5.8"/><circle cx="8" cy="8" r="2.2"/>',
    "home": '<path d="M2.5 7.5L8 3l5.5 4.5M4 6.5V13h8V6.5"/>',
    "lint": '<path d="M2.5 4h11M2.5 8h6M2.5 12h4M10 11.5l1.6 1.6 2.9-3.3"/>',
    "listen": '<path d="M2.5 8h1M5.2 5v6M8 2.8v10.4M10.8 5.5v5M13.4 7.5v1"/>',
    "lock": '<path d="M3.5 7.2h9v6.3h-9zM5.3 7.2V5a2.7 2.7 0 0 1 5.4 0v2.2"/>',
    "page": '<path d="M4 1.8h5.5L12.5 5v9.2H4zM9.2 2v3.2h3.2M6 8.5h4.5M6 11h4.5"/>',
    "pencil": '<path d="M3 13l.6-3L11 2.6 13.4 5 6 12.4z"/>',
    "people": '<circle cx="6" cy="5.4" r="2.4"/><path d="M1.8 13c.2-2.7 1.9-4.1 4.2-4.1s4 1.4 4.2 4.1'
    'M10.6 3.3a2.3 2.3 0 0 1 0 4.3M11.8 9.2c1.5.5 2.3 1.8 2.4 3.8"/>',
    "print": '<path d="M4.5 6V2.5h7V6M4.5 11H2.5V6h11v5h-2M4.5 9.5h7v4h-7z"/>',
    "record": '<path d="M5.5 3.5h8M5.5 8h8M5.5 12.5h8M2.5 3.5h.1M2.5 8h.1M2.5 12.5h.1"/>',
    "star": '<path d="M8 2l1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5z"/>',
    "thumb": '<path d="M2.5 7.2H5v6H2.5zM5 7.5l2.6-5c1 0 1.7.8 1.5 1.9l-.4 2h3.5c.8 0 1.4.8 1.2 1.6l-1 4.2'
    'c-.1.6-.6 1-1.2 1H5"/>',
    "upload": '<path d="M8 10.5V2.9M4.8 6L8 2.8 11.2 6M3 13.3h10"/>',
}
_SHAPES = {
    "open": '<circle cx="8" cy="8" r="6" stroke-dasharray="2.6 2.1"/>',
    "prog": '<circle cx="8" cy="8" r="6.2"/><path d="M8 3.6a4.4 4.4 0 0 1 0 8.8z" fill="currentColor" stroke="none"/>',
    "ans": '<circle cx="8" cy="8" r="7" fill="currentColor" stroke="none"/>'
    '<path class="cut" d="M4.9 8.3l2.2 2.2 4.1-4.6" stroke-width="1.8"/>',
    "again": '<path d="M8 .6L15.4 8 8 15.4.6 8z" fill="currentColor" stroke="none"/>'
    '<path class="cut" d="M8 4.6v4M8 11.2v.1" stroke-width="1.8"/>',
    "harm": '<path d="M8 1.2l7 13H1z" fill="currentColor" stroke="none"/>'
    '<path class="cut" d="M8 6v3.6M8 11.9v.1" stroke-width="1.7"/>',
}
_SENSES = {
    "n": '<path d="M6 10.5L.8 1.5h10.4z" fill="currentColor"/>',
    "o": '<path d="M1 6h10" stroke="currentColor" stroke-width="2.4"/>',
    "p": '<path d="M6 1.5l5.2 9H.8z" fill="currentColor"/>',
    "u": '<path d="M1 6h2M5 6h2M9 6h2" stroke="currentColor" stroke-width="2"/>',
}
_SENSE_WORDS = {"n": "Negative", "o": "Neutral", "p": "Positive", "u": "Not sure"}
_SENSE_NAMES = {"negative": "n", "neutral": "o", "positive": "p", "abstain": "u", "unsure": "u", "0": "n", "1": "o"}
_SENSE_NAMES |= {"2": "p", "3": "u"}

STATE_WORDS = {
    "open": "Open",
    "prog": "In progress",
    "ans": "Answered",
    "again": "Needs another look",
    "harm": "Needs someone now",
}
_NAMES = {"in_progress": "prog", "progress": "prog", "answered": "ans", "done": "ans", "late": "again", "now": "harm"}


def icon(name: str, classes: str = "") -> SafeString:
    """The icon of this name, silent to screen readers: the words stand beside it."""
    drawn = mark_safe(_PATHS[name])  # noqa: S308 - our own constant
    return format_html('<svg class="i {}" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', classes, drawn)


def state_class(name: str) -> str:
    """The short name of a state: open, prog, ans, again or harm; raises KeyError on any other word."""
    short = _NAMES.get(name, name)
    if short not in _SHAPES:
        raise KeyError(f"“{name}” is not a state")
    return short


def state_shape(name: str) -> SafeString:
    """The shape alone; only where the word stands next to it."""
    drawn = mark_safe(_SHAPES[state_class(name)])  # noqa: S308 - our own constant
    return format_html('<svg class="i s" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', drawn)


def state(name: str, words: str = "", kind: str = "st") -> SafeString:
    """A state as shape, word and colour; `words` replaces the usual word, `kind` “chip” gives the tinted form."""
    short = state_class(name)
    return format_html(
        '<span class="{} s-{}">{}{}</span>', kind, short, state_shape(short), words or STATE_WORDS[short]
    )


def sense(name: str | int, words: str = "") -> SafeString:
    """How a post sounds, as triangle, dash or dashes with the word; `name` may be a label's word or number."""
    key = str(name).lower()
    short = _SENSE_NAMES.get(key, key)
    drawn = mark_safe(_SENSES[short])  # noqa: S308 - our own constant
    return format_html(
        '<span class="se {}"><svg viewBox="0 0 12 12" aria-hidden="true">{}</svg>{}</span>',
        short,
        drawn,
        words or _SENSE_WORDS[short],
    )


def brand_mark() -> SafeString:
    """The handrail itself."""
    return mark_safe(
        '<svg width="26" height="22" viewBox="0 0 26 22" aria-hidden="true" fill="none" stroke="currentColor" '
        'stroke-linecap="round"><path d="M2 13.5L19.5 5.2c2.6-1.2 4.8.2 4.8 2.3 0 1.7-1.3 2.7-2.6 2.7-1.1 '
        '0-1.9-.8-1.9-1.7" stroke-width="2.4"/><path d="M5 13.8v6.2M10.5 11.2V20M16 8.6V20" '
        'stroke-width="1.5" opacity=".8"/></svg>'
    )
