"""How fast and how right is the sentiment student beside VADER, measured in the same run?

Run: python bench/sentiment.py. Speed needs nothing but made-up posts; accuracy needs the shared development data
(HANDRAIL_SHARED, or ../shared beside the repository) and is skipped by name without it. VADER comes with the extra
`train`; without it only our own figures are shown.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import csv
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
from sentiment_measures import macro_f1, macro_recall

from handrail.engine.sentiment import score

try:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
except ImportError:
    SentimentIntensityAnalyzer = None

NAMES = ("negative", "neutral", "positive")
_WORDS = """
the a room our lobby breakfast staff front desk night view pool lift towels checkout queue was is were so very not never
really lovely great awful slow cold warm friendly rude clean dirty late early again tomorrow weekend Friday after before
thanks sorry please why would could stayed booked cancelled waiting love hate enjoyed refund manager parking seaside
"""


def made_up(count: int) -> list[str]:
    """Posts of the length and the marks of real ones, saying nothing."""
    chance = random.Random(1)
    posts = []
    for number in range(count):
        words = chance.choices(_WORDS.split(), k=chance.randint(8, 38))
        for mark in ("@harbour", "#weekend", "!!!", ":)", "😀", f"https://example.org/{number}"):
            if chance.random() < 0.3:
                words.insert(chance.randrange(len(words)), mark)
        posts.append(" ".join(words))
    return posts


def per_second(answer: Callable[[list[str]], object], posts: list[str], tries: int = 3) -> float:
    """Posts a second of processor time, the best of a few tries after a warm start."""
    answer(posts[:6_000])
    best = min(_seconds(answer, posts) for _ in range(tries))
    return len(posts) / best


def _seconds(answer: Callable[[list[str]], object], posts: list[str]) -> float:
    started = time.process_time()
    answer(posts)
    return time.process_time() - started


def ours(texts: list[str]) -> list[int]:
    """Our most likely class, also where the student would rather abstain."""
    return [max(range(3), key=said.p.__getitem__) for said in score(texts)]


def vader(texts: list[str]) -> list[int]:
    """VADER's class by its authors' thresholds."""
    analyser = SentimentIntensityAnalyzer()
    compounds = [analyser.polarity_scores(text)["compound"] for text in texts]
    return [2 if compound >= 0.05 else 0 if compound <= -0.05 else 1 for compound in compounds]


def shared() -> Path | None:
    """The folder of development data, where there is one."""
    folder = Path(os.environ.get("HANDRAIL_SHARED", Path(__file__).parent.parent.parent / "shared")) / "data"
    return folder if (folder / "tweeteval" / "sentiment").is_dir() else None


def speed() -> None:
    """Print posts a second, one core."""
    posts = made_up(100_000)
    fast = per_second(lambda texts: score(texts, compiled=True), posts)
    plain = per_second(lambda texts: score(texts, compiled=False), posts[:20_000])
    print(f"speed, one core: {fast:>9,.0f} posts/s with numba (aim ≥ 100,000)")
    print(f"                 {plain:>9,.0f} posts/s without (aim ≥ 5,000)")
    if SentimentIntensityAnalyzer:
        other = per_second(vader, posts[:10_000])
        print(f"                 {other:>9,.0f} posts/s VADER; ours is {fast / other:.1f} times as fast")


def accuracy(folder: Path) -> None:
    """Print recall and F1 on the texts no label of which was learnt from."""
    lines = folder / "tweeteval" / "sentiment"
    texts = (lines / "val_text.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    labels = np.array([int(line) for line in (lines / "val_labels.txt").read_text().split()])
    with (folder / "airline_dev.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    air_labels = np.array([NAMES.index(row["airline_sentiment"]) for row in rows])
    air = [row["text"] for row in rows]
    print("accuracy: macro recall on TweetEval's validation set (test runs about 2 lower), macro F1 on airline posts")
    for name, answer in (("student", ours), ("VADER", vader)):
        if name == "VADER" and SentimentIntensityAnalyzer is None:
            continue
        recall = macro_recall(labels, np.array(answer(texts)))
        print(f"  {name:<8} {100 * recall:5.1f}   {100 * macro_f1(air_labels, np.array(answer(air))):5.1f}")
    print("  aim      ≥ 69 (≥ 67 on test)   ≥ 66")


def main() -> int:
    """Speed, then accuracy where there is data for it."""
    speed()
    if SentimentIntensityAnalyzer is None:
        print("VADER skipped: install the extra `train` to compare.")
    folder = shared()
    if folder:
        accuracy(folder)
    else:
        print("accuracy skipped: no shared development data (set HANDRAIL_SHARED).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
