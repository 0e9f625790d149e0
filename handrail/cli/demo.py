"""Load the demo organisation, Harbour & Pine Hotels, into an empty place.

Its files go through the same importers and verbs as anyone's; dates in them are counted from today. Where somebody is
already here, nothing is loaded.
"""

import argparse
from importlib import import_module

from handrail.cli.common import CannotRead, fail, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether a place that is not empty is an error."""
    parser.add_argument("--if-empty", action="store_true", help="do nothing, quietly, where people are already here")


def run(arguments: argparse.Namespace) -> int:
    """Prepare the database and load the files."""
    try:
        start_django()
    except CannotRead as error:
        return fail(str(error))
    return int(import_module("handrail.cli.demo_files").load(if_empty=arguments.if_empty))
