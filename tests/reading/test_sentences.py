"""Sentences: lines, bullets, full stops and the abbreviations of the field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reading.pipeline import reader
from auditor.reading.sentences import cut_sentences

CUT = [
    ("C5 adj. today. T4 adj.", ["C5 adj. today.", "T4 adj."]),
    ("Dr. Roe adjusted C5.", ["Dr. Roe adjusted C5."]),
    ("Jane Roe, D.C. signed.", ["Jane Roe, D.C. signed."]),
    ("L. SI restricted. R. ilium PI.", ["L. SI restricted.", "R. ilium PI."]),
    ("ROM 4.5 cm. Tender.", ["ROM 4.5 cm.", "Tender."]),
    ("Flex. 40, ext. 20. Rot. 60.", ["Flex. 40, ext. 20.", "Rot. 60."]),
    ("No spasm? Yes! None.", ["No spasm?", "Yes!", "None."]),
    ("Tender at L5.  No edema.", ["Tender at L5.", "No edema."]),
    ("e.g. C5 is tender.", ["e.g. C5 is tender."]),
    ("Adjusted C5. tolerated well.", ["Adjusted C5.", "tolerated well."]),
    ("Seen 3/2/2026. 2 visits left.", ["Seen 3/2/2026.", "2 visits left."]),
    ("Adjusted L5. (R) SI.", ["Adjusted L5.", "(R) SI."]),
    ("Tender.Restricted at C5.", ["Tender.", "Restricted at C5."]),
    ("Pain 4/10.No spasm.", ["Pain 4/10.", "No spasm."]),
    ("Seen at 10 a.m. today. C5 tender.", ["Seen at 10 a.m. today.", "C5 tender."]),
    ("No. 4 visit.", ["No. 4 visit."]),
    ("Edema: no. Restricted C5.", ["Edema: no.", "Restricted C5."]),
    ("Ice 10 min. Adjusted C5.", ["Ice 10 min.", "Adjusted C5."]),
    ("RTC 2x/wk x 4 wks. Goal: sit 60 min.", ["RTC 2x/wk x 4 wks.", "Goal: sit 60 min."]),
    ("approx. 5 min of ice", ["approx. 5 min of ice"]),
    ("a\nb", ["a", "b"]), ("a\n\n\nb", ["a", "b"]),
    ("- L5 tender\n- T4 spasm", ["- L5 tender", "- T4 spasm"]),
    ("• L5 tender\n• T4 spasm", ["• L5 tender", "• T4 spasm"]),
    ("1. C5 tender\n2. T4 tender", ["1. C5 tender", "2. T4 tender"]),
    ("", []), ("   ", []), ("\n\n", []), ("C5", ["C5"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentences"), CUT)
def test_where_a_sentence_ends(text, sentences):
    assert [item.text.strip() for item in cut_sentences(text)] == sentences


def test_lines_are_counted():
    assert [(item.text, item.line) for item in cut_sentences("a. B.\nc\n\nd")] == [("a. B.", 0), ("c", 1), ("d", 2)]


@given(st.lists(st.sampled_from([*"aB5. \n?!\"')-,", "Dr.", "adj.", "C5"]), max_size=80).map("".join))
def test_sentences_cover_all_but_blanks_in_order(text):
    end = 0
    for item in cut_sentences(text):
        assert end <= item.start < item.end <= len(text)
        assert item.text == text[item.start : item.end]
        assert item.text.strip()
        assert not text[end : item.start].strip(" \t\n\"')")
        end = item.end
    assert not text[end:].strip()


def test_a_denial_ends_with_its_sentence():
    facts = reader().read("O: Edema: no. Restricted at C5.\nP: Adjusted C5.")
    assert [(item.criterion, item.levels) for item in facts.part] == [("R", ("C5",))]


def test_goals_in_a_numbered_list_are_goals():
    facts = reader().read("Plan:\nGoals:\n1. Sit 60 min without pain\n2. Walk 2 miles\n")
    assert [goal.objective for goal in facts.plan.goals] == [True, True]
