"""How often is the type of a change proposed as a person labelled it? Aim: 85% of the held-out half, and never a quiet
“editorial” where a duty changed.

Baselines in the same run: always the commonest label, and a naive counter of duty words. The set is
handrail/policy/tests/change_set.py; its even places were looked at while tuning, its odd places only counted.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from handrail.policy.pure import compare, read_markdown
from handrail.policy.tests.change_set import Labelled, held_out, tuned

LABELS = ("editorial", "clarified", "tightened", "loosened")
AIM = 0.85
_HARD = re.compile(r"\b(?:must|shall|never|required?|only|all|every|always|not|no)\b|n['’]t\b", re.I)
_SOFT = re.compile(r"\b(?:may|can|could|should|unless|except|usually|try|encouraged|free)\b", re.I)


def ours(edit: Labelled) -> tuple[str, str]:
    """What the rules propose, and why."""
    over = f"# Policy\n\n## {edit.under}\n\n" if edit.under else "# Policy\n\n"
    found = compare(read_markdown(f"{over}- {edit.old}\n"), read_markdown(f"{over}- {edit.new}\n"))
    changed = [each for each in found if each.change != "unchanged"]
    return (changed[0].change, changed[0].why) if len(changed) == 1 else ("apart", "Taken for two clauses.")


def duty_counter(edit: Labelled) -> tuple[str, str]:
    """More hard words tighten, fewer loosen, soft words the other way round; else the length says."""
    score = len(_HARD.findall(edit.new)) - len(_HARD.findall(edit.old))
    score -= len(_SOFT.findall(edit.new)) - len(_SOFT.findall(edit.old))
    if score:
        return ("tightened" if score > 0 else "loosened"), ""
    return ("editorial" if len(edit.new.split()) == len(edit.old.split()) else "clarified"), ""


def report(name: str, edits: Sequence[Labelled], said: Callable[[Labelled], tuple[str, str]]) -> float:
    """Accuracy and recall of one way on one half."""
    pairs = [(edit.label, said(edit)[0]) for edit in edits]
    right = sum(wanted == got for wanted, got in pairs)
    recalls = []
    for label in LABELS:
        of_label = [got for wanted, got in pairs if wanted == label]
        recalls.append(f"{label} {sum(got == label for got in of_label)}/{len(of_label)}")
    print(f"  {name:<28} {right}/{len(pairs)} = {right / len(pairs):.1%}   recall: {', '.join(recalls)}")
    return right / len(pairs)


def confusion(edits: Sequence[Labelled]) -> None:
    """Rows: the label; columns: what was proposed."""
    columns = (*LABELS, "other")
    table: Counter[tuple[str, str]] = Counter()
    for edit in edits:
        got = ours(edit)[0]
        table[edit.label, got if got in LABELS else "other"] += 1
    print("  " + f"{'label / proposed':<18}" + "".join(f"{column:>12}" for column in columns))
    for label in LABELS:
        print("  " + f"{label:<18}" + "".join(f"{table[label, column]:>12}" for column in columns))


def main() -> int:
    """Print both halves; with --show, every miss of the tuned half."""
    commonest = Counter(edit.label for edit in tuned()).most_common(1)[0][0]
    result = 0.0
    quiet: list[Labelled] = []
    for name, edits in (("tuned half", tuned()), ("held-out half", held_out())):
        print(f"{name}: {len(edits)} edits")
        report(f"always “{commonest}”", edits, lambda _: (commonest, ""))
        report("naive duty-word counter", edits, duty_counter)
        result = report("Handrail", edits, ours)
        confusion(edits)
        quiet += [edit for edit in edits if edit.label in ("tightened", "loosened") and ours(edit)[0] == "editorial"]
    if "--show" in sys.argv:
        for edit in tuned():
            got, why = ours(edit)
            if got != edit.label:
                print(f"- {edit.label}, got {got}: {edit.old} → {edit.new}\n    {why}")
    print(f"held-out accuracy {result:.1%}, aim {AIM:.0%}; changes of duty called editorial: {len(quiet)}, aim 0")
    return 0 if result >= AIM and not quiet else 1


if __name__ == "__main__":
    sys.exit(main())
