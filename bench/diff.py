"""How long does it take to compare two versions of a 10,000-word policy? Aim: 100 ms.

Baseline in the same run: difflib.SequenceMatcher over the words of both whole texts, which finds words but no clause,
no move and no type of change.
"""

import random
import sys
import time
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from handrail.policy.text import compare, read_markdown

AIM_MS = 100
WORDS = 10_000
SUBJECTS = "You|Staff|Stewards|Managers|Agency colleagues|Everyone|Apprentices|Authors".split("|")
DUTIES = "must|should|may|must not|should not|need to".split("|")
DEEDS = (
    "name a guest|post from the lobby|answer a complaint|share a picture|speak for the company|hold a password|"
    "quote a review|record a colleague|link a booking page|correct a mistake|report a threat|thank a guest"
).split("|")
WHERE = "before an event|within 24 hours|on a private account|after a shift|in a reply|without asking first".split("|")


def made(seed: int) -> list[str]:
    """A policy of about 10,000 words in clauses of mixed form, the same every time."""
    chance = random.Random(seed)
    blocks: list[str] = ["# Social media policy"]
    count = part = 0
    while count < WORDS:
        part += 1
        blocks.append(f"## Part {part}: {chance.choice(DEEDS)}")
        for _ in range(chance.randint(4, 9)):
            text = " ".join(
                f"{chance.choice(SUBJECTS)} {chance.choice(DUTIES)} {chance.choice(DEEDS)} {chance.choice(WHERE)}"
                f"{chance.choice(['', ', because guests notice', f' in case {chance.randint(1, 999)}'])}."
                for _ in range(chance.randint(1, 4))
            )
            count += len(text.split())
            blocks.append(f"- {text}" if chance.random() < 0.5 else text)
    return blocks


def edited(blocks: list[str], seed: int) -> list[str]:
    """The same policy after a revision: a tenth of its clauses reworded, some moved, some gone, some new."""
    chance = random.Random(seed)
    changed = [
        block.replace("should", "must").replace("24", "12").replace("guest", "guest or a visitor", 1)
        if chance.random() < 0.1
        else block
        for block in blocks
        if chance.random() > 0.02
    ]
    for _ in range(len(changed) // 50):
        changed.insert(chance.randrange(1, len(changed)), changed.pop(chance.randrange(1, len(changed))))
        changed.insert(
            chance.randrange(1, len(changed)), f"A new line number {chance.randint(1, 9999)} says what to do."
        )
    return changed


def best_of(times: int, deed: Callable[[], object]) -> float:
    """The shortest of several runs, in milliseconds."""
    took = []
    for _ in range(times):
        started = time.perf_counter()
        deed()
        took.append(time.perf_counter() - started)
    return min(took) * 1000


def main() -> int:
    blocks = made(7)
    old_text, new_text = "\n\n".join(blocks), "\n\n".join(edited(blocks, 8))
    reading = best_of(3, lambda: read_markdown(new_text))
    old, new = read_markdown(old_text), read_markdown(new_text)
    ours = best_of(5, lambda: compare(old, new))
    old_words, new_words = old_text.split(), new_text.split()
    naive = best_of(1, lambda: SequenceMatcher(None, old_words, new_words, autojunk=False).get_opcodes())
    changed = sum(change.change != "unchanged" for change in compare(old, new))
    print(f"{len(new_words):,} words, {len(new.clauses)} clauses, {changed} changed")
    print(f"reading one text: {reading:.0f} ms")
    print(f"compare by clause and word: {ours:.0f} ms (aim {AIM_MS})")
    print(f"difflib over all words, no clauses: {naive:.0f} ms, {naive / ours:.1f} times ours")
    return 0 if ours <= AIM_MS else 1


if __name__ == "__main__":
    sys.exit(main())
