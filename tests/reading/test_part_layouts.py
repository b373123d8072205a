"""PART in the layouts of forms: labels, letters behind a level, grids of regions, charts with a key, columns of visits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reading.document import KEY as READING
from auditor.reading.forms.part_labels import letters_behind, part_labels
from auditor.reading.forms.visit_columns import earlier_spans
from auditor.reading.pipeline import reader


def found(text):
    """PART as ``P:cervical``."""
    return {f"{item.criterion}:{region}" for item in reader().read(text).part for region in item.regions or ("",)}


def treated(text):
    """Levels treated today, or regions where no level is named."""
    treatments = reader().read(text).treatments
    return {name for item in treatments for place in item.places for name in place.levels or place.regions}


LABELLED = """S: Neck pain.
O:
P: C5, L4
A: C5 right
R: C5, L4
T: none
A: Segmental dysfunction C5, L4
P: Adjusted C5, L4."""
WORDED = """OBJECTIVE
Pain/Tenderness: C5, right SI
Asymmetry/Misalignment: right ilium
Range of Motion Abnormality: C5
Tissue/Tone Changes: lumbar paraspinals
ASSESSMENT: dysfunction C5
PLAN: adjusted C5"""
LETTERED = """O: P.A.R.T. exam
C5: P A R T
L4  P+ A- R+ T+
T6 - P, R
P: Adjusted C5."""
MATRIX = """             P     A     R     T     level(s)
Cervical     +     -     +     -     C4
Sacral       -     +     /     -     sacrum"""
GRID = """EXAM TODAY          CERV   THOR   LUMB
 Tender              [x]    [ ]    [x]
 Tone / spasm        [ ]    [ ]    [x]
 Normal today        [ ]    [x]    [ ]
CMT: C5, T4, L4"""
BARS = """| Finding | Cervical | Thoracic | Lumbar |
| Tender | x | - | x |
| Restricted | x | - | - |
| Adjusted | C5 | no | L4 |"""
KEY = """KEY   F fixated    t tender    X adjusted this visit
      O moves normally    D patient declined adjustment
C1    F t X          T4   O
C5    F D            L5   F X"""
CARD = """           | 2-17-26     | 2-24-26
C1         | FX T  adj   | ok
T8         | FX          | FX T  adj

Key:  FX = fixation   T = tender   adj = adjusted   ok = moves freely"""
FOUND_COLUMN = """SEGMENT     FOUND                 ADJUSTED TODAY
C2          fixed, tender         [x]
L SI        fixed, tender         [ ]
Sacrum      ok                    [ ]"""
LISTED = """O: The following segments were found restricted on motion palpation:
  C2 (right)
  L3 (left)
  T6 moves normally
P: Adjusted L3."""

RUN_TOGETHER = """KEY   R = restricted    t = tender    X = adjusted    0 = checked, clear

             3-4-26     3-9-26     3-18-26
C1           RX         RX         0
C5           RtX        RX         RtX
T7           RX         0          R"""
CIRCLED = """T6:        free   ((fixed))     tender   ((not tender))    spasm
L4:        free   ((fixed))     ((tender))   not tender    spasm
Adjusted:   C2   ((T6))   T12   ((L4))   sacrum"""
WIDE = """REGION    | P  (0-10 and where)    | R                  | SUBLUX.     | CMT TODAY
Cervical  | 0                      | rot. L 55 of 80    | C2          | HELD: left carotid bruit
Lumbar    | 7, spinouses L4 + L5   | flex 20 of 60      | L4, L5      | L4, L5 flexion-distraction
Sacral    | 3, base                | none               | sacral base | massage 5 min only"""
DOTTED = """enc.dos = 2025-12-03
o.palp.C2.tender = true
o.palp.C2.motion = "restricted, right rotation"
o.palp.C6.tender = false
o.palp.T3.motion = "restricted, extension"
tx.cmt.1.segment = C2
tx.cmt.2.segment = T3
tx.cmt.3.segment = null"""
SMALL = """s.  neck 2/10
o.  C3 fix L lat flex, TTP.
a.  C3 fixation
p.  adj C3"""

PART = [
    ("signs run together", RUN_TOGETHER, {"R:cervical", "P:cervical", "R:thoracic"}),
    ("circled words", CIRCLED, {"R:thoracic", "R:lumbar", "P:lumbar"}),
    ("headings with brackets", WIDE, {"P:lumbar", "P:sacral", "R:cervical", "R:lumbar"}),
    ("dotted keys", DOTTED, {"P:cervical", "R:cervical", "R:thoracic"}),
    ("small letters for SOAP", SMALL, {"P:cervical", "R:cervical"}),
    ("labels with bare levels", LABELLED, {"P:cervical", "P:lumbar", "A:cervical", "R:cervical", "R:lumbar"}),
    ("labels in words", WORDED, {"P:cervical", "P:pelvic", "A:pelvic", "R:cervical", "T:lumbar"}),
    (
        "letters behind a level",
        LETTERED,
        {
            "P:cervical",
            "A:cervical",
            "R:cervical",
            "T:cervical",
            "P:lumbar",
            "R:lumbar",
            "T:lumbar",
            "P:thoracic",
            "R:thoracic",
        },
    ),
    ("regions down, letters across, a slash for not checked", MATRIX, {"P:cervical", "R:cervical", "A:sacral"}),
    ("regions across", GRID, {"P:cervical", "P:lumbar", "T:lumbar"}),
    ("regions across with bars", BARS, {"P:cervical", "P:lumbar", "R:cervical"}),
    ("a chart with a key", KEY, {"R:cervical", "P:cervical", "R:lumbar"}),
    ("the last column is today", CARD, {"R:thoracic", "P:thoracic"}),
    ("a column of findings", FOUND_COLUMN, {"R:cervical", "P:cervical", "R:pelvic", "P:pelvic"}),
    ("a finding over a list", LISTED, {"R:cervical", "R:lumbar"}),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in PART], ids=[row[0] for row in PART])
def test_part_in_layouts(text, expected):
    assert found(text) == expected


ADJUSTED = [
    ("signs run together", RUN_TOGETHER, {"C5"}),
    ("circled words", CIRCLED, {"T6", "L4"}),
    ("held and massaged are not adjusted", WIDE, {"L4", "L5"}),
    ("dotted keys", DOTTED, {"C2", "T3"}),
    ("small letters for SOAP", SMALL, {"C3"}),
    ("labels: P and A are no headers", LABELLED, {"C5", "L4"}),
    ("a row of adjusted levels in a grid", BARS, {"C5", "L4"}),
    ("a chart with a key: X, and not D", KEY, {"C1", "L5"}),
    ("only what was adjusted in the last column", CARD, {"T8"}),
    ("only the boxes that are checked", FOUND_COLUMN, {"C2"}),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in ADJUSTED], ids=[row[0] for row in ADJUSTED])
def test_treated_in_layouts(text, expected):
    assert treated(text) == expected


def test_normal_in_a_grid():
    assert {region for region, _ in reader().read(GRID).normal} == {"thoracic"}


def test_a_run_may_end_with_r():
    assert [label.criterion for label in part_labels("P: C5\nA: C5\nR: C5\n")] == ["P", "A", "R"]


def test_soap_letters_are_no_part_labels():
    assert part_labels("S: neck pain\nO: C5 tender\nA: dysfunction C5\nP: adjusted C5") == []


def test_a_listing_is_no_pair_of_letters():
    assert letters_behind("L5 PR", 2, 5) == ()
    assert letters_behind("L5 P, R", 2, 7) == ("P", "R")


@given(st.text(alphabet="PARTpart:=-+/|. \n\tC5L4xX[]KEY", max_size=120))
def test_layouts_of_any_text_are_read(text):
    reading = reader().doc(text).user_data[READING]
    size = len(reading.plain)
    assert all(0 <= label.start <= label.text_start <= label.end <= size for label in part_labels(reading.plain))
    assert all(0 <= start <= end <= size for start, end in earlier_spans(reading))


def test_a_note_that_corrects_itself():
    assert treated("P: Adjusted L4. Correction, same day: it should read L3, not L4.") == {"L3"}
