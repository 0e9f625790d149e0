"""Show the clauses of a policy: what it says, one by one, each with a permanent id, its kind and its lines.

FILE is Markdown, HTML, Word (.docx) or plain text; "-" reads standard input. Kinds are principle, do, don't,
definition and example. No visible word of the file is missing: a heading with nothing straight under it is a row of
its own.

  handrail clauses policy.md
  handrail clauses policy.docx --json
"""

import argparse
from collections.abc import Iterator
from hashlib import sha256

from handrail.cli.common import CannotRead, add_json_option, fail, put_json, read_source, say
from handrail.kernel.errors import BadInput
from handrail.policy.clause import Clause, Document
from handrail.policy.text import read_policy


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument(
        "file", metavar="FILE", help='the policy: Markdown, HTML, Word or plain text; "-" for standard input'
    )
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the clauses."""
    try:
        raw, name = read_source(arguments.file)
        document = read_policy(raw, name)
    except CannotRead as error:
        return fail(str(error))
    except BadInput as error:
        return fail(error.sentence)
    rows = list(_rows(document))
    if arguments.json:
        put_json(
            [
                {
                    "id": row.id,
                    "kind": row.kind,
                    "heading": row.heading,
                    "text": row.text,
                    "line_start": row.line_start,
                    "line_end": row.line_end,
                }
                for row in rows
            ]
        )
        return 0
    _show(document)
    return 0


def _rows(document: Document) -> Iterator[Clause]:
    """Clauses in reading order, with a row for each heading that no clause names and for a title outside the text."""
    named = [(clause.line_start, clause.heading) for clause in document.clauses]
    waiting = list(document.headings)
    if document.title and document.title not in {each.text for each in document.headings}:
        yield _heading_row(document.title, 1)
    for at, clause in enumerate(document.clauses):
        while waiting and waiting[0].line <= clause.line_start:
            heading = waiting.pop(0)
            nearest = not waiting or waiting[0].line > clause.line_start
            if not (nearest and heading.text == named[at][1]):
                yield _heading_row(heading.text, heading.line)
        yield clause
    for heading in waiting:
        yield _heading_row(heading.text, heading.line)


def _heading_row(text: str, line: int) -> Clause:
    mark = sha256(f"{text}\x00{line}".encode()).hexdigest()[:6]
    return Clause(id=f"h-{mark}", kind="principle", heading=text, text=text, line_start=line, line_end=line)


def _show(document: Document) -> None:
    if document.title:
        say(document.title)
    shown = ""
    for clause in document.clauses:
        if clause.heading != shown:
            shown = clause.heading
            say()
            say(" › ".join(clause.headings))
        lines = (
            f"{clause.line_start}" if clause.line_start == clause.line_end else f"{clause.line_start}-{clause.line_end}"
        )
        mark = f"{clause.marker} " if clause.marker else ""
        say(f"  {clause.id}  {clause.kind:<10}  {lines:>7}  {'  ' * clause.depth}{mark}{clause.text}")
    count = len(document.clauses)
    say()
    say(f"{count} clause{'' if count == 1 else 's'}.")
