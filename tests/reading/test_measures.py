"""Measures of today, each with its previous value: ratings, questionnaires, straight-leg raise, function, tables."""

import pytest

from auditor.reading.pipeline import reader


def measured(text, *instruments):
    """(instrument, value, previous) of each measure, sorted; of some instruments only, where they are given."""
    return sorted(
        ((m.instrument, m.value, m.previous) for m in reader().read(text).measures if not instruments or m.instrument in instruments),
        key=str,
    )  # fmt: skip


RATINGS = [
    ("slash", "S: Neck pain 7/10.", [(7, None)]),
    ("range", "S: Low back pain 4-5/10.", [(5, None)]),
    ("half", "S: Neck pain 3.5/10.", [(3.5, None)]),
    ("out of ten", "S: Low back pain is 6 out of 10.", [(6, None)]),
    ("in words", "S: Low back pain is six out of ten.", [(6, None)]),
    ("on a scale", "S: Rates her neck pain a 7 on a scale of 0 to 10.", [(7, None)]),
    ("vas label", "S: Low back pain, VAS 5.", [(5, None)]),
    ("nprs label", "S: Neck pain. NPRS: 4/10.", [(4, None)]),
    ("zero", "S: Neck pain 0/10 today.", [(0, None)]),
    ("two regions", "S: Neck pain 5/10, low back pain 3/10.", [(3, None), (5, None)]),
    ("was in brackets", "S: Neck pain 4/10 (was 7/10).", [(4, 7)]),
    ("down from", "S: Low back pain 3/10, down from 6/10.", [(3, 6)]),
    ("from to", "S: Neck pain went from 7/10 to 4/10.", [(4, 7)]),
    ("last visit", "S: Low back pain 5/10 today, 8/10 last visit.", [(5, 8)]),
    ("previously", "S: Neck pain 2/10, previously 5/10.", [(2, 5)]),
    ("compared with", "S: Neck pain is 4/10 today compared with 7/10 last week.", [(4, 7)]),
    ("versus", "S: Neck pain 4/10 vs 7/10 last visit.", [(4, 7)]),
    ("arrow", "S: LBP 6/10 -> 3/10.", [(3, 6)]),
    ("worst best current", "S: Low back pain: worst 8/10, best 2/10, current 5/10.", [(5, None)]),
    ("current first", "S: Neck pain currently 3/10, at worst 7/10.", [(3, None)]),
    ("average of a set", "S: Neck pain best 1/10, worst 6/10, average 4/10.", [(4, None)]),
    ("worst, then now", "S: Low back pain 8/10 at worst, 3/10 now.", [(3, None)]),
    ("at worst alone", "S: Low back pain 8/10 at worst.", [(8, None)]),
    ("rest and activity", "S: Low back pain 2/10 at rest, 6/10 with lifting.", [(2, None), (6, None)]),
    ("millimetres", "S: Low back pain, VAS 54 mm.", [(5.4, None)]),
    ("millimetres of a hundred", "S: Neck pain VAS 32/100 mm.", [(3.2, None)]),
    ("now over last", "S: (0-10, now / last): low back 2 / 5.", [(2, 5)]),
    ("behind a named scale", "S: VAS: neck 3, low back 5.", [(3, None), (5, None)]),
    (
        "scale in the next sentence",
        "S: Low back 2 (was 5 on day one). Neck 3 (4 on day one). Out of 10.",
        [(2, 5), (3, 4)],
    ),
    ("in brackets of a form", "S: PAIN 0-10   Neck [4]   Low back [3]", [(3, None), (4, None)]),
    ("as high as", "S: Low back pain is six out of ten and has been as high as nine out of ten.", [(6, None)]),
    ("worst in brackets", "S: Neck pain averages 2/10 (worst this month 4/10).", [(2, None)]),
    ("four heard as for", "S: neck pain is for out of ten", [(4, None)]),
    ("last visit with its own value", "S: Neck pain   3 /10     last visit  4", [(3, 4)]),
    ("bare before", "S: Neck 3/10, 4 last visit.", [(3, 4)]),
    ("letters of regions", "S: pain scale: C 3/10 L 5/10", [(3, None), (5, None)]),
    ("millimetres behind places", "S: Pain line (100 mm): low back 61 mm. Neck 20 mm.", [(2, None), (6.1, None)]),
    ("says eight", "S: The low back hurts; he says eight at its worst.", [(8, None)]),
    ("in square brackets", "S: LBP now 4/10 [Mon 8/3: 6/10].", [(4, 6)]),
    ("asked of the last visit", "1. Pain now, 0-10?      low back 3\n2. Pain at last visit?  low back 5", [(3, None)]),
]

NO_RATINGS = [
    ("goal", "P: Goal: pain to 2/10 or less."),
    ("goals after a colon", "P: Goals: low back pain 2/10 within 4 weeks."),
    ("goal numbered in a line", "P: Goals: 1. Low back pain 2/10 within 4 weeks."),
    ("goals in bullets", "P: Goals:\n- Neck pain 2/10 or less"),
    ("goals in brackets", "P: Short-term goals: 1) pain 3/10 2) sit 45 min."),
    ("date", "S: Seen on 5/10 for the neck."),
    ("date with a year", "S: Fell on 3/10/2026 at work."),
    ("dose", "S: Takes hydrocodone 5/325, lisinopril 10 mg."),
    ("strength", "O: Strength 5/5 in both legs."),
    ("reflex", "O: Patellar reflexes 2/4."),
    ("stress level", "S: Stress level 8/10."),
    ("sleep quality", "S: Sleep quality 6/10."),
    ("questionnaire item", "S: Mobility 7/10 on the questionnaire."),
    ("blood pressure", "O: BP 120/80, pulse 70."),
    ("visit count", "S: Visit 4/10, tolerating care."),
    ("denied", "S: Denies pain."),
    ("british days", "S: Neck sore for 3/7."),
]

SCORES = [
    ("ndi percent", "O: NDI 24%.", ("NDI", 24, None)),
    ("ndi raw", "O: NDI 29/50.", ("NDI", 29, None)),
    ("ndi points", "O: Neck Disability Index: 22%.", ("NDI", 22, None)),
    ("ndi raw in words", "O: NDI raw score 29 out of 50.", ("NDI", 29, None)),
    ("odi percent", "O: ODI 38%.", ("ODI", 38, None)),
    ("odi raw", "O: Oswestry 20/50.", ("ODI", 20, None)),
    ("odi was", "O: ODI 28%, was 44%.", ("ODI", 28, 44)),
    ("odi from to", "O: ODI improved from 44% to 28%.", ("ODI", 28, 44)),
    ("odi of a hundred", "O: Oswestry score 36/100.", ("ODI", 36, None)),
    ("roland morris", "O: RMDQ 14/24.", ("RMDQ", 14, None)),
    ("roland morris was", "O: Roland-Morris 9/24 (was 15/24).", ("RMDQ", 9, 15)),
    ("comma previously", "O: RMDQ 9, previously 15.", ("RMDQ", 9, 15)),
    ("raw was", "O: NDI 18/50 (was 25/50).", ("NDI", 18, 25)),
    ("bournemouth", "O: Bournemouth 31/70.", ("BQ", 31, None)),
    ("psfs", "O: PSFS 4.5/10.", ("PSFS", 4.5, None)),
    ("slr", "O: SLR right 55 degrees.", ("SLR", 55, None)),
    ("slr sign", "O: SLR left 40°.", ("SLR", 40, None)),
    ("slr in words", "O: Straight leg raise positive at 60 degrees on the left.", ("SLR", 60, None)),
    ("questionnaire below the history", "PMH: asthma\nOswestry completed: 34%", ("ODI", 34, None)),
    ("slr full on both sides", "O: SLR 80/80.", ("SLR", 80, None)),
]

NO_SCORES = [
    ("named only", "P: Repeat the ODI at the next re-exam."),
    ("goal", "P: Goal: ODI below 20%."),
    ("goal with a date", "P: Goals: NDI to 10% by 5/1/2026."),
    ("percentage better", "S: Feels 40% better overall."),
    ("slr negative", "O: SLR negative bilaterally."),
    ("no signs", "O: No radicular signs."),
    ("fri is friday", "Seen Fri 05/22/2026, visit 7 of 16."),
    ("below a target", "P: NDI <10, drive 2 hr."),
]

FUNCTION = [
    ("was", "S: Can sit 45 min, was 20 min.", ("FUNCTION", 45, 20)),
    ("sat now", "S: Sat 20 minutes at intake, now 45 minutes.", ("FUNCTION", 45, 20)),
    ("from to", "S: Walking increased from 10 minutes to 30 minutes.", ("FUNCTION", 30, 10)),
]

TABLES = [
    ("dates in columns", "OUTCOMES\n| Measure | 02/02/2026 | 03/02/2026 |\n|---|---|---|\n| ODI | 46% | 30% |", ("ODI", 30, 46)),
    ("newest first", "OUTCOMES\n| Measure | 03/02/2026 | 02/02/2026 |\n|---|---|---|\n| NDI | 18% | 34% |", ("NDI", 18, 34)),
    ("initial and today", "OUTCOMES\n| Measure | Initial | Today |\n|---|---|---|\n| Low back pain | 7/10 | 3/10 |", ("NPRS", 3, 7)),
    ("previous and current", "OUTCOMES\n| | Previous | Current |\n|---|---|---|\n| RMDQ | 15 | 9 |", ("RMDQ", 9, 15)),
]  # fmt: skip

REGIONS = [
    ("named", "S: Neck pain 5/10.", "cervical"),
    ("low back", "S: LBP 4/10.", "lumbar"),
    ("mid back", "S: Mid back pain 3/10.", "thoracic"),
    ("after the value", "S: 6/10 pain in the low back.", "lumbar"),
    ("only complaint", "S: Low back pain. Rates it 4/10.", "lumbar"),
    ("several complaints", "S: Neck and low back pain. Overall 4/10.", None),
]


def by_id(rows):
    return [pytest.param(*row[1:], id=row[0]) for row in rows]


@pytest.mark.parametrize(("text", "values"), by_id(RATINGS))
def test_ratings(text, values):
    assert measured(text) == [("NPRS", *pair) for pair in values]


@pytest.mark.parametrize("text", by_id(NO_RATINGS))
def test_what_is_no_rating_of_today(text):
    assert measured(text, "NPRS") == []


@pytest.mark.parametrize(("text", "expected"), by_id(SCORES + FUNCTION + TABLES))
def test_scores_and_function(text, expected):
    assert measured(text) == [expected]


@pytest.mark.parametrize("text", by_id(NO_SCORES))
def test_what_is_no_score(text):
    assert measured(text) == []


@pytest.mark.parametrize(("text", "region"), by_id(REGIONS))
def test_region_of_a_rating(text, region):
    assert [item.region for item in reader().read(text).measures] == [region]


def test_a_leg_raise_of_both_sides():
    assert measured("O: SLR 70/60.", "SLR") == [("SLR", 60, None), ("SLR", 70, None)]


def test_rotation_and_tender_is_no_ten_degrees():
    assert measured("O: C5 restricted in right rotation and tender.", "ROM") == []
