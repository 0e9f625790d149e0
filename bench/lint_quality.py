"""How precise is each rule of the check, and how much does it find, on the golden policies written for it?"""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from handrail.policy.lint import rules
from handrail.policy.lint.tests.golden_set import golden_set

AIM = 0.95


def main() -> None:
    expected: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for golden in golden_set():
        wanted, got = Counter(golden.expected), Counter(golden.found)
        for places, counted in ((wanted, expected), (got, found), (wanted & got, right)):
            for (rule, _), count in places.items():
                counted[rule] += count
    print(f"{'rule':<8}{'planted':>8}{'found':>7}{'right':>7}{'precision':>11}{'recall':>8}")
    for rule in rules():
        print(f"{rule:<8}{expected[rule]:>8}{found[rule]:>7}{right[rule]:>7}{_share(right[rule], found[rule]):>11}"
              f"{_share(right[rule], expected[rule]):>8}")  # fmt: skip
    precision, recall = right.total() / max(found.total(), 1), right.total() / max(expected.total(), 1)
    met = "met" if min(precision, recall) >= AIM else "missed"
    print(f"{'all':<8}{expected.total():>8}{found.total():>7}{right.total():>7}{precision:>11.2f}{recall:>8.2f}"
          f"   aim: {AIM} each: {met}")  # fmt: skip
    if met == "missed":
        sys.exit(1)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


if __name__ == "__main__":
    main()
