"""How common each word is among posts, so that queries are looked up by their rarest."""

from collections import Counter
from collections.abc import Iterable

from handrail.engine.matching.keys import field_key
from handrail.engine.post import Post
from handrail.engine.query.fields import field_keys
from handrail.engine.query.tokens import tokens


def word_shares(posts: Iterable[Post]) -> dict[str, float]:
    """Which share of these posts holds each word, tag, handle and field value; a few thousand posts are enough."""
    counted: Counter[str] = Counter()
    total = 0
    for post in posts:
        total += 1
        found = {field_key(key) for key in field_keys(post)}
        for token in tokens(post.text):
            found.add(token.plain)
            if token.sigil:
                found.add(token.sigil + token.plain)
        counted.update(found)
    return {key: count / total for key, count in counted.items()}
