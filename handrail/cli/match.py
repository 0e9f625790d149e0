"""Show which posts a query matches: their ids, one a line, or one JSON array with --json.

FILE is JSONL of Jetstream version 1, or CSV; "-" is standard input. In a CSV the columns are guessed from their
headings; name them where the guess is off. A bad query is answered with its code, the place and how to mend it.

  handrail match '(room OR suite) AND dirty NOT lang:de' posts.jsonl
  handrail match '"front desk" NEAR/5 (rude OR slow)' export.csv --id-column tweet_id --text-column text
  handrail match 'wifi OR "wi-fi"' --explain

The query language: AND, OR, NOT in capitals (NOT binds closest, then AND, then OR; brackets decide), "a phrase",
"near words"~3, a NEAR/5 b (at most 5 words between), a NEAR/5f b (in this order), hot* and caf? (any letters, one
letter), {BT} (exact capitals), #tag, @handle, emoji, lang:en,de from:alice site:news.example platform:bluesky
has:links, and <<< comments >>>.
"""

import argparse
import sys
from collections.abc import Iterator
from itertools import islice

from handrail.cli.common import CannotRead, add_json_option, fail, progress, put_json, read_source, say
from handrail.cli.posts import add_post_columns, post_reader
from handrail.engine.matching import Matcher
from handrail.engine.post import BadRow, Post
from handrail.engine.query import Query, QueryError, as_text, explain, parse
from handrail.engine.sources.files import Reader, Unreadable

_AT_ONCE = 10_000
_SHOWN = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The query, the file, and which of its columns hold the id and the text."""
    parser.add_argument("query", metavar="QUERY", help="what to look for, in quotes")
    parser.add_argument("file", metavar="FILE", nargs="?", help='posts as JSONL or CSV; "-" reads standard input')
    add_post_columns(parser)
    parser.add_argument("--explain", action="store_true", help="show how the query is read, and match nothing")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when no post matches")
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Match every post that can be read; name the rows that can't, and what is doubtful about the query."""
    # The shell may hand over bytes that are no text; they can't be searched for.
    text = arguments.query.encode("utf-8", "replace").decode()
    try:
        query = parse(text)
    except QueryError as error:
        return _refuse(error, text, as_json=arguments.json)
    if arguments.explain:
        _explain(query, as_json=arguments.json)
        return 0
    if arguments.file is None:
        return fail('Name the file of posts after the query, or "-" for standard input.')
    for warned in query.warnings:
        print(f"{warned.code} at character {warned.position + 1}: {warned.message}", file=sys.stderr)
    try:
        raw, _ = read_source(arguments.file)
        reader = post_reader(raw, arguments)
        found = _put(_matching(query, reader), as_json=arguments.json)
    except (CannotRead, Unreadable) as error:
        return fail(str(error))
    return 1 if arguments.strict and not found else 0


def _refuse(error: QueryError, text: str, *, as_json: bool) -> int:
    """Code, place and sentence, and the stretch of the query with a mark under the place."""
    if as_json:
        put_json({"code": error.code, "position": error.position, "end": error.end, "message": error.message})
    begin = max(0, error.position - _SHOWN // 2)
    line = "".join(mark if mark.isprintable() else " " for mark in text[begin : begin + _SHOWN])
    width = max(1, min(error.end, begin + _SHOWN) - error.position)
    return fail(f"{error}\n  {line}\n  {' ' * (error.position - begin)}{'^' * width}")


def _explain(query: Query, *, as_json: bool) -> None:
    if as_json:
        warnings = [{"code": one.code, "position": one.position, "message": one.message} for one in query.warnings]
        put_json({"query": as_text(query), "explanation": explain(query), "warnings": warnings})
        return
    say(as_text(query))
    say()
    say(explain(query))
    for warned in query.warnings:
        say()
        say(f"{warned.code} at character {warned.position + 1}: {warned.message}")


def _matching(query: Query, reader: Reader) -> Iterator[str]:
    """The ids of the posts that match, in the file's order."""
    matcher = Matcher({1: query})
    rows = progress(reader, None, "posts")
    while batch := list(islice(rows, _AT_ONCE)):
        posts = [row for row in batch if isinstance(row, Post)]
        for row in batch:
            if isinstance(row, BadRow):
                print(f"Line {row.line}: {row.reason}", file=sys.stderr)
        for post, matched in zip(posts, matcher.match_many(posts), strict=True):
            if matched:
                yield post.uri


def _put(ids: Iterator[str], *, as_json: bool) -> int:
    """Print the ids and say how many they are."""
    if as_json:
        found = list(ids)
        put_json(found)
        return len(found)
    count = 0
    for one in ids:
        say(one)
        count += 1
    return count
