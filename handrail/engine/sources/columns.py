"""Which column of a file means what, why do we think so, and which columns are left out on purpose?"""

import re
from collections.abc import Callable, Sequence

import msgspec

from handrail.engine.sources.dates import DateOrder, DateReader, Order, decide_order

FIELDS: dict[str, str] = {
    "id": "Post id",
    "text": "Text",
    "text_else": "Text where that is empty",
    "title": "Headline",
    "posted_at": "Date",
    "clock": "Time of day",
    "author": "Author",
    "lang": "Language",
    "platform": "Network",
    "url": "Address",
    "reply_to": "Answers to",
    "place": "Place",
    "country": "Country",
}

# Header words as compared: lower case, letters and digits only; the order is the preference.
_WORDS: dict[str, tuple[str, ...]] = {
    "id": (
        "tweetid", "postid", "mentionid", "resourceid", "guid", "documentid", "messageid",
        "statusid", "rowid", "id",
    ),
    "text": (
        "hitsentence", "fulltext", "text", "tweettext", "tweet", "posttext", "message", "body", "comment",
        "review", "reviewtext", "post", "mention", "caption", "description",
    ),
    "text_else": ("openingtext", "snippet", "summary", "excerpt"),
    "title": ("headline", "title", "subject"),
    "posted_at": (
        "createdatutc", "createdat", "postedat", "publishedat", "published", "datetime", "timestamp", "date",
        "postdate", "tweetcreated", "created", "datecreated", "publicationdate", "time", "added",
    ),
    "clock": ("time", "timeofday", "hour"),
    "author": (
        "author", "username", "screenname", "handle", "influencer", "user", "name", "authorname", "fullname", "from",
    ),
    "lang": ("language", "lang", "langs", "languagecode"),
    "platform": ("platform", "network", "source", "pagetype", "sourcetype", "contentsource", "mediatype", "channel"),
    "url": ("url", "link", "permalink", "posturl", "address", "mentionurl", "originalurl"),
    "reply_to": ("inreplytotweetid", "inreplyto", "replyto", "parentid", "inresponsetotweetid", "parentpostid"),
    "place": ("city", "place", "location", "tweetlocation", "region", "hotel", "property", "branch"),
    "country": ("country", "countrycode"),
}  # fmt: skip
_ADVERTISING = frozenset(
    ["ave", "emv", "adequivalency", "advalue", "mediavalue", "earnedmediavalue", "advertisingvalue", "avemultiplier"]
)
ADVERTISING_REASON = (
    "Left out. It prices talk as if it were an advert, which says nothing about what the talk is worth "
    "(Barcelona Principles, no. 5), so Handrail shows it nowhere."
)
_OWN_SCORE = "Left out. Every post is scored here, so that one scale with a known accuracy holds for all sources."
_PRIVATE = "Left out. Handrail has no use for it and keeps none."
_REACH = "Left out. It counts accounts that could have seen a post, not people who did."


class ColumnMatch(msgspec.Struct, frozen=True):
    """One column of the file: the field we take it for ("" is left out), why, and how sure we are (0 to 1)."""

    index: int
    header: str
    field: str
    reason: str
    confidence: float
    sample: str = ""
    quarantined: bool = False


class ColumnGuess(msgspec.Struct, frozen=True):
    """What each column means, whose export this looks like ("" when unknown), and how dates are written."""

    matches: tuple[ColumnMatch, ...]
    family: str
    dates: DateOrder

    def fields(self) -> dict[str, int]:
        """Field to column index, for the columns that are read."""
        return {match.field: match.index for match in self.matches if match.field}


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """How a table is to be read: field → column index, and what the cells need to be understood.

    `id_prefix` makes a row id globally unique (`<prefix>:<id>`); empty keeps ids as they stand.
    """

    fields: dict[str, int]
    width: int
    delimiter: str = ","
    date_order: Order = "iso"
    id_prefix: str = "file"
    platform: str = "file"


def guess_columns(header: Sequence[str], sample_rows: Sequence[Sequence[str]]) -> ColumnGuess:
    """Guess each column from its heading, then from its cells; one column per field, the best heading wins."""
    names = [_bare(name) for name in header]
    chosen: dict[int, tuple[str, str, float]] = {}
    for field, words in _WORDS.items():
        for word in words:
            free = [i for i, name in enumerate(names) if name == word and i not in chosen]
            if free:
                chosen[free[0]] = (field, f"Its heading says so: “{header[free[0]]}”.", 0.95)
                break
    _swap_lone_text(chosen)
    _from_cells(names, sample_rows, chosen)
    matches = tuple(_match(i, header, names, sample_rows, chosen) for i in range(len(header)))
    date = next((match.index for match in matches if match.field == "posted_at"), None)
    dates = decide_order(_cells(sample_rows, date) if date is not None else ())
    return ColumnGuess(matches=matches, family=_family(names), dates=dates)


def columns_for(guess: ColumnGuess, width: int, delimiter: str = ",") -> Columns:
    """The reading instructions that follow from a guess nobody changed."""
    platform = {"Twitter": "twitter"}.get(guess.family, guess.family.lower() or "file")
    return Columns(
        fields=guess.fields(),
        width=width,
        delimiter=delimiter,
        date_order=guess.dates.order,
        id_prefix=platform,
        platform="twitter" if guess.family == "Twitter" else "",
    )


def is_advertising_value(heading: str) -> bool:
    """Whether a heading names advertising value equivalents or their kin."""
    return _bare(heading) in _ADVERTISING


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _family(names: list[str]) -> str:
    have = set(names)
    if {"hitsentence", "openingtext"} <= have:
        return "Meltwater"
    if "resourceid" in have or {"queryid", "snippet"} <= have or {"pagetype", "snippet"} <= have:
        return "Brandwatch"
    if "tweetid" in have:
        return "Twitter"
    return ""


def _swap_lone_text(chosen: dict[int, tuple[str, str, float]]) -> None:
    """Without a text column, the second-best (an excerpt, a headline) is the text."""
    fields = {field for field, _, _ in chosen.values()}
    for spare in ("text_else", "title"):
        if "text" in fields:
            return
        for index, (field, _, _) in list(chosen.items()):
            if field == spare:
                chosen[index] = ("text", "It is the nearest thing to the post’s words in this file.", 0.6)
                fields.add("text")
    if "posted_at" not in fields:
        for index, (field, reason, sure) in list(chosen.items()):
            if field == "clock":
                chosen[index] = ("posted_at", reason, sure)


def _from_cells(names: list[str], rows: Sequence[Sequence[str]], chosen: dict[int, tuple[str, str, float]]) -> None:
    """Fill the fields no heading names, by what the cells look like; needs a few rows."""
    if len(rows) < 1:
        return
    taken = {field for field, _, _ in chosen.values()}
    open_columns = [i for i, name in enumerate(names) if i not in chosen and not _left_out(name)]
    cells = {i: [cell for cell in _cells(rows[:200], i) if cell.strip()] for i in open_columns}
    if "posted_at" not in taken and (i := _first(open_columns, cells, _look_like_dates)) is not None:
        chosen[i] = ("posted_at", "Its cells are dates.", 0.7)
        open_columns.remove(i)
    if "url" not in taken and (i := _first(open_columns, cells, _look_like_links)) is not None:
        chosen[i] = ("url", "Its cells are web addresses.", 0.7)
        open_columns.remove(i)
    if "id" not in taken and (i := next((i for i in open_columns if _is_number(names[i], cells[i])), None)) is not None:
        chosen[i] = ("id", "Every cell is different, as ids are.", 0.7)
        open_columns.remove(i)
    if "text" not in taken:
        wordy = [i for i in open_columns if _spaces(cells[i]) >= 1]
        if wordy:
            longest = max(wordy, key=lambda i: sum(map(len, cells[i])))
            sure = 0.7 if _spaces(cells[longest]) >= 3 else 0.5
            chosen[longest] = ("text", "Its cells hold the longest sentences.", sure)


def _is_number(name: str, cells: list[str]) -> bool:
    known = name in ("nr", "no", "number", "ref", "reference", "key", "uid", "uuid", "lfdnr", "num")
    return known and len(cells) == len(set(cells)) > 0


def _spaces(cells: list[str]) -> float:
    return sum(cell.count(" ") for cell in cells) / len(cells) if cells else 0.0


def _first(open_columns: list[int], cells: dict[int, list[str]], test: Callable[[list[str]], bool]) -> int | None:
    return next((i for i in open_columns if cells[i] and test(cells[i])), None)


def _look_like_dates(cells: list[str]) -> bool:
    reader = DateReader(decide_order(cells).order)
    return sum(reader.read(cell) is not None for cell in cells) > 0.5 * len(cells)


def _look_like_links(cells: list[str]) -> bool:
    return sum(cell.startswith(("http://", "https://")) for cell in cells) > 0.5 * len(cells)


def _left_out(name: str) -> str:
    if name in _ADVERTISING:
        return ADVERTISING_REASON
    if "sentiment" in name:
        return _OWN_SCORE
    if "email" in name or "phone" in name or name in ("iban", "birthday", "gender", "authorgender"):
        return _PRIVATE
    return _REACH if "reach" in name or "impressions" in name or "viewership" in name else ""


def _match(
    index: int,
    header: Sequence[str],
    names: list[str],
    rows: Sequence[Sequence[str]],
    chosen: dict[int, tuple[str, str, float]],
) -> ColumnMatch:
    sample = next((cell for cell in _cells(rows[:50], index) if cell.strip()), "")[:80]
    if index in chosen:
        field, reason, confidence = chosen[index]
        return ColumnMatch(index, header[index], field, reason, confidence, sample)
    reason = _left_out(names[index])
    advertising = reason == ADVERTISING_REASON
    return ColumnMatch(index, header[index], "", reason or "Left out. No field needs it.", 0.9, sample, advertising)


def _cells(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    return [row[index] for row in rows if index < len(row)]
