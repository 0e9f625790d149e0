"""Check this installation and say how to mend what is off: one line each, best read from the top.

Exits 0 when nothing needs mending (advice may remain), 1 with --strict when something does, 2 when the settings
themselves can't be read.
"""

import argparse
from importlib import import_module

from handrail.cli.common import CannotRead, add_json_option, fail, put_json, say, start_django

MARKS = {"well": "ok  ", "advice": "hint", "mend": "MEND"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How to show the findings."""
    parser.add_argument("--strict", action="store_true", help="exit 1 when something needs mending")
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Look at everything and say it."""
    try:
        start_django()
    except CannotRead as error:
        return fail(str(error))
    checks = import_module("handrail.cli.checkup").look()
    bad = [each for each in checks if each["state"] == "mend"]
    if arguments.json:
        put_json({"ok": not bad, "checks": checks})
    else:
        for each in checks:
            say(f"{MARKS[each['state']]}  {each['about']}: {each['sentence']}")
        say()
        say(
            "Nothing needs mending."
            if not bad
            else f"{len(bad)} of {len(checks)} {'needs' if len(bad) == 1 else 'need'} mending."
        )
    return 1 if bad and arguments.strict else 0
