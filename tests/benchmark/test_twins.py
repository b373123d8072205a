"""Adversarial twins: two notes that differ in a word or a mark, and so in their right answer. A pair counts where both are right."""

import json
from pathlib import Path

import pytest

from auditor import Auditor
from auditor.benchmark.corpus import CorpusError
from auditor.benchmark.scoring import ScoringError
from auditor.benchmark.twins import ordered, read_twins

FOLDER = Path(__file__).parents[2] / "corpora" / "twins"
PAIRS = read_twins(FOLDER)
LEAST_BOTH_RIGHT = 0.85


@pytest.fixture(scope="module")
def wrong():
    auditor = Auditor()
    audits = {
        side.id: auditor.audit(side).model_dump(mode="json") for pair in PAIRS for side in (pair.first, pair.second)
    }
    return {pair.id: pair.wrong(audits) for pair in PAIRS}


def test_most_pairs_are_right_on_both_sides(wrong):
    assert len(PAIRS) >= 150
    missed = {name: sides for name, sides in wrong.items() if sides}
    told = [f"{side.id}: {right} read as {said}" for sides in missed.values() for side, right, said in sides]
    assert 1 - len(missed) / len(PAIRS) >= LEAST_BOTH_RIGHT, "\n".join(["", *told])


@pytest.mark.parametrize("pair", PAIRS, ids=[pair.id for pair in PAIRS])
def test_a_pair_differs_in_little_and_in_its_answer(pair):
    one, other = pair.first.text.split(), pair.second.text.split()
    assert abs(len(one) - len(other)) <= 2
    assert len(set(one) ^ set(other)) <= 6
    assert ordered(pair.task, pair.gold[0]) != ordered(pair.task, pair.gold[1])


def test_an_audit_that_is_missing_is_named():
    with pytest.raises(ScoringError, match=f"there is no audit of {PAIRS[0].id}/a"):
        PAIRS[0].wrong({})


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "{}",
        '{"id": "x", "kind": "k", "task": "weather", "text_b": "b", "gold_a": 1, "gold_b": 2, "encounter": {}}',
    ],
)
def test_a_line_that_is_no_pair_is_named(tmp_path, line):
    (tmp_path / "bad.jsonl").write_text(f"{line}\n")
    with pytest.raises(CorpusError, match=r"bad\.jsonl, line 1: this is no pair"):
        read_twins(tmp_path)


def test_a_pair_twice_is_refused(tmp_path):
    line = (FOLDER / "a.jsonl").read_text(encoding="utf-8").splitlines()[0]
    assert json.loads(line)["id"]
    (tmp_path / "twice.jsonl").write_text(f"{line}\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="more than once"):
        read_twins(tmp_path)
