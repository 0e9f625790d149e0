"""Made-up posts and queries for bench/match.py: words as common as in real language, from a fixed draw."""

import math
import random
from datetime import UTC, datetime

import numpy as np

from handrail.engine.post import Post

_SOUNDS = (
    "ba be bi bo ca ce co da de di do fa fe ga go ha he hi la le li lo lu ma me mi mo na ne no pa pe po ra re ri ro \
sa se si so sta ste ta te ti to tra tre va ve vi wa we zi zo ing er est ly ness ".split()
)
_VOCABULARY = 60_000
_ASIDES = ("#{}", "@{}", "https://{}.example/x", "{}'s", "{} 👍🏽", "caf\u00e9 {}", "{} 🎉")


def vocabulary() -> list[str]:
    """Words in the order of how common they are; the commonest are short."""
    chance = random.Random(7)
    words: dict[str, None] = {}
    while len(words) < _VOCABULARY:
        length = 1 + min(4, int(math.log10(len(words) + 1)))
        words["".join(chance.choices(_SOUNDS, k=chance.randint(max(1, length - 1), length)))] = None
    return list(words)


def posts(words: list[str], count: int) -> list[Post]:
    """Posts of about 30 words, each word as often as Zipf's law says, some with tags, handles, links and emoji."""
    draw = np.random.default_rng(11)
    weights = 1 / np.arange(1, len(words) + 1) ** 1.02
    lengths = np.clip(draw.lognormal(3.3, 0.5, count), 4, 60).astype(int)
    ranks = draw.choice(len(words), size=int(lengths.sum()), p=weights / weights.sum())
    asides = draw.integers(0, 4 * len(_ASIDES), count)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    made, at = [], 0
    for number, length in enumerate(lengths.tolist()):
        chosen = [words[rank] for rank in ranks[at : at + length].tolist()]
        at += length
        aside = int(asides[number])
        if aside < len(_ASIDES):
            chosen[-1] = _ASIDES[aside].format(chosen[-1])
        made.append(Post(uri=str(number), text=" ".join(chosen), posted_at=now, langs=("en",)))
    return made


def queries(words: list[str], count: int) -> list[str]:
    """Queries of two to six words with AND, OR, NOT, phrases and NEAR; many of the words are common ones."""
    chance = random.Random(11)

    def word(first: int = 50, last: int = 40_000) -> str:
        return words[int(math.exp(chance.uniform(math.log(first), math.log(last)))) - 1]

    shapes = (
        lambda: f"{word()} AND {word()}",
        lambda: f"({word()} OR {word()} OR {word()}) AND {word()}",
        lambda: f"{word()} AND ({word()} OR {word()}) AND NOT {word()}",
        lambda: f'"{word(5, 2_000)} {word(5, 2_000)}" OR ({word(2_000)} AND {word(10, 2_000)})',
        lambda: f"{word(20, 3_000)} NEAR/4 {word(20, 3_000)} AND NOT {word()}",
        lambda: f'"{word(5, 500)} {word(5, 500)}" AND ({word(5, 500)} OR {word()} OR {word()})',
        lambda: f"{word(2_000)} OR {word(2_000)} OR ({word()} AND {word()})",
    )
    return [chance.choice(shapes)() for _ in range(count)]
