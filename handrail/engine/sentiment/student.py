"""The trained student: its table and two small layers, loaded once from the file beside this module, and its answer."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MODEL = Path(__file__).with_name("student.npz")
MEASURED = Path(__file__).with_name("student.json")

FEW = 2.5  # features of a bag whose weights would sum as in a mean

Numbers = NDArray[np.float32]
Chances = NDArray[np.float64]

# After these, the next words are read as negated.
_NEGATORS = """
not no never nor neither none nothing nobody without cannot hardly barely
can't won't don't doesn't didn't isn't aren't wasn't weren't couldn't wouldn't shouldn't haven't hasn't hadn't ain't
cant wont dont doesnt didnt isnt arent wasnt couldnt wouldnt shouldnt havent hasnt aint
"""
NEGATORS = frozenset(_NEGATORS.split())


@dataclass(frozen=True)
class Student:
    """All that was learnt. `table` holds whole numbers; `scale` says per column what one of them is worth.

    A post is two bags: the summed rows of its words, and those of its grams.
    """

    table: NDArray[np.int8]
    scale: Numbers
    inner: Numbers
    inner_bias: Numbers
    outer: Numbers
    outer_bias: Numbers
    calibration: Numbers  # one factor for the logits, then what is added to each of the three
    threshold: float

    def logits(self, sums: NDArray[np.int32], counts: NDArray[np.int32]) -> Numbers:
        """How strongly each post sounds negative, neutral and positive, before calibration."""
        weights = np.repeat(bag_weight(counts), len(self.scale), axis=1)
        bags = sums * np.tile(self.scale, 2) * weights
        hidden = np.maximum(bags @ self.inner + self.inner_bias, np.float32(0))
        out: Numbers = hidden @ self.outer + self.outer_bias
        return out

    def probabilities(self, sums: NDArray[np.int32], counts: NDArray[np.int32]) -> Chances:
        """The calibrated probabilities of negative, neutral and positive, to four places, so that neither the size of a
        batch nor the machine shows in them."""
        chances = softmax(self.logits(sums, counts).astype(np.float64) * self.calibration[0] + self.calibration[1:])
        chances = chances.round(4)
        chances[:, 1] = (1 - chances[:, 0] - chances[:, 2]).round(4)
        return chances


def bag_weight(counts: NDArray[np.int32]) -> Numbers:
    """What one feature of a post counts: less in a long post, but not as little as in a mean."""
    return (FEW / np.maximum(counts, 1) ** 0.75).astype(np.float32)


def softmax(logits: Chances) -> Chances:
    """Probabilities of logits, row by row."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    out: Chances = raised / raised.sum(axis=1, keepdims=True)
    return out


def read_student(path: Path) -> Student:
    """A student from its file."""
    with np.load(path, allow_pickle=False) as parts:
        named = {name: parts[name] for name in parts.files if name != "threshold"}
        return Student(**named, threshold=float(parts["threshold"]))


@lru_cache(maxsize=1)
def shipped() -> Student:
    """The student that comes with Handrail."""
    return read_student(MODEL)
