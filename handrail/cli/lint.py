"""Check a policy's wording and structure, and say for each remark why it matters and on whose word.

FILE is Markdown, HTML, Word (.docx) or plain text; - reads standard input. Sixty rules read for structure, currency,
clarity, coverage, law and balance. What they say of law is advice, not a legal opinion, and speaks only where that law
holds: --country, --sector and --public say for what house. The rules are English: for a text in another language only
those on layout and blanks speak.

  handrail lint policy.md
  handrail lint policy.docx --country US,UK --sector hospitality --strict
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from handrail.cli.common import CannotRead, add_json_option, fail, put_json, read_source, say
from handrail.kernel.errors import BadInput
from handrail.policy.lint import Finding, Rule, lint, rules, standing
from handrail.policy.text import read_policy

_QUOTE_WIDTH = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and where and for whom the policy holds."""
    parser.add_argument("file", metavar="FILE", help="the policy; - for standard input")
    parser.add_argument(
        "--country",
        metavar="US,UK",
        default="",
        help="where it holds: two-letter codes, parted by commas. A rule on law speaks only where one of its sources"
        " holds, and shows only those; without this, all do",
    )
    parser.add_argument(
        "--sector",
        metavar="hospitality",
        default="",
        help="the organisation's sector: asks for its own rules, and leaves out law of other sectors",
    )
    parser.add_argument(
        "--public",
        action="store_true",
        help="the organisation is a public body: its law, not that of private employers",
    )
    parser.add_argument("--organisation", metavar="NAME", default="", help="whose policy it is, to find foreign names")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when there are findings")
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check one file and print the findings."""
    try:
        raw, name = read_source(arguments.file)
        document = read_policy(raw, name)
        findings = lint(
            document,
            countries=arguments.country.split(","),
            sector=arguments.sector,
            public=arguments.public,
            organisation=arguments.organisation,
        )
    except CannotRead as error:
        return fail(str(error))
    except BadInput as error:
        return fail(error.sentence)
    if arguments.json:
        put_json([_as_json(finding) for finding in findings])
    else:
        _show(findings, name)
        say(standing(document, public=arguments.public))
    return 1 if findings and arguments.strict else 0


def _as_json(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "line": finding.line,
        "quote": finding.quote,
        "message": _message(finding),
        "why": finding.why,
        "sources": [
            {"key": source.key, "status": source.status, "checked_on": source.checked_on} for source in finding.sources
        ],
    }


def _message(finding: Finding) -> str:
    """What it says, with the rules on law it was put together with."""
    return f"{finding.message} Also here: {', '.join(finding.also)}." if finding.also else finding.message


def _show(findings: Sequence[Finding], name: str) -> None:
    """The findings under their rules, the rules under their groups; why and sources once for each rule."""
    if not findings:
        say(f"{name}: nothing to remark.")
        return
    counts = Counter(finding.severity for finding in findings)
    said = ", ".join(f"{counts[each]} to {each}" for each in ("fix", "improve", "consider") if counts[each])
    said += f"{', ' if said else ''}{counts['counsel']} for counsel" if counts["counsel"] else ""
    say(f"{name}: {len(findings)} {'finding' if len(findings) == 1 else 'findings'} ({said})")
    order = {rule: place for place, rule in enumerate(rules())}
    ranked = sorted(findings, key=lambda finding: (order[finding.rule], finding.line))
    group = ""
    for rule_id, found in groupby(ranked, key=lambda finding: finding.rule):
        rule = rules()[rule_id]
        if rule.group != group:
            group = rule.group
            say(f"\n{group.capitalize()}")
        _show_rule(rule, list(found))
    say("\nThis is drafting help, not legal advice.")


def _show_rule(rule: Rule, findings: Sequence[Finding]) -> None:
    say(f"\n  {rule.id}  {rule.title}")
    say(f"  {rule.why}")
    for finding in findings:
        say(f"    line {finding.line:<5} {finding.severity:<9} {_message(finding)}")
        if finding.quote:
            say(f"               “{_clipped(finding.quote)}”")
    cited = dict.fromkeys(source for finding in findings for source in finding.sources)
    if cited:
        sources = "; ".join(f"{each.title} ({each.status}, checked {each.checked_on})" for each in cited)
        say(f"  On the word of: {sources}")


def _clipped(quote: str) -> str:
    one_line = " ".join(quote.split())
    return one_line if len(one_line) <= _QUOTE_WIDTH else one_line[:_QUOTE_WIDTH].rsplit(" ", 1)[0] + "…"
