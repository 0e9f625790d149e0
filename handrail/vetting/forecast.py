"""How many remarks may still be open on the last day, at the pace so far: an interval, and how it was found."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RUNS = 2000
LEAST_DAYS = 3
METHOD = (
    "Each coming day is drawn from the days so far (remarks made, share of the open ones answered), "
    "2,000 times over; eight in ten of these runs end between the two figures."
)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is likely on the last day: eight in ten runs end between low and high."""

    low: int
    middle: int
    high: int


def ahead(made: Sequence[int], answered: Sequence[int], days_left: int, seed: int) -> Ahead | None:
    """Draw coming days from past ones. None where fewer than three days have passed: too little to say anything.

    A day's answers are drawn as a share of what was open on it, so that a short queue is not answered below nothing.
    """
    if len(made) < LEAST_DAYS:
        return None
    new, done = np.asarray(made, dtype=float), np.asarray(answered, dtype=float)
    carried = np.concatenate([[0.0], np.cumsum(new - done)[:-1]])
    there = carried + new
    share = np.divide(done, there, out=np.zeros_like(done), where=there > 0)
    # A day on which nothing was open says nothing about how fast things are answered.
    shares = share[there > 0] if (there > 0).any() else np.zeros(1)
    draw = np.random.default_rng(seed)
    waiting = np.full(RUNS, max(0.0, float((new - done).sum())))
    for _ in range(max(0, days_left)):
        waiting = waiting + draw.choice(new, RUNS)
        waiting = waiting - draw.binomial(waiting.astype(int), np.clip(draw.choice(shares, RUNS), 0, 1))
    low, middle, high = np.quantile(waiting, [0.1, 0.5, 0.9])
    return Ahead(int(np.floor(low)), round(float(middle)), int(np.ceil(high)))
