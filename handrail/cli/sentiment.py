"""Say how each post sounds: negative, neutral, positive, or abstain where that can't be said well enough.

FILE is JSONL of Jetstream version 1, or CSV; "-" is standard input. In a CSV the columns are guessed from their
headings; name them where the guess is off. Probabilities are given as negative, neutral, positive. English is
covered; posts in other languages, posts without words and doubtful ones are abstained from.

  handrail sentiment posts.jsonl
  handrail sentiment export.csv --id-column tweet_id --text-column text --json
"""

import argparse
import io
import json
import sys
from itertools import islice
from typing import Any, BinaryIO

from handrail.cli.common import CannotRead, add_json_option, fail, progress, read_source, say
from handrail.engine.post import BadRow, Post
from handrail.engine.sentiment import score
from handrail.engine.sources.files import Reader, Unreadable, columns_named, is_jsonl, look_at, open_posts

_AT_ONCE = 10_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and which of its columns hold the id and the text."""
    parser.add_argument("file", metavar="FILE", help='posts as JSONL or CSV; "-" reads standard input')
    parser.add_argument("--id-column", default="", metavar="NAME", help="the CSV column that holds a post's id")
    parser.add_argument("--text-column", default="", metavar="NAME", help="the CSV column that holds a post's text")
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Score every post that can be read; rows that can't are named on standard error."""
    try:
        raw, _ = read_source(arguments.file)
        rows = _reader(io.BytesIO(raw), arguments.id_column, arguments.text_column)
        write = _Json() if arguments.json else _Lines()
        bad = 0
        shown = progress(rows, None, "posts")
        while batch := list(islice(shown, _AT_ONCE)):
            posts = [row for row in batch if isinstance(row, Post)]
            for row in batch:
                if isinstance(row, BadRow):
                    bad += 1
                    print(f"Line {row.line}: {row.reason}", file=sys.stderr)
            sentiments = score([post.text for post in posts], [post.langs for post in posts])
            for post, sentiment in zip(posts, sentiments, strict=True):
                write({"id": post.uri, "label": sentiment.label, "p": list(sentiment.p)})
    except (CannotRead, Unreadable) as error:
        return fail(str(error))
    return 0
