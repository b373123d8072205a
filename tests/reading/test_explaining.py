"""An explained reading says the same as a silent one, and says why."""

import json
from pathlib import Path

import pytest

from auditor.auditor import Auditor
from auditor.records import parse_encounter

NOTE = """S: Low back pain 4/10, was 6/10.
O: C5 restricted. No spasm in the lumbar paraspinals. C6 dermatome diminished.
P: Adjusted C5 and L SI. Massage to the low back. T4 not adjusted. Adjust L4 next visit. Last visit T6 was adjusted.
2x/week for 4 weeks. Electronically signed by Jane Roe, DC 03/04/2026
"""
CORPUS = Path(__file__).parents[2] / "corpora" / "r.jsonl"


@pytest.fixture(scope="module")
def explained():
    return Auditor(explain=True)


@pytest.fixture(scope="module")
def items(explained):
    return explained.audit(parse_encounter({"text": NOTE})).explanation


def place(items, words: str, nth: int = 0):
    return [item for item in items if item.fact == "place" and item.evidence.text == words][nth]


@pytest.mark.parametrize(
    ("words", "nth", "role", "why"),
    [
        ("C5", 0, "finding", "no act of manipulation governs it"),
        ("C5", 1, "treated", "“Adjusted” governs it"),
        ("SI", 0, "treated", "“Adjusted” governs it"),
        ("low back", 0, "other_treatment", "“Massage” governs it"),
        ("T4", 0, "declined", "“not adjusted” (negated)"),
        ("L4", 0, "planned", "“next visit” (planned)"),
        ("T6", 0, "history", "“Last visit” (historical)"),
        ("C6", 0, "history", "a nerve, a disc or a heart sound"),
    ],
)
def test_each_mention_says_why_it_counts_as_treated_or_not(items, words, nth, role, why):
    found = place(items, words, nth)
    assert found.says.endswith(f": {role}")
    assert why in found.why
    assert found.why.startswith("Treated: " if role == "treated" else "Not treated: ")


def test_a_modifier_is_shown_where_it_changed_a_mention(items):
    assert [(m.words, m.category) for m in place(items, "T4").modifiers] == [("not adjusted", "NEGATED")]
    assert place(items, "C5").modifiers == ()


def test_a_fact_names_its_grammar_and_its_words(items):
    measure = next(item for item in items if item.fact == "measure")
    assert (measure.says, measure.rule) == ("NPRS 4, previous 6", "ratings.read_ratings")
    assert "pain ratings" in measure.rule_says
    restricted = next(item for item in items if item.fact == "part" and item.says.startswith("R"))
    assert [(one.words, one.family) for one in restricted.vocabulary] == [("restricted", "finding")]


def test_every_fact_of_the_corpus_has_a_rule_that_says_something(explained):
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        for item in explained.audit(parse_encounter(json.loads(line)["encounter"])).explanation:
            assert item.rule, item
            assert item.rule_says, item


def test_explaining_changes_nothing_else(explained):
    silent = Auditor()
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        encounter = parse_encounter(json.loads(line)["encounter"])
        told = explained.audit(encounter)
        assert told.model_copy(update={"explanation": None}) == silent.audit(encounter)
        for item in told.explanation:
            assert encounter.text[item.evidence.start : item.evidence.end] == item.evidence.text
