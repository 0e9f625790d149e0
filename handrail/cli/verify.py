"""Prove that the record was not changed.

  handrail verify                       check this installation's journal against its signed checkpoints
  handrail verify --checkpoint          sign how the journal stands now, then check
  handrail verify --export record.jsonl write facts, checkpoints and public key into one file
  handrail verify record.jsonl          check such a file, with nothing but the file
  handrail verify record.jsonl --key K  the same, believing only key K (64 digits, or a file that holds them)

A checkpoint counts the facts and carries a mark of each; it is signed and kept outside the database. So a fact that
was changed, dropped, moved or added is named even when every hash was computed anew. Keep a copy of the checkpoints
folder and of the key's fingerprint elsewhere, and compare with --checkpoints FOLDER.
Exits 0 when the record is whole, 1 when it is not, 2 when it can't be checked.
"""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

from handrail.cli.common import CannotRead, add_json_option, fail, progress, put_json, say, start_django
from handrail.kernel.bundle import BadBundle, read
from handrail.kernel.canon import Line
from handrail.kernel.proof import Verdict, check
from handrail.kernel.signing import trusted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file to check, or what to do with this installation's journal."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="an export to check; without it, this installation")
    parser.add_argument("--export", metavar="FILE", help="write the journal into a file that anyone can check")
    parser.add_argument("--checkpoint", action="store_true", help="sign how the journal stands now")
    parser.add_argument("--checkpoints", metavar="FOLDER", help="compare with a copy of the checkpoints kept elsewhere")
    parser.add_argument("--key", action="append", default=[], help="believe only this public key; may be repeated")
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check, and say what was found."""
    if arguments.file and (arguments.export or arguments.checkpoint or arguments.checkpoints):
        return fail("A FILE is checked on its own: leave --export, --checkpoint and --checkpoints out.")
    try:
        keys = trusted(_key(each) for each in arguments.key)
        if arguments.file:
            verdict, notes = _check_file(arguments.file, keys)
        else:
            start_django()
            verdict, notes = _check_here(arguments, keys)
    except (CannotRead, BadBundle, ValueError) as error:
        return fail(str(error))
    _show(verdict, notes, arguments.json)
    return 0 if verdict.is_whole else 1


def _key(given: str) -> str:
    path = Path(given)
    if len(given) != 64 and path.is_file():
        return path.read_text(encoding="utf-8", errors="replace")
    if len(given) != 64:
        raise CannotRead("--key takes the 64 digits of a public key, or the name of a file that holds them.")
    return given


def _check_file(path: str, keys: dict[str, str]) -> tuple[Verdict, list[str]]:
    try:
        with Path(path).open(encoding="utf-8") as file:
            opened = read(file)
            believed = keys or trusted(opened.keys)
            lines: Iterator[Line] = progress(opened.lines, opened.promised, "facts checked")
            verdict = check(lines, opened.checkpoints, believed, promised=opened.promised)
    except UnicodeDecodeError as error:
        raise CannotRead(f"{path} is not text in UTF-8, so it is no export of a journal.") from error
    except OSError as error:
        raise CannotRead(f"{path} can’t be read: {error.strerror}. Check the name and who may read it.") from error
    notes = []
    if not keys and not believed:
        notes.append("Nothing in this file is signed; only the chain of facts was checked.")
    elif not keys:
        named = " and ".join(believed)
        notes.append(
            f"The key came with the file (fingerprint {named}). Compare it with the one you were given, or use --key."
        )
    return verdict, notes


def _check_here(arguments: argparse.Namespace, keys: dict[str, str]) -> tuple[Verdict, list[str]]:
    # The database is asked for only here, so that a file is checked without Django.
    here = _installation()
    copy = Path(arguments.checkpoints) if arguments.checkpoints else None
    if copy is not None and not copy.exists():
        raise CannotRead(f"{copy} does not exist. Name the folder that holds the copy of the checkpoints.")
    notes = []
    if arguments.checkpoint:
        notes.append(here.seal_in_words())
    verdict, more = here.check_journal(keys, copy, lambda rows, total: progress(rows, total, "facts checked"))
    notes += more
    if arguments.export:
        notes.append(here.export_journal(Path(arguments.export)))
    return verdict, notes


def _installation() -> Any:
    return import_module("handrail.kernel.record")


def _show(verdict: Verdict, notes: list[str], as_json: bool) -> None:
    first = verdict.first_bad
    if as_json:
        put_json(
            {
                "ok": verdict.is_whole,
                "facts": verdict.facts,
                "signed": verdict.signed,
                "checkpoints": verdict.checkpoints,
                "keys": list(verdict.keys),
                "first_bad": asdict(first) if first else None,
                "findings": [asdict(each) for each in verdict.findings],
                "more": verdict.more,
                "notes": notes,
            }
        )
        return
    if first is None:
        say(f"The record is whole: {verdict.facts:,} facts, {verdict.signed:,} of them signed.")
        if verdict.facts > verdict.signed:
            say(f"The last {verdict.facts - verdict.signed:,} are chained but not signed yet.")
    else:
        say("The record was tampered with." if first.number else "The checkpoints are not in order.")
        say(f"First: {first.sentence}")
        rest = [each for each in verdict.findings if each is not first]
        for each in rest[:5]:
            say(f"  {each.sentence}")
        if len(rest) + verdict.more > 5:
            say(f"  … and {len(rest) + verdict.more - 5:,} more.")
    for note in notes:
        say(note)
