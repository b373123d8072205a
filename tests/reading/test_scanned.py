"""What a scanner mistook in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reading.pipeline import reader
from auditor.reading.plain.scanned import joined_letters, mended_capitals
from auditor.reading.plain.text import make_plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("DlAGNOSIS. TREATMENT T0DAY", "DIAGNOSIS. TREATMENT TODAY"),
        ("lNITIAL EXAMINATI0N", "INITIAL EXAMINATION"),
        ("CHlROPRACTlC 0FFICE", "CHIROPRACTIC OFFICE"),
        ("0ctober 6", "October 6"), ("lce 10 minutes", "Ice 10 minutes"),
        ("M99.01 C0 T10 A10", "M99.01 C0 T10 A10"), ("L4 and l5", "L4 and l5"), ("ALL ROLL", "ALL ROLL"), ("100 L0W", "100 L0W"),
    ],
)  # fmt: skip
def test_capitals(text, plain):
    assert mended_capitals(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Spasrn of the lurnbar rnuscles", "Spasm of the lumbar muscles"),
        ("three tirnes a week, 30 rninutes", "three times a week, 30 minutes"),
        ("returned this morning; sternum; external rotation", "returned this morning; sternum; external rotation"),
        ("burn, turn, corn", "burn, turn, corn"),
    ],
)
def test_an_m_read_as_rn(text, plain):
    assert make_plain(text).plain == plain


def test_evidence_is_the_word_as_it_was_scanned():
    note = "O: Spasrn of the lurnbar paraspinals.\nP: L4 adjusted."
    (tissue,) = [item for item in reader().read(note).part if item.criterion == "T"]
    assert tissue.evidence.text == "Spasrn of the lurnbar paraspinals"
    assert note[tissue.evidence.start : tissue.evidence.end] == tissue.evidence.text


@given(st.text(alphabet="rnmaSpsl0IO DT\n.", max_size=80))
def test_lengths_and_places_hold(text):
    mended, hidden = joined_letters(mended_capitals(text))
    assert len(mended) == len(text)
    assert all(0 <= place < len(text) for place in hidden)


TORN = "S   Neck pai n 3/1O.\nO   C5 rest ricted, ten der L.  Musc1e spasm T4.  T l2 fix ated\nP   Adj : C5, T4\nGoal : NDl be1ow lO/5O"


def test_words_that_a_scanner_tore_apart():
    plain = make_plain(TORN).plain
    for words in ("Neck pain", "C5 restricted, tender L.  Muscle spasm", "fixated", "NDI below 10/50"):
        assert words in plain


def test_evidence_points_into_the_torn_text():
    for finding in reader().read(TORN).part:
        assert TORN[finding.evidence.start : finding.evidence.end] == finding.evidence.text


@pytest.mark.parametrize(
    "text",
    [
        "pain seven out of ten with turning, then re exam in a way, no thing in side, to day off on",  # nothing was mistaken
        "Musc1e spasm. Rated seven out of ten or four of ten, then re exam.",
    ],
)
def test_two_words_stay_two(text):
    assert make_plain(text).plain.split() == text.replace("Musc1e", "Muscle").split()
