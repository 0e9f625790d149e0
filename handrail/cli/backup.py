"""Save everything into one file, while serving: database, checkpoints, public key, uploaded files.

  handrail backup handrail-2026-11-24.tar.gz
  handrail backup FILE --with-key      with the private keys too; keep such a file like the keys themselves

Without the keys a restored place makes new ones: what was signed before stays verifiable, people sign in again.
Bring a backup back with “handrail restore FILE”.
"""

import argparse
from importlib import import_module
from pathlib import Path

from handrail.cli.common import CannotRead, add_json_option, fail, put_json, say, start_django
from handrail.cli.ready import not_ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to save, and whether with the keys."""
    parser.add_argument("file", metavar="FILE", help="the file to write, such as handrail-2026-11-24.tar.gz")
    parser.add_argument("--with-key", action="store_true", help="save the private keys too")
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Save, and say what was saved."""
    target = Path(arguments.file)
    if not target.absolute().parent.is_dir():
        return fail(f"{target.absolute().parent} is no folder. Make it first, or name another.")
    try:
        start_django()
    except CannotRead as error:
        return fail(str(error))
    sentence = not_ready()
    if "steps behind" not in sentence and sentence:
        return fail(sentence)
    kernel = import_module("handrail.kernel.backup")
    try:
        made = kernel.back_up(target, with_key=arguments.with_key)
    except kernel.CannotSave as error:
        return fail(str(error))
    if arguments.json:
        put_json(made)
        return 0
    say(f"Saved {len(made['files'])} files, {made['bytes'] / 1_000_000:,.1f} MB, into {target}.")
    if not arguments.with_key:
        say("The private keys are not in it. Keep a copy of HANDRAIL_HOME/keys in a safe place.")
    if made["note"]:
        say(made["note"])
    return 0
