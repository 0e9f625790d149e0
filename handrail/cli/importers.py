"""Brings people, goals, strategy's tables, a policy or posts in through the rooms' own verbs, and says what changed."""

import argparse
import io
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from handrail.cli.common import fail, put_json, say, show_how_far
from handrail.kernel.errors import Refusal
from handrail.kernel.refusals import as_refusal
from handrail.kernel.words import counted
from handrail.listening.actions import import_posts
from handrail.people.actions import check_matrix_file, check_people_import, import_matrix, import_people, propose_matrix
from handrail.people.models import Person, Role
from handrail.people.reads import holders, matrix_proposed
from handrail.policy.actions import import_policy
from handrail.strategy.actions import import_goals, import_rows

Report = dict[str, Any]


def bring_in(arguments: argparse.Namespace, raw: bytes, name: str) -> int:
    """Call the importer that `arguments.what` names; 0 when done, 2 with a sentence when it can't be."""
    importers: dict[str, Callable[[bytes, str, Person | None, argparse.Namespace], Report]] = {
        "people": _people,
        "goals": _goals,
        "policy": _policy,
        "posts": _posts,
        **dict.fromkeys(("domains", "purposes", "initiatives", "readings"), _rows),
    }
    try:
        report = importers[arguments.what](raw, name, _on_behalf_of(arguments.as_whom), arguments)
    except Exception as error:
        refusal = as_refusal(error)
        if refusal is None:
            raise
        return fail(refusal.sentence)
    if arguments.json:
        put_json(report)
    else:
        _say(report, arguments)
    return 0


def _on_behalf_of(mark: str | None) -> Person | None:
    if mark:
        person = Person.objects.here().filter(email__iexact=mark).first()
        if person is None:
            raise _nobody(mark)
        return person
    return holders(Role.GOVERNANCE_OWNER).first()


def _nobody(mark: str) -> Refusal:
    return Refusal(f"Nobody here has the e-mail “{mark}”. Check it, or leave --as out.")


def _needed(by: Person | None) -> Person:
    if by is None:
        raise Refusal("Nobody holds the role of governance owner yet. Open the pages once and name the first one.")
    return by


def _people(raw: bytes, name: str, by: Person | None, arguments: argparse.Namespace) -> Report:
    whole: bool = arguments.complete
    if arguments.dry_run:
        found = check_people_import(raw, name, file_is_complete=whole)
    else:
        found = import_people(
            raw, name, by=by, file_is_complete=whole, confirmed=arguments.confirmed, progress=show_how_far
        )
    return {
        "new": len(found.new),
        "changed": len(found.changed),
        "left": len(found.leaving),
        "unchanged": found.unchanged,
        "bad_rows": [
            {"line": bad.line, "cell": bad.cell, "reason": f"{bad.wrong} {bad.mend}".strip()} for bad in found.bad
        ],
        "without_line_manager": [{"line": held.line, "reason": held.why} for held in found.held_links],
        "written": not arguments.dry_run,
    }


def _goals(raw: bytes, name: str, by: Person | None, arguments: argparse.Namespace) -> Report:
    report = import_goals(raw, name, by=_needed(by), dry_run=arguments.dry_run)
    return {
        "new": len(report.new),
        "changed": len(report.changed),
        "unchanged": report.unchanged,
        "bad_rows": [asdict(bad) for bad in report.held_back],
        "written": report.written,
    }


def _rows(raw: bytes, name: str, by: Person | None, arguments: argparse.Namespace) -> Report:
    report = import_rows(arguments.what, raw, name, by=_needed(by), dry_run=arguments.dry_run)
    return {
        "new": len(report.new),
        "changed": len(report.changed),
        "unchanged": report.unchanged,
        "bad_rows": [asdict(bad) for bad in report.held_back],
        "written": report.written,
    }


def _policy(raw: bytes, name: str, by: Person | None, arguments: argparse.Namespace) -> Report:
    report = import_policy(raw, name, title=arguments.title, by=_needed(by), dry_run=arguments.dry_run)
    return {
        "policy": report.key,
        "title": report.title,
        "clauses": len(report.document.clauses),
        **{name.replace(" ", "_"): number for name, number in report.counts.items()},
        "bad_rows": [],
        "written": report.written,
    }


def _posts(raw: bytes, name: str, by: Person | None, arguments: argparse.Namespace) -> Report:
    report = import_posts(io.BytesIO(raw), name, by=_needed(by), dry_run=arguments.dry_run, tick=show_how_far)
    return {
        "new": report.new,
        "known": report.known,
        "skipped": report.skipped,
        "bad": report.bad,
        "bad_rows": [{"line": bad.line, "cell": bad.cell, "reason": bad.reason} for bad in report.bad_rows],
        "written": report.written,
    }


def _matrix(raw: bytes, name: str, by: Person | None, arguments: argparse.Namespace) -> Report:
    """Cells go into the proposal that is being worked on, or into one begun for them; nothing holds until agreed."""
    if arguments.dry_run:
        found = check_matrix_file(raw)
    else:
        owner = _needed(by)
        found = import_matrix(matrix_proposed() or propose_matrix(by=owner, why=name), raw, by=owner)
    return {
        "cells": len(found.cells),
        "bad_rows": [{"line": line, "cell": "", "reason": why} for line, why in found.bad],
        "written": not arguments.dry_run,
    }


def _say(report: Report, arguments: argparse.Namespace) -> None:
    counts = [f"{value:,} {name}" for name, value in report.items() if isinstance(value, int) and name != "written"]
    would = "" if report["written"] else "Would be: "
    say(f"{would}{', '.join(counts)}. " + ("" if report["written"] else "Nothing was written."))
    bad_rows = report["bad_rows"]
    if bad_rows:
        say(f"{counted(len(bad_rows), 'row')} to mend:")
    for bad in bad_rows[:50]:
        say(f"  line {bad['line']}: {bad['reason']}")
    for held in report.get("without_line_manager", [])[:50]:
        say(f"  line {held['line']}: {held['reason']}")
    if len(bad_rows) > 50:
        say(f"  … and {len(bad_rows) - 50:,} more; --json lists all.")
