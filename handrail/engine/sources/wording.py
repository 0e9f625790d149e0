"""What of a source's own words may go in: cleaned text, plausible times, short language codes."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

MAX_TEXT = 20_000
EARLIEST = datetime(2006, 1, 1, tzinfo=UTC)
LATEST_AHEAD = timedelta(hours=24)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\ufeff\ud800-\udfff]+")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#39|#x27|#8217);")
_CODE = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z0-9-]+)?$", re.IGNORECASE)
_NAMES = {
    "arabic": "ar", "bengali": "bn", "bulgarian": "bg", "catalan": "ca", "chinese": "zh", "croatian": "hr",
    "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "estonian": "et", "finnish": "fi",
    "french": "fr", "galician": "gl", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi",
    "hungarian": "hu", "icelandic": "is", "indonesian": "id", "irish": "ga", "italian": "it", "japanese": "ja",
    "korean": "ko", "latvian": "lv", "lithuanian": "lt", "malay": "ms", "norwegian": "no", "persian": "fa",
    "polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru", "serbian": "sr", "slovak": "sk",
    "slovenian": "sl", "spanish": "es", "swedish": "sv", "tagalog": "tl", "tamil": "ta", "thai": "th",
    "turkish": "tr", "ukrainian": "uk", "urdu": "ur", "vietnamese": "vi", "welsh": "cy",
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "por": "pt", "ita": "it",
    "nld": "nl", "dut": "nl", "jpn": "ja", "zho": "zh", "chi": "zh", "rus": "ru", "ara": "ar", "kor": "ko",
    "nor": "no", "swe": "sv", "dan": "da", "fin": "fi", "pol": "pl", "tur": "tr",
}  # fmt: skip


def clean(text: str) -> str:
    """The text without control characters and lone surrogates, which no database or page can hold."""
    return _CONTROL.sub(" ", text).strip() if _CONTROL.search(text) else text.strip()


def plain(text: str) -> str:
    """The cleaned text with the usual HTML entities written out."""
    return clean(_ENTITY.sub(lambda found: unescape(found.group()), text) if "&" in text else text)


def plausible(moment: datetime, now: datetime) -> bool:
    """Whether a post can have been written then: networks exist, and it is not from the future."""
    return EARLIEST <= moment <= now + LATEST_AHEAD


def language_code(name: str) -> str:
    """A two- or three-letter code for “pt-BR”, “English” or “eng”; empty when the word says nothing."""
    word = name.strip().lower()
    if word in _NAMES:
        return _NAMES[word]
    found = _CODE.match(word)
    code = found.group(1) if found else ""
    return "" if code in ("und", "zxx", "mul", "mis", "unk") else code


def too_long(text: str) -> str:
    """The sentence for a text no network would take, or nothing."""
    if len(text) <= MAX_TEXT:
        return ""
    return f"The text has {len(text):,} characters; at most {MAX_TEXT:,} go in. Shorten it, or leave this row out."
