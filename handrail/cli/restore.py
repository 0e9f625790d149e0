"""Bring a saved file back into an empty place, then prove that the record in it is whole.

  HANDRAIL_HOME=/srv/handrail-new handrail restore handrail-2026-11-24.tar.gz

Nothing that exists is ever overwritten. The backup of a SQLite place goes into SQLite, that of a PostgreSQL place into
an empty PostgreSQL database. Exits 0 when all is well, 1 when it was restored but its record is not whole, 2 when
nothing was restored.
"""

import argparse
from importlib import import_module
from pathlib import Path

from handrail.cli.common import CannotRead, add_json_option, fail, put_json, say, start_django
from handrail.cli.ready import not_ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file to bring back."""
    parser.add_argument("file", metavar="FILE", help="a file that “handrail backup” wrote")
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Restore, verify, and say both."""
    source = Path(arguments.file)
    if not source.is_file():
        return fail(f"{source} is no file. Check the name.")
    try:
        start_django()
    except CannotRead as error:
        return fail(str(error))
    kernel = import_module("handrail.kernel.restore")
    try:
        manifest = kernel.restore(source)
    except kernel.CannotSave as error:
        return fail(str(error))
    verdict, notes = import_module("handrail.kernel.record").check_journal()
    next_step = not_ready()
    if arguments.json:
        put_json(
            {
                "made_at": manifest["made_at"],
                "version": manifest["version"],
                "files": len(manifest["files"]),
                "facts": verdict.facts,
                "signed": verdict.signed,
                "ok": verdict.is_whole,
                "notes": [*notes, *([next_step] if next_step else [])],
            }
        )
        return 0 if verdict.is_whole else 1
    say(f"Restored what was saved on {manifest['made_at'][:16].replace('T', ' at ')} UTC.")
    if verdict.first_bad is None:
        say(f"The record is whole: {verdict.facts:,} facts, {verdict.signed:,} of them signed.")
    else:
        say(f"Its record is not whole. {verdict.first_bad.sentence} Run “handrail verify” for all of it.")
    for note in notes:
        say(note)
    say(next_step or "Start it with “handrail serve”.")
    return 0 if verdict.is_whole else 1
