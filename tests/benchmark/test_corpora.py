"""Floors under the figures on the labelled corpora. They are no blind test: see corpora/README.md."""

import json
from pathlib import Path

import pytest

from auditor.auditor import Auditor
from auditor.benchmark.scoring import compare, figures, miss, tally
from auditor.records import parse_encounter

FILES = sorted((Path(__file__).parents[2] / "corpora").glob("*.jsonl"))
FLOORS = [
    # task, figure, least
    ("treated regions", "exact", 0.95),
    ("all elements", "agreement", 0.92),
    ("region verdict", "agreement", 0.95),
    ("measures", "f1", 0.92),
    ("treated levels", "f1", 0.95),
    ("PART by region", "f1", 0.92),
    ("claim findings", "f1", 0.92),
]


@pytest.fixture(scope="module")
def comparisons():
    labels = [json.loads(line) for path in FILES for line in path.read_text(encoding="utf-8").splitlines() if line]
    auditor = Auditor()
    audits = [auditor.audit(parse_encounter(label["encounter"])).model_dump(mode="json") for label in labels]
    assert len({audit["id"] for audit in audits}) == len(labels) == 520
    return list(compare(labels, audits))


@pytest.mark.parametrize(("task", "figure", "least"), FLOORS, ids=[row[0].replace(" ", "-") for row in FLOORS])
def test_floor(comparisons, task, figure, least):
    rows = tally(comparisons)
    everything = [figures(name, row) for name, row in rows.items()]
    misses = [miss(item) for item in comparisons if item.task == task and not item.right]
    assert rows[task][figure] >= least, "\n".join(["", *everything, *misses])
