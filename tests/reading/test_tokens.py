"""medspaCy's tokenizer and rules, without what importing medspaCy brings along."""

import subprocess
import sys
import warnings

import pytest

from auditor.reading.tokens import blank_pipeline, context_rules, import_medspacy
from auditor.reading.vocabulary import load


def in_a_fresh_process(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    "name", ["quickumls", "quickumls.spacy_component", "nltk", "sklearn", "unqlite", "simstring", "leveldb"]
)
def test_quickumls_and_what_it_needs_are_not_imported(name):
    code = f"import sys\nfrom auditor.reading.pipeline import reader\nreader().read('C5 adjusted.')\nprint({name!r} in sys.modules)"
    assert in_a_fresh_process(code) == "False"


@pytest.mark.parametrize("call", ["import_medspacy()", "blank_pipeline()", "context_rules([])"])
def test_warning_filters_are_as_they_were(call):
    code = (
        "import warnings\nwarnings.simplefilter('error', UserWarning)\nbefore = list(warnings.filters)\n"
        f"from auditor.reading.tokens import *\nfrom auditor.reading import tokens\ntokens.{call}\n"
        "lost = [one for one in before if one not in warnings.filters]\n"
        "silenced = any(one[0] == 'ignore' and one[2] is Warning for one in warnings.filters if one not in before)\n"
        "print(lost, silenced, warnings.filters[0][:3] == before[0][:3])"
    )
    assert in_a_fresh_process(code) == "[] False True"


def test_warnings_are_still_heard_afterwards():
    import_medspacy()
    with pytest.warns(UserWarning, match="heard"):
        warnings.warn("heard", UserWarning, stacklevel=1)


def test_importing_the_package_imports_no_spacy():
    assert (
        in_a_fresh_process("import sys, auditor\nprint('spacy' in sys.modules, 'medspacy' in sys.modules)")
        == "False False"
    )


def test_logging_is_left_alone():
    code = (
        "import logging\nbefore = (logging.root.level, list(logging.root.handlers))\n"
        "from auditor.reading.tokens import import_medspacy\nimport_medspacy()\nprint((logging.root.level, logging.root.handlers) == before)"
    )
    assert in_a_fresh_process(code) == "True"


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("C5/6", ["C5", "/", "6"]),
        ("C5-C6", ["C5", "-", "C6"]),
        ("L4/L5/S1", ["L4", "/", "L5", "/", "S1"]),
        ("(R)SI", ["(", "R", ")", "SI"]),
        ("tender,spasm", ["tender", ",", "spasm"]),
        ("pain:4", ["pain", ":", "4"]),
        ("C2R", ["C2R"]),
        ("", []),
    ],
)
def test_the_tokenizer_splits_at_punctuation(text, tokens):
    doc = blank_pipeline()(text)
    assert [token.text for token in doc] == tokens
    assert doc.text == text


@pytest.mark.parametrize("text", ["C5 adj.\n\n  L4", "a\tb", "  lead", "é😀 C5", "w/o pain", "..."])
def test_tokens_give_the_text_back(text):
    assert blank_pipeline()(text).text == text


def test_every_context_word_becomes_a_rule_of_medspacy():
    rows = load("context")["rule"]
    rules = context_rules(rows)
    assert len(rules) == sum(len(row["words"]) for row in rows)
    assert {rule.direction for rule in rules} >= {"FORWARD", "BACKWARD", "TERMINATE", "PSEUDO"}
    assert {rule.category for rule in rules} >= {
        "NEGATED",
        "HISTORICAL",
        "HYPOTHETICAL",
        "PLANNED",
        "OTHER_PERSON",
        "TERMINATE",
        "PSEUDO",
    }


def test_a_scope_is_handed_on():
    (rule,) = context_rules([{"category": "NEGATED", "direction": "backward", "max_scope": 8, "words": ["absent"]}])
    assert (rule.literal, rule.category, rule.direction, rule.max_scope) == ("absent", "NEGATED", "BACKWARD", 8)
