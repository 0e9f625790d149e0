"""Bring in people, goals, domains, purposes, initiatives, readings, a policy or posts from a file.

Good rows go in; bad rows are listed with their line, what is wrong and how to mend it, and block nothing. The same
file twice changes nothing the second time. --dry-run says what would change and writes nothing.
"""

import argparse
from importlib import import_module

from handrail.cli.common import CannotRead, add_json_option, fail, read_source, start_django
from handrail.cli.ready import not_ready

CHOICES = ["people", "goals", "domains", "purposes", "initiatives", "readings", "policy", "posts"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to bring in, and from where."""
    parser.add_argument("what", choices=CHOICES)
    parser.add_argument("file", metavar="FILE", help="a file, or - for standard input")
    parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
    parser.add_argument("--as", dest="as_whom", metavar="E-MAIL", help="on whose behalf; default: a governance owner")
    parser.add_argument("--title", help="the policy's title, when it is new")
    parser.add_argument("--complete", action="store_true", help="people: the file names everyone; others have left")
    parser.add_argument("--confirmed", action="store_true", help="people: yes, more than one in twenty leave")
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Read the file, call the room's verb, and say what changed."""
    try:
        raw, name = read_source(arguments.file)
        start_django()
    except CannotRead as error:
        return fail(str(error))
    if sentence := not_ready(and_close=False):
        return fail(sentence)
    # Models can be imported only once the settings are loaded, so the importers are a module of their own.
    return int(import_module("handrail.cli.importers").bring_in(arguments, raw, name))
