"""CLR-06: short forms in capitals that nobody spelt out."""

import re
from collections import defaultdict
from collections.abc import Iterator

from handrail.policy.clause import Document
from handrail.policy.lint.finding import Context, Hit
from handrail.policy.lint.reading import Reading
from handrail.policy.lint.rulebook import detector
from handrail.policy.lint.words import words

# Known to nearly every reader, or better known short than long.
_KNOWN = words("known_short_forms")
# Everyday words that writers set in capitals to stress them.
_STRESSED = words("stressed_in_capitals")
_SHORT = re.compile(r"(?<![\w#@&./-])(?P<word>[A-Z][A-Z&]{1,5})(?P<plural>s)?(?![\w@&/]|\.\w|-\d)")
_CAPITAL_WORD = re.compile(r"\b[A-Z]{2,}\b")
_SMALL_LINKS = frozenset({"of", "and", "the", "for", "in", "on", "to", "a", "an", "&", "de", "la"})
_MEANS_AFTER = re.compile(
    r"s?[\"'”’*]{0,3} ?(?:\(|:|–|—|-|=|means\b|stands for\b|is short for\b|refers to\b|, (?:or|short for)\b)"
)
_MEANS_BEFORE = re.compile(r"(?:\(|[\"“'‘,–—-] ?|\bor )(?:the |hereinafter |\"|“)?$")
_USES_READ = 20
_PLAIN_WORDS = re.compile(r"[^\W\d_][\w’'&-]{0,40}")


@detector("CLR-06")
def unexplained_short_forms(document: Document, context: Context) -> Iterator[Hit]:
    """Each short form that is neither known, nor ours, nor spelt out anywhere; marked at first use."""
    reading = context.reading
    ours = _our_short_names(document, context)
    places = _places(reading)
    small = reading.small_words
    told: set[str] = set()
    for passage in reading.passages:
        if _shouts(passage.text):
            continue
        for found in _SHORT.finditer(passage.text):
            word = found["word"].strip("&")
            if word in told or len(word) < 2 or word in _KNOWN or word in _STRESSED or word in ours:
                continue
            told.add(word)
            if word.lower() not in small and not _explained(word, places[word]):
                yield Hit(found.group(), passage.clause, values={"word": word})


def _our_short_names(document: Document, context: Context) -> set[str]:
    names = [*context.organisations, context.reading.own_name]
    words = {word for name in names for word in name.split() if word.isupper()}
    return words | {"".join(word[0] for word in name.split()).upper() for name in names if len(name.split()) > 1}


def _shouts(text: str) -> bool:
    """Whether whole words stand in capitals for stress, so that none of them can be told from a short form."""
    words = _PLAIN_WORDS.findall(text)
    return len(words) >= 4 and len(_CAPITAL_WORD.findall(text)) > 0.5 * len(words)


def _places(reading: Reading) -> dict[str, list[tuple[str, str]]]:
    """For each short form the words around its first uses anywhere, headings included."""
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    text = reading.text
    for found in _SHORT.finditer(text):
        around = places[found["word"].strip("&")]
        if len(around) < _USES_READ:
            around.append(
                (text[max(0, found.start() - 120) : found.start()], text[found.end("word") : found.end("word") + 120])
            )
    return places


def _explained(word: str, around: list[tuple[str, str]]) -> bool:
    """Whether the long form stands right before "(FTC)", or after "FTC (", "FTC:" or "FTC means"."""
    letters = word.replace("&", "").lower()
    for before, after in around:
        if _MEANS_AFTER.match(after) and _spells(letters, _PLAIN_WORDS.findall(after)[:12]):
            return True
        if _MEANS_BEFORE.search(before) and _spells(letters, _PLAIN_WORDS.findall(before)[-12:]):
            return True
    return False


def _spells(letters: str, words: list[str]) -> bool:
    """Whether the first letters of neighbouring words make up the short form, small words left out or counted."""
    for chosen in (words, [word for word in words if word.lower() not in _SMALL_LINKS]):
        if letters in "".join(part[0] for word in chosen for part in word.split("-") if part).lower():
            return True
    return False
