"""Keep policies as Markdown files in a folder, such as a Git repository: pull writes them, push brings edits back.

pull never overwrites a file that was edited and not pushed; push never overwrites words that changed meanwhile:
both say so, show the difference and exit with 1. A second pull without changes leaves every file as it is.
"""

import argparse
from importlib import import_module

from handrail.cli.common import CannotRead, add_json_option, fail, start_django
from handrail.cli.ready import not_ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which way, and which folder."""
    parser.add_argument("way", choices=["pull", "push"])
    parser.add_argument("folder", metavar="DIR", help="the folder of Markdown files; pull makes it if need be")
    parser.add_argument("--policy", metavar="KEY", help="only this policy")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
    parser.add_argument("--as", dest="as_whom", metavar="E-MAIL", help="on whose behalf; default: a governance owner")
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Open the database, then pull or push."""
    try:
        start_django()
    except CannotRead as error:
        return fail(str(error))
    if sentence := not_ready(and_close=False):
        return fail(sentence)
    return int(import_module("handrail.cli.folder").pull_or_push(arguments))
