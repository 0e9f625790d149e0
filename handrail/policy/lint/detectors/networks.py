"""CUR-04: networks that are gone or renamed, and one or two networks named as if there were no others."""

import re
from collections import Counter
from collections.abc import Iterator

from handrail.policy.clause import Clause, Document
from handrail.policy.lint.finding import Context, Hit
from handrail.policy.lint.reading import Reading
from handrail.policy.lint.rulebook import detector

_TWITTER = re.compile(r"\bTwitter\b(?!\.com)")
_NEW_NAME = re.compile(
    r"\bX ?[/(|] ?(?:formerly )?(?:known as )?Twitter"
    r"|\bTwitter ?[/(|] ?(?:now )?(?:known as |called )?X\b|\bX,? (?:formerly|previously|once|ex-?)(?: known as"
    r"| called)? Twitter|\bTwitter,? (?:now|renamed)(?: known as| called)? X\b|\bX and Twitter\b"
)
_CLOSED = {
    "Google+": (re.compile(r"\bGoogle ?\+|\bGoogle Plus\b"), "closed in 2019"),
    "Vine": (re.compile(r"(?<=[a-z,/] )Vines?\b(?! (?:Street|Road))"), "closed in 2017"),
    "Periscope": (re.compile(r"\bPeriscope\b"), "closed in 2021"),
    "MySpace": (re.compile(r"\bMy ?Space\b"), "is hardly used today"),
    "Orkut": (re.compile(r"\bOrkut\b"), "closed in 2014"),
    "Friendster": (re.compile(r"\bFriendster\b"), "closed in 2015"),
    "Storify": (re.compile(r"\bStorify\b"), "closed in 2018"),
    "StumbleUpon": (re.compile(r"\bStumble ?Upon\b"), "closed in 2018"),
}
_PLATFORM = re.compile(
    r"\b(?P<name>Facebook|Twitter|LinkedIn|Instagram|YouTube|TikTok|Snapchat|WhatsApp|Reddit|Pinterest|Mastodon"
    r"|Bluesky|BlueSky|"
    r"Threads|Telegram|WeChat|Discord|Tumblr|Flickr|Medium|Vimeo|Twitch|Glassdoor|XING|Quora|Hacker ?News)\b"
)
_OPEN = re.compile(
    r"\b(?:such as|including|includes?|like|e\.g\.|for example|for instance|among others|etc|and others"
    r"|and so on|any (?:other )?(?:social|online|platform|network|site|channel)|"
    r"all (?:social|online|platforms|networks|channels|forms)|other (?:social|online|platforms?|networks?|sites"
    r"|channels)|not limited to|where applicable)\b",
    re.IGNORECASE,
)


@detector("CUR-04")
def old_networks(document: Document, context: Context) -> Iterator[Hit]:
    """Old names, one hit each at first use, and a closed list of one or two networks."""
    reading = context.reading
    yield from _gone(reading)
    on_twitter = [passage for passage in reading.passages if "Twitter" in passage.text]
    if not any(_NEW_NAME.search(passage.text) for passage in on_twitter):
        clause = next((passage.clause for passage in on_twitter if _TWITTER.search(passage.text)), None)
        if clause:
            yield Hit("Twitter", clause, values={"name": "Twitter", "fate": "has been called X since 2023"})
    yield from _closed_list(reading)


def _gone(reading: Reading) -> Iterator[Hit]:
    for name, (pattern, fate) in _CLOSED.items():
        for passage in reading.passages:
            found = pattern.search(passage.text) if name[:2].lower() in passage.low else None
            if found:
                yield Hit(found.group(), passage.clause, values={"name": name, "fate": fate})
                break


def _closed_list(reading: Reading) -> Iterator[Hit]:
    named: Counter[str] = Counter()
    first: Clause | None = None
    for passage in reading.passages:
        for found in _PLATFORM.finditer(passage.text):
            named[found["name"].lower()] += 1
            first = first or passage.clause
            shown = found["name"]
        if named and len(named) > 2:
            return
    if not first or sum(named.values()) < 3 or any(_OPEN.search(passage.text) for passage in reading.passages):
        return
    names = " and ".join(_proper(name, first.text, shown) for name in named)
    yield Hit(first.text[:200], first, wording="single" if len(named) == 1 else "closed", values={"names": names})


def _proper(name: str, text: str, fallback: str) -> str:
    found = re.search(re.escape(name), text, re.IGNORECASE)
    return found.group() if found else fallback
