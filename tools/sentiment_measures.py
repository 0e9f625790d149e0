"""How good the answers are: recall, F1, calibration, what abstaining buys, and how sure one may be of each figure."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]
Chances = NDArray[np.float64]


def macro_recall(labels: Labels, said: Labels) -> float:
    """The mean over the three classes of how many of each were found."""
    return float(np.mean([(said[labels == c] == c).mean() for c in range(3)]))


def macro_f1(labels: Labels, said: Labels) -> float:
    """The mean over the three classes of F1."""
    scores = []
    for c in range(3):
        hit = ((said == c) & (labels == c)).sum()
        scores.append(2 * hit / max(1, (said == c).sum() + (labels == c).sum()))
    return float(np.mean(scores))


def correctness(labels: Labels, said: Labels) -> float:
    """How many answers are right."""
    return float((labels == said).mean())


def calibration_error(labels: Labels, chances: Chances, bins: int = 10) -> float:
    """The expected calibration error of the top probability, over ten bins of equal width."""
    top, right = chances.max(1), chances.argmax(1) == labels
    bin_of = np.minimum((top * bins).astype(int), bins - 1)
    gaps = [abs(top[bin_of == b].mean() - right[bin_of == b].mean()) * (bin_of == b).mean() for b in set(bin_of)]
    return float(np.sum(gaps))


def interval(
    measure: Callable[[Labels, Labels], float], labels: Labels, said: Labels, *, rounds: int = 2_000, seed: int = 7
) -> tuple[float, float]:
    """The 95% bootstrap interval of a measure."""
    chance = np.random.default_rng(seed)
    drawn = [chance.integers(0, len(labels), len(labels)) for _ in range(rounds)]
    low, high = np.percentile([measure(labels[d], said[d]) for d in drawn], [2.5, 97.5])
    return float(low), float(high)


def coverage_curve(labels: Labels, chances: Chances) -> dict[str, float]:
    """How many answers are right among the surest 100%, 90%, 80%, 70%."""
    surest = np.argsort(-chances.max(1), kind="stable")
    right = (chances.argmax(1) == labels)[surest]
    return {f"{part:.0%}": round(float(right[: round(part * len(right))].mean()), 4) for part in (1.0, 0.9, 0.8, 0.7)}
