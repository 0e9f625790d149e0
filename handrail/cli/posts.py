"""How the verbs that read posts open their file, and how its columns are named."""

import argparse
import io

import msgspec

from handrail.engine.sources.files import Reader, Unreadable, columns_named, is_jsonl, look_at, open_posts


def add_post_columns(parser: argparse.ArgumentParser) -> None:
    """Give a verb --id-column and --text-column."""
    parser.add_argument("--id-column", default="", metavar="NAME", help="the CSV column that holds a post's id")
    parser.add_argument("--text-column", default="", metavar="NAME", help="the CSV column that holds a post's text")


def post_reader(raw: bytes, arguments: argparse.Namespace) -> Reader:
    """A reader over the file's posts. Raises Unreadable with the sentence for the person."""
    stream = io.BytesIO(raw)
    if not (arguments.id_column or arguments.text_column):
        return open_posts(stream)
    if is_jsonl(stream):
        raise Unreadable("The file is JSONL, where no column can be named. Leave --id-column and --text-column out.")
    columns = columns_named(look_at(stream), id_column=arguments.id_column, text_column=arguments.text_column)
    # Neither a match nor how a post sounds hangs on its date, so a bad date is no reason to leave a post out.
    undated = {field: at for field, at in columns.fields.items() if field not in ("posted_at", "clock")}
    return open_posts(stream, msgspec.structs.replace(columns, fields=undated))
