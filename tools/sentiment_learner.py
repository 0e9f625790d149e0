"""How the sentiment student learns: an averaged bag of hashed features, two small layers, hand labels and a teacher."""

from collections.abc import Callable
from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

from handrail.engine.sentiment import alphabet as a
from handrail.engine.sentiment import compiled, language
from handrail.engine.sentiment.clean import clean
from handrail.engine.sentiment.student import FEW, NEGATORS

Numbers = NDArray[np.float32]
Labels = NDArray[np.int64]
Picked = NDArray[np.uint32]
UNLEARNT = np.uint32(2**32 - 1)  # in the place of a feature too rare to learn
Slope = Callable[[Numbers, Labels], Numbers]


@dataclass(frozen=True)
class Recipe:
    """The knobs of one training; the defaults are the shipped recipe."""

    width: int = 8
    hidden: int = 64
    epochs: int = 5
    batch: int = 128
    rate: float = 2e-3
    row_rate: float = 6e-3
    teach: float = 0.7
    warmth: float = 1.5
    class_power: float = 0.7
    smoothing: float = 0.05
    rarest: int = 3
    drop_features: float = 0.3
    drop_hidden: float = 0.2
    seed: int = 1


@dataclass(frozen=True)
class Rows:
    """Texts to learn from, with a hand label, a teacher's logits, or both."""

    texts: list[str]
    labels: NDArray[np.int64]
    logits: Numbers


def find_rows(texts: list[str], rarest: int = 0) -> tuple[Picked, Labels]:
    """The rows of the table that each text picks, and where each text's words and grams begin.

    Features seen less often than `rarest` are left unlearnt: they would teach noise, and leave no row empty.
    """
    words = (language.hashes(set(NEGATORS)), *language.votes())
    hashes, begins = compiled.rows(np.frombuffer(clean(texts), np.uint8), words, len(texts))
    rows = hashes & np.uint32((1 << a.TABLE_BITS) - 1)
    if rarest > 1:
        bucket = hashes & np.uint32(2**24 - 1)
        rows[np.bincount(bucket, minlength=2**24)[bucket] < rarest] = UNLEARNT
    return rows, begins


@numba.njit(cache=True, fastmath=True)
def _adam(value, slope, first, second, rate, step):
    """One step of Adam for a dense array, in place."""
    warm1, warm2 = 1 - 0.9**step, 1 - 0.999**step
    for place in range(value.size):
        grade = slope.flat[place]
        first.flat[place] = 0.9 * first.flat[place] + 0.1 * grade
        second.flat[place] = 0.999 * second.flat[place] + 0.001 * grade * grade
        moved = (first.flat[place] / warm1) / (np.sqrt(second.flat[place] / warm2) + 1e-8)
        value.flat[place] -= rate * moved


@numba.njit(cache=True, fastmath=True)
def _gather(flat, begins, chosen, table, drop, picked, posts, bag):
    """Sum the rows of a batch's features, some dropped; remember which. Each post has two bags, words and grams."""
    width = table.shape[1]
    found = 0
    for post in range(2 * len(chosen)):
        first = begins[2 * chosen[post // 2] + post % 2]
        last = begins[2 * chosen[post // 2] + post % 2 + 1]
        weight = np.float32(FEW / max(1, last - first) ** 0.75 / (1 - drop))
        bag[post] = 0
        for place in range(first, last):
            if drop > 0 and np.random.random() < drop:
                continue
            row = flat[place]
            if row == UNLEARNT:
                continue
            picked[found] = row
            posts[found] = post
            found += 1
            for column in range(width):
                bag[post, column] += table[row, column]
        for column in range(width):
            bag[post, column] *= weight
    return found


@numba.njit(cache=True, fastmath=True)
def _step_rows(flat_rows, posts, found, slope_bag, scales, table, state, stamp, slopes, rate, step):
    """One lazy step of Adam for the rows a batch touched."""
    first, second = state
    width = table.shape[1]
    touched = np.empty(found, np.uint32)
    count = 0
    for place in range(found):
        row, post = flat_rows[place], posts[place]
        if stamp[row] != step:
            stamp[row] = step
            touched[count] = row
            slopes[row] = 0
            count += 1
        for column in range(width):
            slopes[row, column] += slope_bag[post, column] * scales[post]
    warm1, warm2 = np.float32(1 - 0.9**step), np.float32(1 - 0.999**step)
    for place in range(count):
        row = touched[place]
        for column in range(width):
            grade = slopes[row, column]
            first[row, column] = np.float32(0.9) * first[row, column] + np.float32(0.1) * grade
            second[row, column] = np.float32(0.999) * second[row, column] + np.float32(0.001) * grade * grade
            moved = (first[row, column] / warm1) / (np.sqrt(second[row, column] / warm2) + np.float32(1e-8))
            table[row, column] -= rate * moved


@numba.njit(cache=True)
def _seed(number):
    np.random.seed(number)


def softmax(logits: Numbers, warmth: float = 1.0) -> Numbers:
    """Probabilities of logits, row by row."""
    raised = np.exp((logits - logits.max(axis=1, keepdims=True)) / warmth)
    return (raised / raised.sum(axis=1, keepdims=True)).astype(np.float32)


class Learner:
    """The table and the two small layers while they are learnt."""

    def __init__(self, recipe: Recipe) -> None:
        """Start from an empty table and small random layers."""
        self.recipe = recipe
        self.chance = np.random.default_rng(recipe.seed)
        _seed(recipe.seed)
        size = 1 << a.TABLE_BITS
        self.table = np.zeros((size, recipe.width), np.float32)
        bound1, bound2 = (2 * recipe.width) ** -0.5, recipe.hidden**-0.5
        self.layers = [
            self.chance.uniform(-bound1, bound1, (2 * recipe.width, recipe.hidden)).astype(np.float32),
            self.chance.uniform(-bound1, bound1, recipe.hidden).astype(np.float32),
            self.chance.uniform(-bound2, bound2, (recipe.hidden, 3)).astype(np.float32),
            np.zeros(3, np.float32),
        ]
        self.state = (np.zeros_like(self.table), np.zeros_like(self.table))
        self.layer_state = [(np.zeros_like(layer), np.zeros_like(layer)) for layer in self.layers]
        self.stamp = np.zeros(size, np.int64)
        self.slopes = np.zeros_like(self.table)
        self.step = 0

    def logits(self, flat: NDArray[np.uint32], begins: NDArray[np.int64]) -> Numbers:
        """What the student says of texts, by their rows."""
        count = len(begins) // 2
        bag = np.zeros((2 * count, self.recipe.width), np.float32)
        spare = np.empty(len(flat), np.uint32)
        _gather(flat, begins, np.arange(count), self.table, 0.0, spare, np.empty(len(flat), np.int32), bag)
        return self._top(bag.reshape(count, -1))[1]

    def _top(self, bag: Numbers, keep: Numbers | None = None) -> tuple[Numbers, Numbers]:
        inner, inner_bias, outer, outer_bias = self.layers
        hidden = np.maximum(bag @ inner + inner_bias, 0)
        if keep is not None:
            hidden *= keep
        return hidden, hidden @ outer + outer_bias

    def learn_batch(self, flat: Picked, begins: Labels, chosen: Labels, slope_of: Slope, progress: float) -> None:
        """One step down the slope that `slope_of(logits)` gives for the chosen texts."""
        recipe = self.recipe
        self.step += 1
        bag_of = np.stack([2 * chosen, 2 * chosen + 1], axis=1).ravel()
        lengths = begins[bag_of + 1] - begins[bag_of]
        room = int(lengths.sum())
        picked, posts = np.empty(room, np.uint32), np.empty(room, np.int32)
        bag = np.empty((2 * len(chosen), recipe.width), np.float32)
        found = _gather(flat, begins, chosen, self.table, recipe.drop_features, picked, posts, bag)
        bag = bag.reshape(len(chosen), -1)
        kept = 1 - recipe.drop_hidden
        keep = (self.chance.random((len(chosen), recipe.hidden)) < kept).astype(np.float32) / np.float32(kept)
        hidden, logits = self._top(bag, keep)
        slope = slope_of(logits, chosen)
        inner, _, outer, _ = self.layers
        slope_hidden = (slope @ outer.T) * keep * (hidden > 0)
        slopes = [bag.T @ slope_hidden, slope_hidden.sum(0), hidden.T @ slope, slope.sum(0)]
        slope_bag = (slope_hidden @ inner.T).reshape(-1, recipe.width)
        scales = (FEW / np.maximum(1, lengths) ** 0.75 / (1 - recipe.drop_features)).astype(np.float32)
        fade = max(0.03, 1 - progress)
        for layer, grade, (first, second) in zip(self.layers, slopes, self.layer_state, strict=True):
            _adam(layer, grade.astype(np.float32), first, second, recipe.rate * fade, self.step)
        _step_rows(
            picked, posts, found, slope_bag, scales, self.table, self.state, self.stamp, self.slopes,
            np.float32(recipe.row_rate * fade), self.step,
        )  # fmt: skip


class Lesson:
    """The slope of the loss: hand labels by weighted cross-entropy, the teacher by warm divergence."""

    def __init__(self, rows: Rows, recipe: Recipe) -> None:
        """Weigh the classes, soften the labels and the teacher once."""
        counts = np.bincount(rows.labels[rows.labels >= 0], minlength=3)
        weights = (counts.sum() / (3 * counts)) ** recipe.class_power
        taught, labelled = ~np.isnan(rows.logits[:, 0]), rows.labels >= 0
        wanted = np.full((len(rows.labels), 3), recipe.smoothing / 3)
        wanted[labelled, rows.labels[labelled]] += 1 - recipe.smoothing
        self.wanted = (wanted * weights).astype(np.float32)  # as torch weighs smoothed labels, class by class
        self.wanted[~labelled] = 0
        self.soft = softmax(np.where(taught[:, None], rows.logits, 0), recipe.warmth)
        self.teach = np.where(taught, recipe.teach * recipe.warmth, 0).astype(np.float32)[:, None]
        self.hard = np.float32(1 - recipe.teach)
        self.warmth = recipe.warmth

    def slope(self, logits: Numbers, chosen: NDArray[np.int64]) -> Numbers:
        """The slope for a batch, averaged over it."""
        wanted = self.wanted[chosen]
        hard = softmax(logits) * wanted.sum(1, keepdims=True) - wanted
        soft = softmax(logits, self.warmth) - self.soft[chosen]
        return (self.hard * hard + self.teach[chosen] * soft) / len(chosen)


def train(rows: Rows, recipe: Recipe, each_epoch: Callable[[int, Learner], None] | None = None) -> Learner:
    """A student that has seen all rows `epochs` times."""
    flat, begins = find_rows(rows.texts, recipe.rarest)
    student, lesson = Learner(recipe), Lesson(rows, recipe)
    steps = recipe.epochs * -(-len(rows.texts) // recipe.batch)
    for epoch in range(recipe.epochs):
        order = student.chance.permutation(len(rows.texts))
        for start in range(0, len(order), recipe.batch):
            student.learn_batch(flat, begins, order[start : start + recipe.batch], lesson.slope, student.step / steps)
        if each_epoch:
            each_epoch(epoch, student)
    return student
