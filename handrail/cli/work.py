"""Run one more worker: it sees to follow-ups, schedules and jobs until it is told to stop.

  handrail work                 work until Ctrl-C or SIGTERM; the job in hand is finished first
  handrail work --once          do all that is due now, then end
  handrail work --queue slow    take jobs of one queue only; may be repeated

`handrail serve` starts one worker by itself. Start more where jobs wait too long; they share the work safely.
"""

import argparse
import signal
from importlib import import_module

from handrail.cli.common import CannotRead, fail, say, start_django
from handrail.cli.ready import not_ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How long to work, and on what."""
    parser.add_argument("--once", action="store_true", help="do what is due now, then end")
    parser.add_argument("--queue", action="append", default=[], help="take jobs of this queue only; may be repeated")
    parser.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Work until told to stop."""
    try:
        start_django()
    except CannotRead as error:
        return fail(str(error))
    if sentence := not_ready():
        return fail(sentence)
    loop = import_module("handrail.kernel.worker").Loop(tuple(arguments.queue))
    signal.signal(signal.SIGTERM, loop.stop)
    signal.signal(signal.SIGINT, loop.stop)
    if not arguments.once and not arguments.with_parent:
        say("Working. Stop with Ctrl-C; the job in hand is finished first.")
    loop.run(until_idle=arguments.once, with_parent=arguments.with_parent)
    return 0
