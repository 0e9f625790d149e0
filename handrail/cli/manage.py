"""Run one of Django's own commands, such as `handrail manage migrate`. For operators and developers."""

import argparse
import os

from django.core.management import execute_from_command_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything after the verb is Django's."""
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="COMMAND …")


def run(arguments: argparse.Namespace) -> int:
    """Hand over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.settings")
    execute_from_command_line(["handrail manage", *arguments.rest])
    return 0
