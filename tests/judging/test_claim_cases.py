"""The 130 labelled claim cases of ``corpora/claims``: each check fires at least twice, and is silent beside near misses."""

import json
from collections import Counter
from pathlib import Path

import pytest

from auditor import Auditor
from auditor.judging import all_checks
from auditor.records import parse_encounter

FOLDER = Path(__file__).parents[2] / "corpora" / "claims"
CASES = [json.loads(line) for file in sorted(FOLDER.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
FAMILIES = ("CPT", "MOD", "DXC", "NCC", "CLM", "PAY")
CODES = {code for code in all_checks() if code.startswith(FAMILIES)}


@pytest.fixture(scope="module")
def answers():
    auditor = Auditor()
    audits = {one["encounter"]["id"]: auditor.audit(parse_encounter(one["encounter"])) for one in CASES}
    return {name: {item.code for item in audit.findings if item.code in CODES} for name, audit in audits.items()}


def test_there_are_enough_cases_and_each_code_fires_twice():
    fires = Counter(code for one in CASES for code in one["gold"]["claim_findings"])
    assert len(CASES) >= 120
    assert {code for code in CODES if fires[code] < 2} == set()
    assert set(fires) <= CODES


def test_the_findings_are_those_of_the_labels(answers):
    right = extra = missed = 0
    for one in CASES:
        gold, said = set(one["gold"]["claim_findings"]), answers[one["encounter"]["id"]]
        right, extra, missed = right + len(gold & said), extra + len(said - gold), missed + len(gold - said)
    assert 2 * right / (2 * right + extra + missed) >= 0.98


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_code_is_found_where_it_is_labelled_and_nowhere_else(answers, code):
    labelled = {one["encounter"]["id"] for one in CASES if code in one["gold"]["claim_findings"]}
    found = {name for name, codes in answers.items() if code in codes}
    assert len(labelled ^ found) <= 1
    assert len(labelled & found) >= 2
