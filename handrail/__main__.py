"""The command line: `handrail VERB …`. Each verb is a module of handrail.cli, loaded only when it is called."""

import argparse
import sys
from importlib import import_module

from handrail import __version__

# The verbs in the order a newcomer needs them: name, what it does in one line.
VERBS: dict[str, str] = {
    "serve": "serve the pages, with one worker beside them",
    "demo": "load the demo organisation into an empty place",
    "doctor": "check this installation and say how to mend what is off",
    "work": "run one more worker for jobs",
    "import": "bring in people, goals, a policy or posts from a file",
    "policy": "keep policies as files in a Git folder: pull and push",
    "clauses": "show the clauses of a policy",
    "lint": "check a policy's wording and structure",
    "diff": "compare two texts of a policy, clause by clause",
    "match": "show which posts a query matches",
    "sentiment": "say how each post sounds, with its probabilities",
    "verify": "prove that the record was not changed",
    "backup": "save everything into one file, while serving",
    "restore": "bring a saved file back into an empty place",
    "manage": "run a Django command, for operators (migrate, createsuperuser's kin)",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one verb and return its exit code: 0 done, 1 findings or no match where asked with --strict, 2 bad input."""
    words = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(
        prog="handrail",
        description="Handrail: an organisation's life on social media as one closed loop.",
        epilog="handrail VERB --help explains a verb.",
    )
    parser.add_argument("--version", action="version", version=f"handrail {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    called = next((word for word in words if not word.startswith("-")), "")
    for verb, line in VERBS.items():
        if verb != called:
            verbs.add_parser(verb, help=line, add_help=False)
            continue
        module = import_module(f"handrail.cli.{verb if verb != 'import' else 'bring_in'}")
        sub = verbs.add_parser(
            verb,
            help=line,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(sub)
        sub.set_defaults(run=module.run)
    parsed = parser.parse_args(words)
    return int(parsed.run(parsed))


if __name__ == "__main__":
    sys.exit(main())
