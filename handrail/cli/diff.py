"""Compare two texts of a policy, clause by clause: what moved, what asks more, what asks less, word for word.

OLD and NEW are Markdown, HTML, Word (.docx) or plain text; one of them may be "-" for standard input. Each clause of
both is unchanged, moved, editorial, clarified, tightened, loosened, new or removed. The type is proposed by rules and
comes with its reason. With --json, unchanged clauses are listed too.

  handrail diff policy-v3.md policy-v4.md
  handrail diff policy-v3.docx policy-v4.md --json
"""

import argparse
import sys
from collections import Counter

from handrail.cli.common import CannotRead, add_json_option, fail, put_json, read_source, say
from handrail.kernel.errors import BadInput
from handrail.policy.text import ClauseChange, compare, read_policy

_COLOURS = {"ins": ("\033[32;4m", "\033[0m"), "del": ("\033[31;9m", "\033[0m"), "equal": ("", "")}
_PLAIN = {"ins": ("{+", "+}"), "del": ("[-", "-]"), "equal": ("", "")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument("old", metavar="OLD", help="the earlier text")
    parser.add_argument("new", metavar="NEW", help="the later text")
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print what changed."""
    if arguments.old == arguments.new == "-":
        return fail("Only one of the two texts can come from standard input. Name a file for the other.")
    try:
        old, new = (read_policy(*read_source(path)) for path in (arguments.old, arguments.new))
    except CannotRead as error:
        return fail(str(error))
    except BadInput as error:
        return fail(error.sentence)
    changes = compare(old, new)
    if arguments.json:
        put_json(
            [
                {
                    "clause": change.clause,
                    "change": change.change,
                    "words": [{"op": piece.op, "text": piece.text} for piece in change.words],
                }
                for change in changes
            ]
        )
        return 0
    _show(changes)
    return 0


def _show(changes: list[ClauseChange]) -> None:
    marks = _COLOURS if sys.stdout.isatty() else _PLAIN
    heading = None
    for change in changes:
        if change.change == "unchanged":
            continue
        if change.heading != heading:
            heading = change.heading
            say(heading or "Before the first heading")
        say(f"  {change.clause}  {change.change}: {change.why}")
        say("    " + "".join(f"{each.gap}{marks[each.op][0]}{each.body}{marks[each.op][1]}" for each in change.words))
        say()
    counts = Counter(change.change for change in changes)
    said = ", ".join(f"{count} {kind}" for kind, count in counts.most_common())
    say(f"{len(changes)} clauses: {said}." if changes else "Both texts are without clauses.")
