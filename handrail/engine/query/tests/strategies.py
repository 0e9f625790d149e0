"""Queries and posts for property tests, from few words so that they meet, in many scripts."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from handrail.engine.post import Post

BARE = [
    "hotel", "Hotel", "hôtel", "HOTELS", "room", "rooms", "café", "cafe", "cafe\u0301", "wendy's", "wendys", "l'hôtel",
    "e-mail", "mail", "#hotel", "@room", "#東京", "東京", "東", "京都", "ホテル", "호텔은", "สวัสดี", "हिन्दी",
    "👍", "👍🏽", "👩‍💻",
    "🇬🇧", "£5", "$", "straße", "STRASSE", "мой", "мои", "й", "ё", "İstanbul", "œuvre", "snake_case", "x", "BT", "bt",
    "don’t", "example.com", "room.service", "Ｒｏｏｍ", "ﬁne", "ro\u00adom",
]  # fmt: skip
PATTERNS = ["hot*", "ro?m*", "r*s", "caf?", "hô*", "#ho*", "wen?y*", "c*e", "ho??l", "str*e"]
FIELDS = [
    "lang:en", "lang:pt,de", "from:bob", "author:@eve.example", "site:b.example", "platform:bluesky", "has:links",
]  # fmt: skip
_word = st.sampled_from(BARE + PATTERNS)
_phrase = st.lists(_word, min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"')
_close = st.tuples(_phrase, st.integers(0, 4)).map(lambda pair: f"{pair[0]}~{pair[1]}")
_raw = st.lists(st.sampled_from(BARE), min_size=1, max_size=2).map(lambda words: f"{{{' '.join(words)}}}")
_one = _word | _phrase | _raw
_side = _one | st.lists(_one, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})")
_near = st.tuples(_side, st.integers(0, 4), st.sampled_from(["", "f"]), _side).map(
    lambda four: f"{four[0]} NEAR/{four[1]}{four[2]} {four[3]}"
)
_leaf = _word | _phrase | _close | _raw | _near | st.sampled_from(FIELDS)


def _group(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joint = st.sampled_from([" AND ", " OR ", " ", " AND NOT ", " OR NOT "])
    return st.tuples(inner, joint, inner).map("".join) | st.tuples(inner, joint, inner).map(
        lambda parts: f"({''.join(parts)})"
    ) | inner.map(lambda part: f"NOT ({part})")  # fmt: skip


query_texts = st.recursive(_leaf, _group, max_leaves=6)
_gap = st.sampled_from([" ", " ", " ", ", ", "", "-", "/", "'", "_", " #", "@", "://", "\u200d", "\n", ". ", "?"])
texts = st.lists(st.tuples(st.sampled_from([*BARE, "the", "of", "Rome", "hot", "roam"]), _gap), max_size=12).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)
wild_texts = texts | st.text(max_size=30) | st.text(alphabet="aAéß'’_#@*?👍🏽\u200d\ufe0f🇬東ก\u0301ิ://. ", max_size=20)
posts = st.builds(
    Post,
    uri=st.just("at://post"),
    text=wild_texts,
    posted_at=st.just(datetime(2026, 1, 1, tzinfo=UTC)),
    author=st.sampled_from(["", "bob", "Eve.example"]),
    langs=st.sampled_from([(), ("en",), ("pt-BR",), ("de", "en")]),
    platform=st.sampled_from(["", "bluesky", "x"]),
    url=st.sampled_from(["", "https://www.a.b.example/x", "http://b.example"]),
)
