"""Trains the model of statements on the train split and writes it: the same corpora give the same bytes.

    python models/statements/train.py [CORPORA]

The notes are headed ones of which the headings are taken away; the key to each sentence is the heading it stood under.
Development notes are only printed. Weights are rounded, so that machines that add in another order agree.
"""

import sys
from pathlib import Path

from auditor.benchmark.corpus import Split, read_corpus
from auditor.benchmark.headless import statements
from auditor.reading.pipeline import Reader
from auditor.reading.statements import features

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from keeping import Examples, tell, trained  # noqa: E402 - it stands beside the models, not in the package

ZONES = frozenset("SOATPGHX")
STRENGTH, FEWEST, THRESHOLD = 0.3, 2, 0.8
"""Inverse regularisation, sentences a feature must stand in, probability from which on it answers."""


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
    pipeline = trained(
        examples(corpora, "train"), HERE, strength=STRENGTH, fewest=FEWEST, threshold=THRESHOLD, what="statements"
    )
    tell(pipeline, examples(corpora, "dev"), threshold=THRESHOLD, is_open="", not_taken=())


if __name__ == "__main__":
    main()
