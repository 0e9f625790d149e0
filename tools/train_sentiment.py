"""Train the small sentiment student from the development data, and write it with its measured accuracy.

Run: python tools/train_sentiment.py --data DIR --more FILE [--seed N]. FILE comes from teach_sentiment.py. Needs numba; takes a few minutes on one core. DIR holds
`teacher/soft_labels.tsv.gz` and `tweeteval/sentiment/`; its README names where they come from. Nothing that belongs
to a test set is read.
"""

import argparse
import csv
import gzip
import html
import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sentiment_learner import Labels, Learner, Numbers, Recipe, Rows, find_rows, train
from sentiment_measures import calibration_error, correctness, coverage_curve, interval, macro_f1, macro_recall

from handrail.engine.sentiment.student import MEASURED, MODEL, Student, read_student, softmax

UNLABELLED = -1
NAMES = ("negative", "neutral", "positive")
COVERAGE = 0.8  # share of posts that still get an answer, on the calibration half


def key(text: str) -> str:
    """What two copies of a post have in common, whatever was done to their names, links and marks."""
    text = html.unescape(html.unescape(text)).lower()
    text = re.sub(r"http\S*|www\.\S+|@\w+", "", text)
    return re.sub(r"[^a-z0-9]", "", text)


def read_lines(path: Path) -> list[str]:
    """The lines of a text file."""
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def validation(data: Path) -> tuple[list[str], Labels]:
    """TweetEval's validation texts and labels: never learnt from."""
    folder = data / "tweeteval" / "sentiment"
    return read_lines(folder / "val_text.txt"), np.array([int(line) for line in read_lines(folder / "val_labels.txt")])


def taught(path: Path) -> Iterator[tuple[str, list[float]]]:
    """Texts and what the teacher said of them."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            *logits, text = line.rstrip("\n").split("\t", 3)
            yield text, [float(logit) for logit in logits]


def teaching(data: Path, more: Path | None = None) -> Rows:
    """All texts to learn from, copies of validation texts left out; `more` is what teach_sentiment.py wrote."""
    held_out = {key(text)[:40] for text in validation(data)[0] if len(key(text)) >= 25}
    found: dict[str, tuple[str, int, list[float]]] = {}
    unknown = [float("nan")] * 3
    for text, logits in taught(data / "teacher" / "soft_labels.tsv.gz"):
        found[key(text) or text] = (text, UNLABELLED, logits)
    for line in read_lines(data / "tweeteval" / "sentiment" / "train_reconstructed.tsv"):
        label, text = line.split("\t", 1)
        known = found.get(key(text) or text)
        found[key(text) or text] = (text, int(label), known[2] if known else unknown)
    kept = [row for name, row in found.items() if name[:40] not in held_out]
    kept += [(text, UNLABELLED, logits) for text, logits in (taught(more) if more else [])]
    return Rows(
        [text for text, _, _ in kept],
        np.array([label for _, label, _ in kept]),
        np.array([logits for _, _, logits in kept], np.float32),
    )


def airline(data: Path) -> tuple[list[str], Labels]:
    """Posts to airlines with hand labels. The teacher labelled their texts; their own labels are never learnt from."""
    with (data / "airline_dev.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [row["text"] for row in rows], np.array([NAMES.index(row["airline_sentiment"]) for row in rows])


def halves(count: int) -> tuple[Labels, Labels]:
    """The validation rows split for good: one half to calibrate on, the other to measure on."""
    order = np.random.default_rng(20_150).permutation(count)
    return np.sort(order[: count // 2]), np.sort(order[count // 2 :])


def squeeze(table: Numbers) -> tuple[NDArray[np.int8], Numbers]:
    """The table in whole numbers, and what one of them is worth per column; rare extremes are cut."""
    reach = np.percentile(np.abs(table[np.abs(table).sum(1) > 0]), 99.95, axis=0)
    scale = (reach / 127).astype(np.float32)
    return np.clip(np.rint(table / scale), -127, 127).astype(np.int8), scale


def fit_calibration(logits: Numbers, labels: Labels) -> Numbers:
    """The factor that makes the logits' probabilities true on the calibration half; nothing is added to any class."""
    factors = np.exp(np.linspace(np.log(0.4), np.log(3), 400))
    rows = np.arange(len(labels))
    losses = [-np.log(softmax(logits.astype(np.float64) * factor)[rows, labels]).mean() for factor in factors]
    return np.array([factors[int(np.argmin(losses))], 0, 0, 0], np.float32)


def sums(student: Student, texts: list[str]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """What the student's two layers are given for texts."""
    flat, begins = find_rows(texts)
    before = np.zeros((len(flat) + 1, student.table.shape[1]), np.int32)
    np.cumsum(student.table[flat], axis=0, out=before[1:], dtype=np.int32)
    bags = before[begins[1:]] - before[begins[:-1]]
    return bags.reshape(len(texts), -1), np.diff(begins).astype(np.int32).reshape(-1, 2)


def finish(learner: Learner, data: Path) -> Student:
    """The learner's weights made small, calibrated, and given a threshold below which it abstains."""
    table, scale = squeeze(learner.table)
    inner, inner_bias, outer, outer_bias = learner.layers
    raw = Student(table, scale, inner, inner_bias, outer, outer_bias, np.array([1, 0, 0, 0], np.float32), 0.0)
    texts, labels = validation(data)
    chosen = halves(len(texts))[0]
    bags = sums(raw, [texts[place] for place in chosen])
    calibration = fit_calibration(raw.logits(*bags), labels[chosen])
    calibrated = Student(table, scale, inner, inner_bias, outer, outer_bias, calibration, 0.0)
    threshold = float(np.quantile(calibrated.probabilities(*bags).max(1), 1 - COVERAGE))
    return Student(table, scale, inner, inner_bias, outer, outer_bias, calibration, round(threshold, 4))


def write(student: Student) -> None:
    """Keep the student beside the code that reads it."""
    np.savez_compressed(MODEL, **{name: np.asarray(part) for name, part in vars(student).items()})


def measured(student: Student, data: Path) -> dict[str, object]:
    """What the pages and the card state, from the evaluation half and the airline posts."""
    texts, labels = validation(data)
    chosen = halves(len(texts))[1]
    labels = labels[chosen]
    bags = sums(student, [texts[place] for place in chosen])
    chances, plain = student.probabilities(*bags), softmax(student.logits(*bags).astype(np.float64))
    said = chances.argmax(1)
    answered = chances.max(1) >= student.threshold
    air_texts, air_labels = airline(data)
    air = student.probabilities(*sums(student, air_texts))
    return {
        "languages": ["en"],
        "measured_on": "TweetEval sentiment, validation, evaluation half",
        "n": len(labels),
        "macro_recall": round(macro_recall(labels, said), 4),
        "macro_recall_interval": [round(edge, 4) for edge in interval(macro_recall, labels, said)],
        "accuracy": round(correctness(labels, said), 4),
        "recall": {name: round(float((said[labels == c] == c).mean()), 4) for c, name in enumerate(NAMES)},
        "calibration_error_before": round(calibration_error(labels, plain), 4),
        "calibration_error": round(calibration_error(labels, chances), 4),
        "threshold": student.threshold,
        "coverage": round(float(answered.mean()), 4),
        "accuracy_when_answered": round(correctness(labels[answered], said[answered]), 4),
        "accuracy_by_coverage": coverage_curve(labels, chances),
        "airline": {
            "n": len(air_labels),
            "macro_f1": round(macro_f1(air_labels, air.argmax(1)), 4),
            "macro_f1_interval": [round(e, 4) for e in interval(macro_f1, air_labels, air.argmax(1), rounds=500)],
            "macro_recall": round(macro_recall(air_labels, air.argmax(1)), 4),
            "calibration_error": round(calibration_error(air_labels, air), 4),
            "accuracy_by_coverage": coverage_curve(air_labels, air),
        },
    }


def main() -> int:
    """Train, finish, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with teacher/ and tweeteval/")
    parser.add_argument("--more", type=Path, help="more texts with a teacher's labels, from teach_sentiment.py")
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--measure-only", action="store_true", help="measure the shipped student again, train nothing")
    chosen = parser.parse_args()
    started = time.monotonic()
    if not chosen.measure_only:
        rows = teaching(chosen.data, chosen.more)
        print(f"{len(rows.texts):,} texts to learn from", file=sys.stderr)
        learner = train(
            rows,
            Recipe(seed=chosen.seed, epochs=chosen.epochs),
            lambda epoch, _: print(f"epoch {epoch + 1}, {time.monotonic() - started:.0f} s", file=sys.stderr),
        )
        write(finish(learner, chosen.data))
    figures = measured(read_student(MODEL), chosen.data)
    MEASURED.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
