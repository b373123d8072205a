"""Adversarial twins: two notes that differ in a word or a mark, and so in their right answer. A pair counts where both are right."""

import json
from pathlib import Path

import pytest

from auditor import Auditor
from auditor.records import Audit, parse_encounter
from auditor.scoring import answer_of

FILES = sorted((Path(__file__).parents[1] / "corpora" / "twins").glob("*.jsonl"))
PAIRS = [json.loads(line) for path in FILES for line in path.read_text(encoding="utf-8").splitlines()]
LEAST_BOTH_RIGHT = 0.85
ELEMENTS = {
    "progress": "progress",
    "subluxation": "subluxation",
    "regions": "regions",
    "plan_element": "plan",
    "signature_element": "signature",
    "part_element": "part",
}


def answer(task: str, audit: Audit) -> object:
    """What an audit says of a task, in the shape of the twins' labels."""
    said = answer_of(audit.model_dump(mode="json"))
    if task in ELEMENTS:
        return said["elements"][ELEMENTS[task]]
    if task == "levels":
        return sorted(level for levels in said["treated"].values() for level in levels)
    if task == "verdict":
        return said["region_check"]["verdict"]
    return gold(task, list(said[task]) if task in ("treated", "claim_findings") else said[task])


def gold(task: str, value: object) -> object:
    """A twin's label, ordered as ``answer`` orders."""
    if task == "measures":
        return sorted((m["instrument"], float(m["value"])) for m in value)
    if task == "part":
        return {letter: sorted(set(value.get(letter, ())) - {"unlocated"}) for letter in "PART"}
    return sorted(value) if isinstance(value, list) else value


@pytest.fixture(scope="module")
def wrong():
    auditor = Auditor()
    found = []
    for pair in PAIRS:
        for text, label in ((pair["encounter"]["text"], pair["gold_a"]), (pair["text_b"], pair["gold_b"])):
            said = answer(pair["task"], auditor.audit(parse_encounter({**pair["encounter"], "text": text})))
            if said != gold(pair["task"], label):
                found.append(f"{pair['id']} {pair['kind']}: {label} read as {said}")
    return found


def test_most_pairs_are_right_on_both_sides(wrong):
    assert len(PAIRS) >= 150
    missed = {line.split()[0] for line in wrong}
    assert 1 - len(missed) / len(PAIRS) >= LEAST_BOTH_RIGHT, "\n".join(["", *wrong])


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["id"] for pair in PAIRS])
def test_a_pair_differs_in_little_and_in_its_answer(pair):
    one, other = pair["encounter"]["text"].split(), pair["text_b"].split()
    assert abs(len(one) - len(other)) <= 2
    assert len(set(one) ^ set(other)) <= 6
    assert gold(pair["task"], pair["gold_a"]) != gold(pair["task"], pair["gold_b"])
