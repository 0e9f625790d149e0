"""How long does a Word file with tracked changes of a 10,000-word policy take? Aim: 3 seconds.

Baseline in the same run: python-docx writing the new text alone, one paragraph per clause, without any comparison.
The same revision also goes through `came_back`, the way back in: aim 3 seconds.
"""

import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django
import docx

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.settings")
django.setup()

from diff import edited, made  # noqa: E402

from handrail.policy.doors.coming_back import came_back  # noqa: E402
from handrail.policy.doors.redline import redline  # noqa: E402
from handrail.policy.doors.word_file import read_word  # noqa: E402
from handrail.policy.pure import read_markdown, write_markdown  # noqa: E402

AIM = 3.0
AT = datetime(2026, 1, 1, tzinfo=UTC)
ROUNDS = 5


def timed(act: Callable[[], object]) -> float:
    """Seconds, the median of a few rounds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def with_python_docx(texts: list[str]) -> bytes:
    """The text in a Word file as python-docx writes it."""
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def main() -> None:
    """Make two versions, measure, print the ratio."""
    blocks = made(7)
    old_text = write_markdown(read_markdown("\n\n".join(blocks)))
    new_text = "\n\n".join(edited(old_text.split("\n\n"), 8))
    old, new = read_markdown(old_text), read_markdown(new_text)
    words = sum(len(clause.text.split()) for clause in new.clauses)
    plain = timed(lambda: with_python_docx([clause.text for clause in new.clauses]))
    lined = timed(lambda: redline(old, new, author="Bench", at=AT))
    raw = redline(old, new, author="Bench", at=AT)
    back = timed(lambda: came_back(old, read_word(raw, "bench.docx")))
    print(f"{words:,} words, {len(new.clauses)} clauses; python-docx, plain text {plain:.2f} s")
    print(f"tracked changes {lined:.2f} s (aim ≤ {AIM:.0f}), {lined / plain:.1f} times python-docx")
    print(f"read back into suggestions {back:.2f} s (aim ≤ {AIM:.0f}), {back / plain:.1f} times python-docx")


if __name__ == "__main__":
    main()
