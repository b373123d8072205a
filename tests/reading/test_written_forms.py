"""Forms and dictation made plain: the same length, and what was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reading.plain.written_forms import fill_in, punctuate

FILLED = [
    ("filled blanks", "Adjusted:  __C5__  __T9__", "Adjusted:    C5      T9  "),
    ("a number in a blank", "LBP _5_ (was _6_)", "LBP  5  (was  6 )"),
    ("a blank line stays", "Doctor ______________  Jane Roe", "Doctor ______________  Jane Roe"),
    ("names stay joined", "neck_pain: 3", "neck_pain: 3"),
    ("a circled number", "mid back  0 1 2 (3) 4 5 6 7 8 9 10", "mid back        3/10              "),
    ("no number circled", "0 1 2 3 4 5 6 7 8 9 10", "0 1 2 3 4 5 6 7 8 9 10"),
    ("a date in blanks", "Date  6 / 9 / 26", "Date  6/9/26    "),
]


@pytest.mark.parametrize(("given_text", "plain"), [row[1:] for row in FILLED], ids=[row[0] for row in FILLED])
def test_fill_in(given_text, plain):
    assert fill_in(given_text) == plain


def test_spoken_punctuation():
    text = "c5 restricted comma tender period new line l4 fixed comma no spasm period"
    assert " ".join(punctuate(text).split()) == "c5 restricted, tender. l4 fixed, no spasm."
    assert punctuate("a period of rest, then more") == "a period of rest, then more"


@given(st.text(alphabet="_ 0123456789()/.abC,\nperiodcma", max_size=200))
def test_the_length_stays(text):
    assert len(fill_in(text)) == len(text)
    assert len(punctuate(text)) == len(text)
