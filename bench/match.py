"""How many posts a second can be held against stored queries, beside Python's `re` and PostgreSQL's tsquery?

Run: python bench/match.py (under 3 minutes), or --quick (under 30 seconds). Posts and queries are made up, from a fixed
draw: 500,000 posts of about 30 words, as common as in real language; 100, 1,000 and 10,000 queries of 2 to 6 words with
AND, OR, NOT, phrases and NEAR. Ours is timed in seconds of one processor, from posts to lists of query numbers;
PostgreSQL by the clock, from texts in a table to matches. What ours finds is held against the slow evaluator and
against the peers in the same run; peers that can't be had are named and skipped.
"""

import argparse
import gc
import sys
import time
from collections.abc import Callable

from _made_up_posts import posts as made_up_posts
from _made_up_posts import queries as made_up_queries
from _made_up_posts import vocabulary
from _match_peers import Pairs, by_expression, by_postgres, postgres

from handrail.engine.matching import Matcher, can_compile, word_shares
from handrail.engine.post import Post
from handrail.engine.query import Query, evaluate, parse, read

BATCH = 10_000
AIMS = {100: 400_000, 1_000: 200_000, 10_000: 50_000}


def per_second(answer: Callable[[list[Post]], object], posts: list[Post], tries: int = 1) -> float:
    """Posts a second of processor time, the best of some tries."""
    best = float("inf")
    for _ in range(tries):
        began = time.process_time()
        answer(posts)
        best = min(best, time.process_time() - began)
    return len(posts) / best


def in_batches(matcher: Matcher) -> Callable[[list[Post]], object]:
    """Ask as a stream asks: some thousands of posts at a time, whose answers are done with before the next."""

    def answer(posts: list[Post]) -> None:
        for begin in range(0, len(posts), BATCH):
            matcher.match_many(posts[begin : begin + BATCH])

    return answer


def within(seconds: float, answer: Callable[[list[Post]], object], posts: list[Post]) -> float:
    """Posts a second over as many posts as fit in about this time."""
    few = 1
    while True:
        began = time.process_time()
        answer(posts[:few])
        spent = time.process_time() - began
        if spent > seconds / 3 or few >= len(posts):
            return few / spent
        few = min(len(posts), few * 3)


def check(matcher: Matcher, queries: dict[int, Query], posts: list[Post]) -> int:
    """How many pairs of post and query the slow evaluator decides otherwise."""
    wrong = 0
    for post, found in zip(posts, matcher.match_many(posts), strict=True):
        reading = read(post)
        wrong += len({number for number, query in queries.items() if evaluate(query, reading)} ^ set(found))
    return wrong


def pairs(found: list[list[int]]) -> Pairs:
    return {(post, number) for post, numbers in enumerate(found) for number in numbers}


def measure(queries: dict[int, Query], posts: list[Post], shares: dict[str, float], peer: object, quick: bool) -> None:
    count = len(queries)
    print(f"\n{count:,} queries, {len(posts):,} posts")
    pure = Matcher(queries, shares=shares, way="pure")
    pure.match_many(posts[:10])
    rates = {"ours, plain Python": within(2, pure.match_many, posts)}
    best = pure
    if can_compile():
        best = Matcher(queries, shares=shares, way="compiled")
        began = time.process_time()
        best.match_many(posts[:100])
        built = time.process_time() - began
        gc.collect()
        rates["ours, compiled"] = per_second(in_batches(best), posts, 3)
        began = time.process_time()
        best.add(count, parse("unheard OR unseen"))
        best.match_many(posts[:100])
        print(f"  built in {built:.2f} s; an edit is live in {1000 * (time.process_time() - began):.1f} ms")
        best.remove(count)
    expressions = [(number, by_expression(query.node)) for number, query in queries.items()]

    def search(some: list[Post]) -> list[list[int]]:
        return [[number for number, holds in expressions if holds(post.text)] for post in some]

    rates["Python re"] = within(2, search, posts)
    few = posts[: max(5, 30_000 // count)]
    notes = [f"{check(best, queries, few)} of {len(few) * count:,} pairs differ from the slow evaluator"]
    some = posts[:2_000]
    notes.append(f"{len(pairs(pure.match_many(some)) ^ pairs(best.match_many(some)))} from plain Python")
    if isinstance(peer, str):
        print(f"  PostgreSQL skipped: {peer}")
    else:
        batch = posts[: 5_000 if quick else 30_000]
        spent, theirs = by_postgres(peer, queries, batch)
        rates["PostgreSQL tsquery"] = len(batch) / spent
        mine = pairs(best.match_many(batch))
        notes.append(
            f"PostgreSQL misses {len(mine - theirs):,} and adds {len(theirs - mine):,} of {len(mine):,} matches"
        )
    top = rates.get("ours, compiled", rates["ours, plain Python"])
    for name, rate in rates.items():
        print(f"  {name:<20} {rate:>12,.0f} posts/s   {'' if rate == top else f'1 : {top / rate:,.1f}'}")
    print(f"  aim {AIMS[count]:,}: {'met' if top >= AIMS[count] else 'missed'}; {'; '.join(notes)}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer posts, no more than 30 seconds")
    quick = parser.parse_args().quick
    words = vocabulary()
    posts = made_up_posts(words, 50_000 if quick else 500_000)
    shares = word_shares(posts[: 3_000 if quick else 20_000])
    gc.freeze()
    if not can_compile():
        print("compiled: skipped, numba is not installed (pip install 'handrail[fast]')")
    with postgres() as peer:
        for count in AIMS:
            queries = {number: parse(text) for number, text in enumerate(made_up_queries(words, count))}
            measure(queries, posts, shares, peer, quick)
    return 0


if __name__ == "__main__":
    sys.exit(main())
