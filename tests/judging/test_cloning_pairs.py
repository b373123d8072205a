"""Pairs of notes by three writers: copied, lightly edited, a number changed, templated but honest, independent."""

import json
from collections import Counter
from pathlib import Path

import pytest

from auditor import Auditor
from auditor.records import parse_encounter

PAIRS = [
    json.loads(line)
    for file in sorted((Path(__file__).parents[2] / "corpora" / "cloning").glob("*.jsonl"))
    for line in file.read_text(encoding="utf-8").splitlines()
]
REPEATS = ("PRG405", "EPI951", "EPI952")


@pytest.fixture(scope="module")
def told() -> Counter[tuple[str, str]]:
    """How often each kind of pair got which finding."""
    auditor = Auditor()
    found: Counter[tuple[str, str]] = Counter()
    for pair in PAIRS:
        codes = {finding.code for finding in auditor.audit(parse_encounter(pair["encounter"])).findings}
        found[pair["gold"]["kind"], next((code for code in REPEATS if code in codes), "none")] += 1
    return found


def test_there_are_two_hundred_pairs_and_more() -> None:
    assert len(PAIRS) >= 200


@pytest.mark.parametrize("kind", ["templated", "independent"])
def test_honest_notes_are_not_flagged(told: Counter[tuple[str, str]], kind: str) -> None:
    assert {code for told_kind, code in told if told_kind == kind} == {"none"}


def test_precision_and_recall(told: Counter[tuple[str, str]]) -> None:
    repeats = [(kind, code, count) for (kind, code), count in told.items()]
    cloned = sum(count for kind, _, count in repeats if kind not in ("templated", "independent"))
    flagged = sum(count for _, code, count in repeats if code != "none")
    right = sum(count for kind, code, count in repeats if kind not in ("templated", "independent") and code != "none")
    assert right / flagged >= 0.95
    assert right / cloned >= 0.95


@pytest.mark.parametrize(("kind", "code"), [("copied", "PRG405"), ("number_changed", "EPI951")])
def test_copies_and_changed_numbers_get_their_own_code(told: Counter[tuple[str, str]], kind: str, code: str) -> None:
    assert told[kind, code] >= 0.95 * sum(count for (told_kind, _), count in told.items() if told_kind == kind)
