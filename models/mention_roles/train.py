"""Trains the model of mention roles on the train split and writes it: the same corpora give the same bytes.

    python models/mention_roles/train.py [CORPORA]

The key to each mention is the role of the span that was marked over it; a complaint that is denied is none. Development
notes are only printed. Weights are rounded, so that machines that add in another order agree.
"""

import sys
from pathlib import Path

from auditor.benchmark.corpus import Labelled, Split, read_corpus
from auditor.facts import Role
from auditor.reading.document import KEY, Reading
from auditor.reading.mention_roles import features
from auditor.reading.pipeline import Reader

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from keeping import Examples, tell, trained  # noqa: E402 - it stands beside the models, not in the package

STRENGTH, FEWEST, THRESHOLD = 0.3, 2, 0.8
"""Inverse regularisation, mentions a feature must stand at, probability from which on it answers."""


def examples(corpora: Path, split: Split) -> Examples:
    """Features, marked roles and the rules' roles of every mention of a split that was marked."""
    reader = Reader(models=False)
    found: Examples = ([], [], [])
    for labelled in read_corpus(corpora, split):
        for row, key, rules in _mentions(reader, labelled):
            found[0].append(row)
            found[1].append(key)
            found[2].append(rules)
    return found


def _mentions(reader: Reader, labelled: Labelled) -> list[tuple[list[str], str, str]]:
    reading: Reading = reader.doc(labelled.encounter.text).user_data[KEY]
    roles = {mention.evidence.start: mention.role.value for mention in reading.found.get("mentions", ())}
    roles |= {place.evidence.start: "treated" for item in reading.found["treatments"] for place in item.places}
    rows = []
    for sentence in reading.sentences:
        for place in sentence.of("place"):
            start, end = reading.text.original(place.start, place.end)
            marked = next((s for s in labelled.spans if s.kind == "place" and s.overlaps(start, end)), None)
            if marked is None or start not in roles:
                continue
            denied = marked.role == "complaint" and marked.assertion != "affirmed"
            key = Role.MENTIONED.value if denied else str(marked.role)
            rows.append((features(reading, sentence, place), key, roles[start]))
    return rows


def main() -> None:
    """Train, write, and print how it does on the development split."""
    corpora = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "corpora"
    pipeline = trained(
        examples(corpora, "train"), HERE, strength=STRENGTH, fewest=FEWEST, threshold=THRESHOLD, what="mentions"
    )
    tell(
        pipeline,
        examples(corpora, "dev"),
        threshold=THRESHOLD,
        is_open=Role.MENTIONED.value,
        not_taken=("mentioned", "treated", "neuro"),
    )


if __name__ == "__main__":
    main()
