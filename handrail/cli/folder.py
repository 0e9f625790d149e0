"""Pulls policies into a folder and pushes edited files back, through the room's own verbs."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from handrail.cli.common import fail, put_json, say
from handrail.kernel.errors import BadInput, Refusal
from handrail.kernel.refusals import as_refusal
from handrail.kernel.words import counted
from handrail.people.models import Person, Role
from handrail.people.reads import holders
from handrail.policy.actions import Pushed, file_of, has_own_edits, push_file, version_to_pull
from handrail.policy.models import Policy, Procedure
from handrail.policy.pure import ClauseChange

Row = dict[str, Any]
_PROCEDURES = "procedures"


def pull_or_push(arguments: argparse.Namespace) -> int:
    """0 when done, 1 where a conflict waits for somebody, 2 with a sentence when it can't be."""
    try:
        folder = Path(arguments.folder)
        by = _person(arguments.as_whom)
        rows = list(_pull(folder, arguments) if arguments.way == "pull" else _push(folder, arguments, by))
    except Exception as error:
        refusal = as_refusal(error)
        if refusal is None and isinstance(error, OSError):
            refusal = BadInput(f"{error.filename or arguments.folder}: {error.strerror}. Check the folder’s rights.")
        if refusal is None:
            raise
        return fail(refusal.sentence)
    if arguments.json:
        put_json(rows)
    else:
        _say(rows, arguments)
    return 1 if any(row["outcome"] in ("conflict", "refused") for row in rows) else 0


def _person(mark: str | None) -> Person:
    if mark:
        person = Person.objects.here().filter(email__iexact=mark).first()
        if person is None:
            raise Refusal(f"Nobody here has the e-mail “{mark}”. Check it, or leave --as out.")
        return person
    owner = holders(Role.GOVERNANCE_OWNER).first()
    if owner is None:
        raise Refusal("Nobody holds the role of governance owner yet. Open the pages once and name the first one.")
    return owner


def _pull(folder: Path, arguments: argparse.Namespace) -> Iterator[Row]:
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file. Name a folder.")
    policies = Policy.objects.order_by("key")
    if arguments.policy:
        policies = policies.filter(key=arguments.policy)
        if not policies:
            raise BadInput(f"No policy has the key “{arguments.policy}”. Its page shows the key in the address.")
    if not arguments.dry_run:
        folder.mkdir(parents=True, exist_ok=True)
    for policy in policies:
        version = version_to_pull(policy)
        if version is not None:
            version.policy = policy
            yield _put(folder / f"{policy.key}.md", file_of(version), policy.key, version.number, arguments.dry_run)
    if not arguments.policy:
        yield from _pull_procedures(folder / _PROCEDURES, arguments.dry_run)


def _put(path: Path, text: str, key: str, number: int, dry_run: bool) -> Row:
    """Write a file unless it holds edits that were never pushed."""
    row: Row = {"file": path.name, "policy": key, "version": number, "outcome": "unchanged", "words": "Up to date."}
    known = _standing(path)
    if known == text:
        return row
    if known is not None and has_own_edits(known):
        said = "It was edited here and not pushed. Push it first, or move it away."
        return row | {"outcome": "conflict", "words": said}
    if not dry_run:
        half = path.with_name(f".{path.name}.half")
        half.write_bytes(text.encode())
        half.replace(path)
    return row | {"outcome": "written", "words": "Written." if known is None else "Brought up to date."}


def _standing(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return None


def _pull_procedures(folder: Path, dry_run: bool) -> Iterator[Row]:
    """Procedures to read beside the policies; they change in their departments, not through this folder."""
    for procedure in Procedure.objects.filter(retired_at__isnull=True).order_by("number"):
        text = procedure.texts.order_by("-number").first()
        if text is None:
            continue
        path = folder / f"{procedure.code}.md"
        row: Row = {
            "file": f"{_PROCEDURES}/{path.name}",
            "policy": procedure.code,
            "version": text.number,
            "outcome": "unchanged",
            "words": "Up to date.",
        }
        if _standing(path) != text.markdown:
            row |= {"outcome": "written", "words": "Written."}
            if not dry_run:
                folder.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.markdown.encode())
        yield row


def _push(folder: Path, arguments: argparse.Namespace, by: Person) -> Iterator[Row]:
    if not folder.is_dir():
        raise BadInput(f"{folder} is no folder. Pull into it first, or check the name.")
    files = [path for path in sorted(folder.glob("*.md")) if path.is_file() and path.stem.lower() != "readme"]
    if arguments.policy:
        files = [path for path in files if path.stem == arguments.policy]
    if not files:
        raise BadInput(f"{folder} holds no policy file (*.md). Pull into it first, or check the name.")
    for path in files:
        try:
            yield _row(push_file(path.read_bytes(), path.name, by=by, dry_run=arguments.dry_run))
        except Refusal as refusal:
            yield {
                "file": path.name,
                "policy": path.stem,
                "version": 0,
                "outcome": "refused",
                "words": refusal.sentence,
                "changes": [],
            }


def _row(pushed: Pushed) -> Row:
    return {
        "file": pushed.name,
        "policy": pushed.key,
        "version": pushed.number,
        "outcome": pushed.outcome,
        "words": pushed.words,
        "changes": [_change(each) for each in pushed.changes],
    }


def _change(change: ClauseChange) -> Row:
    return {
        "clause": change.clause,
        "change": change.change,
        "words": [{"op": piece.op, "text": piece.text} for piece in change.words],
    }


def _say(rows: list[Row], arguments: argparse.Namespace) -> None:
    for row in rows:
        say(f"{row['file']}: {row['outcome']}. {row['words']}")
        if row["outcome"] == "conflict":
            for change in row.get("changes", [])[:20]:
                marks = {"ins": ("{+", "+}"), "del": ("[-", "-]"), "equal": ("", "")}
                words = "".join(each["text"].join(marks[each["op"]]) for each in change["words"])
                say(f"  {change['clause']} {change['change']}: {words}")
    would = "Nothing was written. " if arguments.dry_run else ""
    say(f"{would}{counted(len(rows), 'file')}.")
