"""Say how each post sounds: negative, neutral, positive, or abstain where that can't be said well enough.

FILE is JSONL of Jetstream version 1, or CSV; "-" is standard input. In a CSV the columns are guessed from their
headings; name them where the guess is off. Probabilities are given as negative, neutral, positive. English is
covered; posts in other languages, posts without words and doubtful ones are abstained from.

  handrail sentiment posts.jsonl
  handrail sentiment export.csv --id-column tweet_id --text-column text --json
"""

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import islice

from handrail.cli.common import CannotRead, add_json_option, fail, progress, read_source, say
from handrail.cli.posts import add_post_columns, post_reader
from handrail.engine.post import BadRow, Post
from handrail.engine.sentiment import score
from handrail.engine.sources.files import Reader, Unreadable

_AT_ONCE = 10_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and which of its columns hold the id and the text."""
    parser.add_argument("file", metavar="FILE", help='posts as JSONL or CSV; "-" reads standard input')
    add_post_columns(parser)
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Score every post that can be read: one JSON object a line, or one array with --json; name the rows that can't."""
    try:
        raw, _ = read_source(arguments.file)
        reader = post_reader(raw, arguments)
        _print(_scored(reader), as_array=arguments.json)
    except (CannotRead, Unreadable) as error:
        return fail(str(error))
    return 0


def _scored(reader: Reader) -> Iterator[str]:
    rows = progress(reader, None, "posts")
    while batch := list(islice(rows, _AT_ONCE)):
        posts = [row for row in batch if isinstance(row, Post)]
        for row in batch:
            if isinstance(row, BadRow):
                print(f"Line {row.line}: {row.reason}", file=sys.stderr)
        sentiments = score([post.text for post in posts], [post.langs for post in posts])
        for post, sentiment in zip(posts, sentiments, strict=True):
            yield json.dumps({"id": post.uri, "label": sentiment.label, "p": sentiment.p})


def _print(lines: Iterator[str], *, as_array: bool) -> None:
    if not as_array:
        for line in lines:
            say(line)
        return
    first = next(lines, "")
    sys.stdout.write(f"[{first}")
    for line in lines:
        sys.stdout.write(f",\n{line}")
    say("]")
