"""Trains the model of statements on the train split and writes it: the same corpora give the same bytes.

    python models/statements/train.py [CORPORA]

The notes are headed ones of which the headings are taken away; the key to each sentence is the heading it stood under.
Development notes are only printed. Weights are rounded, so that machines that add in another order agree.
"""

import sys
from collections import Counter
from pathlib import Path

import numpy as np

from auditor.benchmark.corpus import Split, read_corpus
from auditor.benchmark.headless import statements
from auditor.reading.pipeline import Reader
from auditor.reading.statements import features

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from keeping import fitted, keep  # noqa: E402 - it stands beside the models, not in the package

ZONES = frozenset("SOATPGHX")
STRENGTH, FEWEST, THRESHOLD = 0.3, 2, 0.8
"""Inverse regularisation, sentences a feature must stand in, probability from which on it answers."""

Examples = tuple[list[list[str]], list[str], list[str]]


def examples(corpora: Path, split: Split) -> Examples:
    """Features, keys and the rules' answers of every statement of a split."""
    reader = Reader(models=False)
    found: Examples = ([], [], [])
    for labelled in read_corpus(corpora, split):
        for one in statements(reader, labelled.encounter.text):
            if one.key in ZONES:
                found[0].append(features(one.reading, one.position))
                found[1].append(one.key)
                found[2].append(one.rules)
    return found


def main() -> None:
    """Train, write, and print how it does on the development split."""
    corpora = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "corpora"
    rows, keys, _ = examples(corpora, "train")
    counts = Counter(feature for row in rows for feature in row)
    pipeline = fitted([[f for f in row if counts[f] >= FEWEST] for row in rows], keys, strength=STRENGTH)
    keep(pipeline, HERE, threshold=THRESHOLD, trained_on=f"{len(rows)} statements of the train split")
    rows, keys, rules = examples(corpora, "dev")
    sure = pipeline.predict_proba([dict.fromkeys(row, 1) for row in rows]).max(axis=1)
    said = pipeline.predict([dict.fromkeys(row, 1) for row in rows])
    truth, ruled = np.array(keys), np.array(rules)
    answers = (ruled == "") & (sure >= THRESHOLD)
    both = np.where(answers, said, ruled)
    print(f"dev: {len(keys)} statements, left open by the rules {np.mean(ruled == ''):.3f}")
    print(f"right: rules {np.mean(ruled == truth):.3f}, rules and model {np.mean(both == truth):.3f}")
    right = np.mean(said[answers] == truth[answers])
    print(f"the model answers {answers.sum()} of {np.sum(ruled == '')}, right {right:.3f}")


if __name__ == "__main__":
    main()
