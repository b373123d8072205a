"""Every example that stands beside a check, a word or a payer's rule is a test."""

import re

import pytest

from auditor import Auditor
from auditor.judging import all_checks
from auditor.judging.checks import Check, Example
from auditor.judging.policy import built_in
from auditor.judging.rules import Pack, Rule
from auditor.pack_examples import rule_faults
from auditor.reading.phrases import PhraseIndex, context_entries
from auditor.reading.pipeline import reader
from auditor.reading.plain.text import make_plain
from auditor.reading.sections import find_sections
from auditor.reading.vocabulary import Entry, entries, load
from auditor.records import Finding, parse_encounter

MARKED = re.compile("«(.*?)»", re.DOTALL)
RULES = [
    pytest.param(pack, rule, id=f"{pack.name}-{rule.id}") for pack in built_in().packs.values() for rule in pack.rules
]


def of_checks(which: str) -> list:
    return [
        pytest.param(check, example, id=f"{check.code}-{number}")
        for check in all_checks().values()
        for number, example in enumerate(getattr(check, which), 1)
    ]


def of_words(given) -> list:
    return [
        pytest.param(entry, id="-".join(filter(None, (entry.family, entry.kind, entry.words[0])))) for entry in given
    ]


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return Auditor()


@pytest.fixture(scope="module")
def index() -> PhraseIndex:
    return PhraseIndex(reader().nlp)


def found(auditor: Auditor, check: Check, example: Example) -> tuple[str, list[Finding]]:
    """The example's text without marks, and the findings of that check in it."""
    text = MARKED.sub(r"\1", example.text)
    audit = auditor.audit(parse_encounter({"text": text, **example.given}))
    return text, [finding for finding in audit.findings if finding.code == check.code]


@pytest.mark.parametrize(("check", "example"), of_checks("fails"))
def test_a_failing_example_gives_its_code_with_its_evidence(auditor: Auditor, check: Check, example: Example) -> None:
    text, findings = found(auditor, check, example)
    assert findings, f"no {check.code}"
    evidence = [item for finding in findings for item in finding.evidence]
    assert all(text[item.start : item.end] == item.text for item in evidence)
    assert set(MARKED.findall(example.text)) <= {item.text for item in evidence}


@pytest.mark.parametrize(("check", "example"), of_checks("passes"))
def test_a_passing_example_does_not_give_its_code(auditor: Auditor, check: Check, example: Example) -> None:
    _, findings = found(auditor, check, example)
    assert [finding.message for finding in findings] == []


@pytest.mark.parametrize("entry", [*of_words(entries()), *of_words(context_entries())])
def test_the_example_of_a_word_holds_one_of_its_phrases(index: PhraseIndex, entry: Entry) -> None:
    plain = make_plain(entry.example).plain
    concepts = index.find(reader().nlp.make_doc(plain), plain)
    assert (entry.family, entry.words) in {(concept.family, concept.entry.words) for concept in concepts}


@pytest.mark.parametrize("name", sorted(load("sections")))
def test_the_example_of_a_section_has_its_header(name: str) -> None:
    example = load("sections")[name]["example"]
    assert name in {section.name for section in find_sections(make_plain(example).plain)}


@pytest.mark.parametrize(("pack", "rule"), RULES)
def test_the_examples_of_a_payers_rule_do_what_they_stand_for(auditor: Auditor, pack: Pack, rule: Rule) -> None:
    assert list(rule_faults(auditor, pack, rule)) == []
