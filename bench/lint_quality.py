"""How precise is each rule of the check, and how much does it find? On golden policies, and counted on real ones."""

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from handrail.policy.lint import Finding, lint, rules
from handrail.policy.lint.tests.golden_set import Golden, golden_set, whole_set
from handrail.policy.lint.tests.judged_set import GROUPS, Weighed, judged_set, weigh
from handrail.policy.text import read_policy

AIM, LAW_AIM = 0.8, 0.75
SAMPLE = 2
REAL = Path(os.environ.get("HANDRAIL_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "policies"
Counts = tuple[Counter[str], Counter[str], Counter[str]]


def main() -> None:
    whole = list(whole_set())
    tuned = [*golden_set(), *(each for each in whole if not each.held_out)]
    held = [each for each in whole if each.held_out]
    for title, set_of in (("tuned on", tuned), ("held out", held)):
        names = ", ".join(each.name for each in set_of)
        print(f"\n{title}: {names}")
        _table(_counts(set_of), only_seen=title == "held out")
        if "--misses" in sys.argv[1:] and (title == "tuned on" or "--held" in sys.argv[1:]):
            _misses(set_of)
    every = _counts([*tuned, *held])
    met = _met(every, lambda rule: True, AIM) and _met(every, lambda rule: rule.startswith("LAW"), LAW_AIM)
    _line("law, all", every, lambda rule: rule.startswith("LAW"))
    _line("all, all", every, lambda rule: True)
    print(f"aim: precision and recall {AIM}, law precision {LAW_AIM}: {'met' if met else 'missed'}")
    judged_met = _judged()
    _real()
    if not (met and judged_met):
        sys.exit(1)


def _counts(set_of: Iterable[Golden]) -> Counts:
    expected: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for golden in set_of:
        wanted, got = Counter(golden.expected), Counter(golden.found)
        for places, counted in ((wanted, expected), (got, found), (wanted & got, right)):
            for (rule, _), count in places.items():
                counted[rule] += count
    return expected, found, right


def _table(counts: Counts, only_seen: bool) -> None:
    print(f"{'rule':<10}{'planted':>8}{'found':>7}{'right':>7}{'precision':>11}{'recall':>8}")
    for rule in rules():
        if not only_seen or counts[0][rule] or counts[1][rule]:
            _line(rule, counts, rule.__eq__)
    _line("law", counts, lambda rule: rule.startswith("LAW"))
    _line("all", counts, lambda rule: True)


def _line(name: str, counts: Counts, fits: Callable[[str], bool]) -> None:
    expected, found, right = (sum(count for rule, count in each.items() if fits(rule)) for each in counts)
    print(f"{name:<10}{expected:>8}{found:>7}{right:>7}{_share(right, found):>11}{_share(right, expected):>8}")


def _met(counts: Counts, fits: Callable[[str], bool], aim: float) -> bool:
    expected, found, right = (sum(count for rule, count in each.items() if fits(rule)) for each in counts)
    return right >= aim * found and right >= aim * expected


def _misses(set_of: Iterable[Golden]) -> None:
    for golden in set_of:
        wanted, got = Counter(golden.expected), Counter(golden.found)
        for rule, line in sorted((wanted - got).elements()):
            print(f"  {golden.name}: {rule} not found at line {line}")
        for rule, line in sorted((got - wanted).elements()):
            quotes = (each.quote for each in golden.findings if rule in (each.rule, *each.also))
            print(f"  {golden.name}: {rule} not planted at line {line}: {next(quotes, '')[:90]}")


def _judged() -> bool:
    """Precision on real policies as a person judged each finding; some rules were mended on them since."""
    if not REAL.is_dir():
        print("\njudged findings on real policies: the texts are not here, left out")
        return True
    judged = list(judged_set())
    weighed: list[Weighed] = []
    for policy in sorted({each.policy for each in judged}):
        document = read_policy((REAL / policy).read_bytes(), policy)
        weighed += weigh(policy, lint(document, today=date(2026, 11, 24)), judged)
    print("\njudged by hand on real policies (the rules were mended on them afterwards)")
    print(f"{'group':<10}{'found':>7}{'right':>7}{'unjudged':>10}{'precision':>11}{'right before, gone':>20}")
    met = True
    for group, name in GROUPS.items():
        mine = [each for each in weighed if each.rule.startswith(group)]
        right = sum(each.right is True for each in mine)
        unjudged = sum(each.right is None for each in mine)
        still = {(each.policy, each.rule, each.finding.line) for each in mine}
        known = [each for each in judged if each.rule.startswith(group) and each.verdict == "right"]
        gone = sum((each.policy, each.rule, each.line) not in still for each in known)
        share = _share(right, len(mine) - unjudged)
        print(f"{name:<10}{len(mine):>7}{right:>7}{unjudged:>10}{share:>11}{gone:>20}")
        met = met and right >= (LAW_AIM if group == "LAW" else AIM) * (len(mine) - unjudged)
    return met


def _real() -> None:
    if not REAL.is_dir():
        print("\nreal policies: none here, left out")
        return
    seen: dict[str, list[tuple[str, Finding]]] = defaultdict(list)
    paths = [each for each in sorted(REAL.rglob("*")) if each.suffix in (".md", ".html", ".txt", ".docx")]
    for path in paths:
        for finding in lint(read_policy(path.read_bytes(), path.name), today=date(2026, 11, 24)):
            seen[finding.rule].append((path.name, finding))
    print(f"\nreal policies: {len(paths)}, without labels; counts and samples to judge by eye")
    for rule in rules():
        print(f"{rule:<8}{len(seen[rule]):>6} in {len({name for name, _ in seen[rule]}):>3} policies")
        for name, finding in seen[rule][:: max(1, len(seen[rule]) // SAMPLE)][:SAMPLE]:
            if rule.startswith("LAW") and "--samples" in sys.argv[1:]:
                print(f"          {name[:28]}: {finding.quote[:150]}")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


if __name__ == "__main__":
    main()
