"""Classes of wording that terse notes, forms and letters brought: each with what says it, and what only looks like it."""

import pytest

from auditor import Auditor
from auditor.records import parse_encounter


@pytest.fixture(scope="module")
def auditor():
    return Auditor()


def facts(auditor, text):
    return auditor.audit(parse_encounter({"text": text})).facts


def part(auditor, text):
    return {(item.criterion, item.region) for item in facts(auditor, text).part}


def measured(auditor, text):
    return [(m.instrument, m.value, m.previous) for m in facts(auditor, text).measures]


@pytest.mark.parametrize(
    ("text", "ratings"),
    [
        ("LBP 3 (5 on 3-4).  R glut ache on/off.\nL5 fix. adj L5", [("NPRS", 3, 5)]),
        ("neck 4 (4 last).  mid bk 2 (2 last).\nC2 fix. adj C2", [("NPRS", 4, 4), ("NPRS", 2, 2)]),
        ("S: LBP 3 days. O: L4 fixed.", []),
        ("S: Headaches are rated 4 and come often. Low back pain is rated 2.", [("NPRS", 4, None), ("NPRS", 2, None)]),
        ("Current Pain: neck 5, headaches 6", [("NPRS", 5, None), ("NPRS", 6, None)]),
        ("NECK PN 2/10 (EVAL 6/10).", [("NPRS", 2, 6)]),
        ("S: Headaches that begin under the skull, 5/10 this morning.", [("NPRS", 5, None)]),
        ("Pain today    neck 3    low back 5\nPain 9 Jun    neck 5    low back 6", [("NPRS", 3, 5), ("NPRS", 5, 6)]),
        ("S: ODI below.\nNDI SCORE: 26%\nNDI BASELINE: 40%", [("NDI", 26, 40)]),
    ],
)
def test_ratings_and_scores(auditor, text, ratings):
    assert measured(auditor, text) == ratings


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("O: C4 rest L lat flex, R SI rest.", {("R", "cervical"), ("R", "pelvic")}),
        ("S: Rest helps.\nP: C4 adjusted. Rest today.", set()),
        ("O: Motion: C6 DOWN L ROT / L5 DOWN EXT", {("R", "cervical"), ("R", "lumbar")}),
        ("O: Pulled down by L5 DOWN the leg.", set()),
        ("Motion restricted: C2; C6; T3", {("R", "cervical"), ("R", "thoracic")}),
        (
            "P  Pain/tenderness:  L3\nA  Asymmetry/misalignment:  ______\nR  Range of motion abnormality:  ______\n"
            "T  Tissue/tone change:  spasm of lumbar paraspinals\n",
            {("P", "lumbar"), ("T", "lumbar")},
        ),
        (
            "P  Pain/tenderness:  L3\nA  Asymmetry/misalignment:  none observed\n"
            "R  Range of motion abnormality:  L3\nT  Tissue/tone change:  none\n",
            {("P", "lumbar"), ("R", "lumbar")},
        ),
    ],
)
def test_part(auditor, text, found):
    assert part(auditor, text) == found


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("O: C6, T5 restricted.\nP: C6 adjusted. T5 was too sore to adjust prone today.", {"cervical"}),
        ("O: T4 restricted.\nAdjusted:   C1 toggle. T4 by instrument, could not lie prone for it.", {"cervical", "thoracic"}),
        ("L5, R ilium restricted\nDx VSC L5 + R ilium\nAMCT: L5, R PI ilium", {"lumbar", "pelvic"}),
        ("C6 fix. D5 fix. L3 fix\nDX  C6, D5, L3 dysfunction\nTHOMPSON   C6 / D5 / L3", {"cervical", "thoracic", "lumbar"}),
        ("L4, R SI fixed. I adjusted L4 and the right SI, correction, the left.", {"lumbar", "pelvic"}),
        ("L4, C5 fixed. I adjusted L4, correction, C5.", {"cervical"}),
        ("L4 fixed. I adjusted L4. Sorry to see him go.", {"lumbar"}),
    ],
)  # fmt: skip
def test_treated(auditor, text, regions):
    assert {fact.region for fact in facts(auditor, text).regions if "treated" in fact.roles} == regions


def test_the_side_that_a_dictation_meant(auditor):
    text = "Left SI fixed. I adjusted the right SI, correction, the left, same position."
    (pelvic,) = [fact for fact in facts(auditor, text).regions if fact.region == "pelvic"]
    assert pelvic.treated_levels == ("SI-L",)


@pytest.mark.parametrize(
    ("line", "facets"),
    [
        ("6 of 12 visits done.", "duration refers"),
        ("2 of 3 visits per week.", "frequency"),
        ("Visits completed: 5 of 16.", "duration refers"),
        ("Wk 5 of 8.", "duration refers"),
        ("2x/wk thru wk 8.", "frequency duration"),
        ("3x/wk 2 wks, 2x/wk 2 wks.", "frequency duration"),
        ("Next 8/5, q 4 wks.", "frequency"),
        ("He asked if he should come every month.", ""),
        ("She continues at the physical therapy clinic.", ""),
        ("Continue the April 6 plan.", "refers"),
        ("Twice a week on the plan of the 6th.", "frequency refers"),
        ("Goals of 06/29 reached.", "refers"),
    ],
)
def test_plan(auditor, line, facets):
    plan = facts(auditor, f"O: L4 fixated.\nP: Adjusted L4. {line}").plan
    told = {"frequency": plan.frequency, "duration": plan.duration, "refers": plan.refers_to_plan}
    assert {name for name, value in told.items() if value} == set(facets.split())


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Continue 2x/week per plan, desk 25/60 min", "met"),
        ("Weekly as planned on the 4th; extension 42 of 55 degrees.", "met"),
        ("Continue 2x/week per plan. She has reached 2 of 3 hours on her computer work goal.", "met"),
        ("Continue 2x/week per plan, BP 120/80.", "partial"),
        ("Back tmrw.", "partial"),
    ],
)
def test_where_the_patient_stands(auditor, line, status):
    audit = auditor.audit(parse_encounter({"text": f"O: L4 fixated.\nP: Adjusted L4. {line}"}))
    assert next(item.status for item in audit.elements if item.element == "plan") == status


@pytest.mark.parametrize(
    ("text", "visit"),
    [
        ("06/01/2026  Leocadia Brightwater  INITIAL\nS - Neck pain 6/10.\nP - Adjusted C5. 2x/week, then re-exam.", "initial"),
        ("INITIAL TREATMENT DATE: 11/06/2025\nS: Same. Mid back 5/10.", "subsequent"),
        ("03/06/2026, first visit of the new plan\nS: 4/10.\nP: Adjusted L3.", "subsequent"),
        ("03/06/2026, first visit\nS: 4/10.\nP: Adjusted L3.", "initial"),
    ],
)  # fmt: skip
def test_visit(auditor, text, visit):
    assert auditor.audit(parse_encounter({"text": text})).visit == visit


@pytest.mark.parametrize(
    ("last", "status"),
    [("[AP-H]", "weak"), ("DR PRUETT-HOLM", "rejected"), ("[signature]   C1audia  Ferreyra,  D.C.", "accepted")],
)
def test_signature(auditor, last, status):
    assert facts(auditor, f"S: LBP 4/10.\nO: L4 fixed.\nP: adj L4\n{last}").signature.status == status


def test_an_export_with_dotted_keys_in_capitals(auditor):
    text = (
        "CC: Neck pain\nPAIN.CURRENT: 4\nPAIN.LAST_VISIT: 6\nPAIN.WORST: 7\nPALP.CERVICAL: [x] tender  [ ] spasm\n"
        "CMT.SEGMENTS: C2; C6\nPLAN.FREQUENCY: 2x/week\nPLAN.DURATION: 3 weeks\n"
    )
    found = facts(auditor, text)
    assert [(m.value, m.previous) for m in found.measures] == [(4, 6)]
    assert {(item.criterion, item.region) for item in found.part} >= {("P", "cervical")}
    assert {fact.region for fact in found.regions if "treated" in fact.roles} == {"cervical"}
    assert found.plan.frequency
    assert found.plan.duration


@pytest.mark.parametrize(
    ("sentence", "causes"),
    [
        ("FLARE: slept sitting up on plane Tues. Neck 8/10.", True),
        ("She went down on the pool deck Saturday. Low back is a seven now.", True),
        ("Slept well. Neck 8/10.", False),
    ],
)
def test_causes_of_a_worsening(sentence, causes):
    from auditor.reading.pipeline import reader

    assert bool(reader().read(f"S: {sentence}\nO: C3 fixed.").causes) == causes


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Manipulated lumbar four five in side posture.", {"L4", "L5"}),
        ("The el four five joint was adjusted, and see six.", {"L4", "L5", "C6"}),
        ("Adjusted C5. Neck three, lumbar four visits left.", {"C5"}),
    ],
)
def test_bones_that_a_dictation_says_in_words(auditor, text, levels):
    found = {level for fact in facts(auditor, text).regions for level in fact.treated_levels}
    assert found == levels


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("S: No pain today, here for his maintenance adjustment.", True),
        ("S: No wellness, supportive or maintenance care.", False),
    ],
)
def test_a_denial_ends_before_what_the_visit_is_for(line, told):
    from auditor.reading.pipeline import reader

    assert bool(reader().read(f"{line}\nO: L4 fixed.\nP: L4 adjusted.").maintenance) == told


@pytest.mark.parametrize(
    ("line", "facets"),
    [("Plan: R/V 1/52.", (None, False)), ("Treatment plan: 2/7 for 4/52, then reassess.", ("week", False))],
)
def test_weeks_as_they_are_written_abroad(auditor, line, facets):
    plan = facts(auditor, f"O/E: T6 restricted.\nRx: HVT T6.\n{line}").plan
    assert (plan.duration.unit if plan.duration else None, plan.refers_to_plan) == facets


def test_a_typed_osteopath_is_no_signature(auditor):
    text = "O/E: T6 restricted.\nRx: HVT T6.\nReg. Osteopath: Dafydd Prosser-Lyle"
    assert facts(auditor, text).signature.status == "rejected"


@pytest.mark.parametrize(
    "line",
    [
        "NV: C5 diversified, T4 drop.",
        "Prev: C5 diversified, T4 drop.",
        "Tx plan: C5, T4, L4 diversified, 8 visits.",
        "C5 toggle Thursday.",
        "When calmer C5 diversified.",
        "C5 diversified PRN.",
        "C5 activator only if no relief.",
        "C5 diversified, patient declined.",
        "Tx C5, T6 at other clinic in May.",
        "Tx T8 shingles rash w/ acyclovir.",
        "Tx to C5 will begin Monday.",
        "Dr. Smith: C5 diversified, T4 drop.",
        "Reviewed adj above risks. Ice. No thrust today.",
    ],
)
def test_a_technique_of_another_day_or_hand_treats_nothing(auditor, line):
    found = facts(auditor, f"S: LBP 5/10.\nO: C5, T4, L4 restricted.\nP: Adjusted L4. {line}")
    assert [fact.region for fact in found.regions if "treated" in fact.roles] == ["lumbar"]


@pytest.mark.parametrize(
    ("text", "ratings"),
    [
        ("S: Last visit: neck 3, low back 5. Today neck 2, low back 4.", [(2, 3), (4, 5)]),
        ("S: Low back 5/10.\nLast week neck was 6/10, today 3/10.", [(5, None), (3, 6)]),
        ("S: Low back pain 5/10. Last visit helped for two days; low back 3/10 this morning.", [(5, None), (3, None)]),
        ("S: Goal: neck 1, low back 2.", []),
        ("S: HEP reps: neck 10, low back 10.", []),
        ("S: CC: 1. LBP 2. Neck pain 3. HA", []),
        ("S: LBP 5 (days/wk).", []),
        ("S: Pain today in neck and low back, 2 kids at home.", []),
        ("S: Pain 9 Jun began.", []),
    ],
)
def test_numbers_that_rate_nothing_of_today(auditor, text, ratings):
    assert [(m.value, m.previous) for m in facts(auditor, text).measures] == ratings


@pytest.mark.parametrize("headline", ["05/01/2026 Provider INITIAL", "Jane R   MIDDLE INITIAL"])
def test_a_letter_of_a_name_is_no_initial_visit(auditor, headline):
    text = f"{headline}\nS: Neck 4/10, was 6 last visit.\nP: Adjusted C5."
    assert auditor.audit(parse_encounter({"text": text})).visit == "subsequent"


@pytest.mark.parametrize(
    "line", ["PT visits 6 of 12.", "Cardiac rehab 6 of 36 sessions done.", "Pregnant, wk 20 of 40."]
)
def test_visits_and_weeks_of_something_else(auditor, line):
    plan = facts(auditor, f"O: L4 fixated.\nP: Adjusted L4. {line}").plan
    assert (plan.duration, plan.refers_to_plan) == (None, False)
