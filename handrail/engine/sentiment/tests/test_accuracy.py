"""Measured again on the development data, where it is at hand: recall, calibration, what abstaining buys."""

import csv
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from handrail.engine.sentiment import accuracy, score
from handrail.engine.sentiment.student import shipped

REPOSITORY = Path(__file__).resolve().parents[4]
SHARED = Path(os.environ.get("HANDRAIL_SHARED", REPOSITORY.parent / "shared")) / "data"
NAMES = ("negative", "neutral", "positive")

pytestmark = pytest.mark.skipif(
    not (SHARED / "tweeteval" / "sentiment").is_dir(), reason="no shared development data (HANDRAIL_SHARED)"
)


@pytest.fixture(scope="module")
def measures():
    sys.path.insert(0, str(REPOSITORY / "tools"))
    try:
        yield pytest.importorskip("sentiment_measures")
    finally:
        sys.path.remove(str(REPOSITORY / "tools"))


@pytest.fixture(scope="module")
def evaluation():
    """The validation rows that neither training nor calibration saw: labels and probabilities."""
    folder = SHARED / "tweeteval" / "sentiment"
    texts = (folder / "val_text.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    labels = np.array([int(line) for line in (folder / "val_labels.txt").read_text().split()])
    order = np.random.default_rng(20_150).permutation(len(texts))
    chosen = np.sort(order[len(texts) // 2 :])
    said = score([texts[place] for place in chosen])
    return labels[chosen], said


def test_macro_recall_is_what_is_stated(evaluation, measures):
    labels, said = evaluation
    recall = measures.macro_recall(labels, np.array([np.argmax(one.p) for one in said]))
    assert recall >= 0.68
    assert abs(recall - accuracy()["macro_recall"]) < 0.003


def test_probabilities_are_calibrated(evaluation, measures):
    labels, said = evaluation
    assert measures.calibration_error(labels, np.array([one.p for one in said])) <= 0.05


def test_abstaining_buys_five_points_at_four_fifths_coverage(evaluation, measures):
    labels, said = evaluation
    curve = measures.coverage_curve(labels, np.array([one.p for one in said]))
    assert curve["80%"] - curve["100%"] >= 0.05
    answered = np.array([one.label != "abstain" for one in said])
    assert 0.72 < answered.mean() < 0.88


def test_english_posts_are_hardly_ever_taken_for_another_language(evaluation):
    _, said = evaluation
    assert sum(one.why == "language" for one in said) <= len(said) * 0.005


def test_airline_posts_are_scored_well_without_their_labels(measures):
    with (SHARED / "airline_dev.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    labels = np.array([NAMES.index(row["airline_sentiment"]) for row in rows])
    chances = np.array([one.p for one in score([row["text"] for row in rows])])
    assert measures.macro_f1(labels, chances.argmax(1)) >= 0.66
    assert measures.calibration_error(labels, chances) <= 0.05
    assert shipped().threshold > 0.4
