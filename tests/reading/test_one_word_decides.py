"""Pairs of notes that differ in a word or a mark, and so in what they say. Each pair is a class of misreadings once made."""

import pytest

from auditor import audit
from auditor.reading.pipeline import reader

EXAM = "O: C5 restricted, T6 restricted, L4 restricted, tender.\n"


def treated(text):
    """Levels treated today, or regions where no level is named."""
    found = reader().read(text).treatments
    return {name for item in found for place in item.places for name in place.levels or place.regions}


def part(text):
    """PART as ``P:cervical``; bare criteria where no region is known."""
    return {f"{item.criterion}:{region}" for item in reader().read(text).part for region in item.regions or ("",)}


def measures(text):
    """Instrument, value and previous value."""
    return {(item.instrument, item.value, item.previous) for item in reader().read(text).measures}


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("P: L4 - adj today, side posture", {"L4"}), ("P: L4 - adj Monday, side posture", set()),
        ("P: Diversified adjustment offered and given to C5.", {"C5"}), ("P: Diversified adjustment offered to C5.", set()),
        ("P: Adjusted segments as above incl. L4.", {"C5", "T6", "L4"}), ("P: Adjusted segments as above excl. L4.", {"C5", "T6"}),
        ("P: CMT to the SDs above.", {"C5", "T6", "L4"}), ("P: CMT to the SDs of last visit.", set()),
        ("P: C5 gr V. T6 PA gr III.", {"C5"}), ("P: C5 gr IV. T6 PA gr III.", set()),
        ("P: No thrust to the neck today, only to L4.", {"L4"}), ("P: No thrust to the neck today, nor to L4.", set()),
        ("P: C5 was adjusted, and L4 was adjusted on her side.", {"C5", "L4"}), ("P: C5 was adjusted, and L4 was assessed on her side.", {"C5"}),
        ("P: Adjustments: C5 done, T6 done, L4 done", {"C5", "T6", "L4"}), ("P: Adjustments: C5 done, T6 done, L4 due", {"C5", "T6"}),
        ("P: I adjusted C5. I then adjusted her lumbar spine.", {"C5", "lumbar"}), ("P: I adjusted C5. I then adjusted her lumbar support.", {"C5"}),
        ("P: I adjusted C5. I adjusted L4.", {"C5", "L4"}), ("P: I adjusted C5. Her cousin stopped by. He adjusted L4.", {"C5"}),
        ("P: Manipulation today. C5 by toggle. L4 in side posture.", {"C5", "L4"}),
        ("P: C5 adjusted by hand.", {"C5"}),
        ("(* = adjusted today)\n C5 R*  fixed\n T6*  fixed\n L4  fixed", {"C5", "T6"}), ("(* = adjusted today)\n C5 R*  fixed\n T6  fixed\n L4*  fixed", {"C5", "L4"}),
        ("C5   restricted   adjusted today?  (Y)  N\nL4   restricted   adjusted today?   Y  (N)", {"C5"}),
        ("P: All restricted segments listed above were adjusted.", {"C5", "T6", "L4"}), ("P: All tender segments listed above were adjusted.", {"L4"}),
        ("P: Adjusted C5.\nElectronically signed by A. Poe, DC\nAddendum: L4 was also adjusted at this visit.", {"C5", "L4"}),
        ("P: Adjusted C5.\nElectronically signed by A. Poe, DC\nAddendum: L4 was not adjusted at this visit.", {"C5"}),
        ("[cmt]\nC5 = true\nL4 = false", {"C5"}),
        ("P: CMT performed to address restrictions at C5, L4.", {"C5", "L4"}), ("P: CMT next visit to address restrictions at C5, L4.", set()),
        ("P: Adjustment performed today to include C5, L4.", {"C5", "L4"}), ("P: Treatment today consists of adjustment to C5.", {"C5"}),
        ("P: Informed consent obtained, adjusted C5, L4.", {"C5", "L4"}), ("P: Consent to adjust C5, L4 given.", set()),
        ("P: Risks and benefits discussed, adjusted C5 and L4.", {"C5", "L4"}), ("P: Recommended adjusting C5, L4 next visit.", set()),
        ("P: Adjusted C5, L4 - RTC next week.", {"C5", "L4"}), ("P: Adjusted C5, L4 and discussed ergonomics.", {"C5", "L4"}),
        ("P: Adjusted C5, L4 (sacrum deferred).", {"C5", "L4"}), ("P: Adjusted C5. L4 (deferred).", {"C5"}),
        ("P: Adjusted C5 and L4 (pt declined x-rays).", {"C5", "L4"}), ("P: Adjusted C5 and T6, L4 deferred.", {"C5", "T6"}),
        ("P: Adjusted: C5 [x] T6 [ ] L4 [x]", {"C5", "L4"}), ("P: Adjusted: [x] C5 [ ] T6 [x] L4", {"C5", "L4"}),
        ("Adjusted:\nCervical  [x] Yes  [ ] No\nThoracic  [ ] Yes  [x] No\nLumbar  [x] Yes  [ ] No", {"cervical", "lumbar"}),
        ("P:\nL4        shorts R, tender        adj\nT6        clear", {"L4"}),
        ("P: Set L4. C2 not set - let it ride.", {"L4"}), ("ADJ  L4 side posture\n     C5, T6 clear, not adjusted", {"L4"}),
        ("The low back, adjusted all through March, moves normally.", set()),
        ("P: adj L4 s/p, C5 cerv chair", {"L4", "C5"}),
        ("P: Last Saturday I adjusted L4.", set()),
        ("TREATMENT 7/13\nSpine: C5 seated; L4 side posture.", {"C5", "L4"}),
        ("P: Adjustment given to each spinal and pelvic segment marked restricted in the list.", {"C5", "T6", "L4"}),
        ("Set C5 (cervical chair), L4 (side posture).", {"C5", "L4"}),
        ("Set of three exercises for C5.", set()),
        ("P: One NUCCA correction of the atlas.", {"C1"}),
        ("P: Correction of the claim form.", set()),
        ("P: drops: L PI, L4.", {"IL-L", "L4"}),
        ("P: Adjusted R PIEx (pelvic bench).", {"IL-R"}),
        ("Sacrum | tender | adjusted apex (drop)", {"SAC"}),
        ("Sacrum | tender | blocks, 4 min", set()),
        ("P: After six treatments, over which L4 was manipulated, she is well.", set()),
        ("P: Manipulation of L4 will resume at the next appointment.", set()),
    ],
)  # fmt: skip
def test_treated(text, levels):
    assert treated(EXAM + text) == levels


@pytest.mark.parametrize(
    ("exam", "findings"),
    [
        ("Erectors hypertonic T7-L2.", {"T:thoracic", "T:lumbar"}), ("Paraspinals tight, C5 restricted.", {"T:lumbar", "R:cervical"}),
        ("L4 restricted with hypertonic paraspinals.", {"R:lumbar", "T:lumbar"}),
        ("C3 FRS right, tender.", {"A:cervical", "P:cervical"}), ("L2 ERS left.", {"A:lumbar"}), ("Right innominate anterior.", {"A:pelvic"}),
        ("Lumbar range of motion is impaired.", {"R:lumbar"}), ("Lumbar range of motion is improved.", set()),
        ("Lumbar ROM extension abnormal.", {"R:lumbar"}), ("Lumbar ROM extension normal.", set()),
        ("Cervical range of motion full except right rotation.", {"R:cervical"}), ("Cervical range of motion full including right rotation.", set()),
        ("Low back sore on palpation.", {"P:lumbar"}), ("Back after two weeks at her sister's. Low back sore on palpation.", {"P:lumbar"}),
        ("The right upper trapezius was hypertonic today.", {"T:cervical"}), ("The right upper trapezius was hypertonic Monday.", set()),
        ("Kemp's on the right reproduces her back pain.", {"P:lumbar"}), ("Kemp's on the right reproduces her leg pain.", set()),
        ("R leg 1/4\" short supine.", {"A:pelvic"}), ("R leg 1/4\" longer in the sock.", set()),
        ("L ilium  high.", {"A:pelvic"}), ("L ilium  level.", set()),
        ("The right PSIS sits lower than the left.", {"A:pelvic"}), ("The right PSIS is not lower than the left.", set()),
        ("The right ilium sits back and low.", {"A:pelvic"}),
        ("Cervical ROM is restricted in all planes.", {"R:cervical"}), ("No acute distress, C5 restricted.", {"R:cervical"}),
        ("Denies numbness, L5 tender.", {"P:lumbar"}), ("No numbness, weakness or L5 tenderness.", set()),
        ("Tender L4, also C5.", {"P:lumbar", "P:cervical"}), ("Tender L4, not C5.", {"P:lumbar"}),
        ("Possible fixation C5.", set()), ("Palpable fixation C5.", {"R:cervical"}),
        ("Leg check: R short 8 mm", {"A:pelvic"}), ("Leg check: R short ___ mm", set()),
        ("Spasm:  _lumbar_", {"T:lumbar"}), ("Spasm:  _none_", set()),
        ("tenderness, thoracic ........ 2", {"P:thoracic"}), ("tenderness, thoracic ........ 0", set()),
        ("Patient is leaning to the left.", {"A:lumbar"}), ("Head carriage is level.", set()),
        ("Sacral base posterior on R, tender R. Erectors tight on both sides L2-L4.", {"A:sacral", "P:sacral", "T:lumbar"}),
        ("Opening 38 mm, deviates R. R TMJ tender.", set()),
    ],
)  # fmt: skip
def test_found(exam, findings):
    assert part(f"S: Low back.\nO: {exam}\nP: Ice.") - {"P:"} == findings


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("Low back 4/10 today, last visit 5/10.", {("NPRS", 4, 5)}), ("Low back 4/10 (last visit 5/10).", {("NPRS", 4, 5)}),
        ("Low back 4/10, seen 5/10.", {("NPRS", 4, None)}),
        ("LBP 3/10, 5/10 Mon.", {("NPRS", 3, 5)}), ("LBP 3/10 today versus 5/10 Tuesday", {("NPRS", 3, 5)}),
        ("Neck 3/10, was 6/10.", {("NPRS", 3, 6)}), ("Neck 3/10, now 6/10.", {("NPRS", 6, 3)}),
        ("Low back 3/10, was 5. She sits 40 minutes.", {("NPRS", 3, 5), ("FUNCTION", 40, None)}),
        ("She sleeps six hours a night; when we began it was three.", {("FUNCTION", 360, 180)}),
        ("ODI at intake (2026-07-06) 48 %. ODI today 22 %.", {("ODI", 22, None)}),
        ("SLR R 62, was 40. L 80.", {("SLR", 62, 40), ("SLR", 80, None)}),
        ("Mum says back pain 6/10.", {("NPRS", 6, None)}), ("Mum has back pain 6/10.", set()),
        ("Pain line marked at 54 mm for the low back (100 mm VAS).", {("NPRS", 5.4, None)}),
        ("Roland-Morris sheet filled in at the desk, score 11: tries not to bend.", {("RMDQ", 11, None)}),
        ("Low back 2/10. Stands at the sink 30 minutes (now 10).", {("NPRS", 2, None), ("FUNCTION", 30, None)}),
        ("6/10 neck pain, 4/10 low back pain", {("NPRS", 6, None), ("NPRS", 4, None)}),
        ("Neck pain. Pain scale (0-10): 5", {("NPRS", 5, None)}), ("Neck. Pain today (0=none, 10=worst): 4", {("NPRS", 4, None)}),
        ("LBP. Pain: 1 2 3 4 (5) 6 7 8 9 10", {("NPRS", 5, None)}),
        ("LBP. Pain: 1 (2) 3 4 5 6 7 8 9 10", {("NPRS", 2, None)}),
        ("Neck pain pre-tx 6/10, post-tx 3/10.", {("NPRS", 3, 6)}), ("Neck pain 6/10 to 3/10 since last visit", {("NPRS", 3, 6)}),
        ("Neck pain 4/10 today vs 7/10 at first visit.", {("NPRS", 4, 7)}), ("Neck pain 7/10 at first visit, 4/10 today.", {("NPRS", 4, 7)}),
        ("Neck pain is down 2 points to 4/10", {("NPRS", 4, None)}), ("ODI improved 12 points to 22%", {("ODI", 22, None)}),
        ("NDI 20/50 (40%), prev 18/50 (36%).", {("NDI", 20, 18)}),
        ("He puts the back at a four out of ten. Two weeks ago it was a six.", {("NPRS", 4, 6)}),
        ("Neck is a 4/10 today. At the 5/5 visit the neck was 6/10.", {("NPRS", 4, 6)}), ("Neck is a 4/10 today. At the 5/5 visit the knee was 6/10.", {("NPRS", 4, None)}),
    ],
)  # fmt: skip
def test_measured(said, values):
    assert measures(f"S: {said}\nO: L4 restricted.\nP: L4 adjusted.") == values


def test_a_sheet_of_ratings_below_its_scale():
    sheet = "Pain today, 0 (none) to 10 (worst)\n   Low back ....... 4\n   Neck ........... 6\n   Stress ......... 8\n"
    assert {(value, now) for _, value, now in measures(sheet)} == {(4, None), (6, None)}


@pytest.mark.parametrize(
    ("plan", "frequency", "duration", "refers"),
    [
        ("2x/wk until 27 March.", True, True, False), ("2x/wk from 27 March.", True, False, False),
        ("Flexion-distraction 3 x 5 pumps.", False, False, False),
        ("If leg pain is back, three times a week for two weeks.", False, False, False), ("As leg pain is back, three times a week for two weeks.", True, True, False),
        ("She will attend twice weekly for three weeks.", True, True, False), ("She did attend twice weekly for three weeks.", False, False, False),
        ("Frequency: 2 per week\nPlanned visits: 10", True, True, False), ("Frequency: 2 per week\nEarlier visits: 10", True, False, False),
        ("Stays on treatment plan.", False, False, True), ("Stays on payment plan.", False, False, False),
        ("Went over the plan of March 2 again.", False, False, True), ("Went over the film of March 2 again.", False, False, False),
        ("9. From here   Twice weekly for four weeks.", True, True, False),
        ("2 / week through 12-Jun-2026", True, True, False),
        ("Next appt 10/22", False, False, False), ("Appt 10 of 22", False, True, True),
        ("I will re-examine him in four visits.", False, True, False),
        ("As agreed 2026-02-26, twice a week to April 9.", True, True, True),
        ("Discharge after 12 visits.", False, True, False), ("Discharged after 12 visits.", False, False, False),
    ],
)  # fmt: skip
def test_planned(plan, frequency, duration, refers):
    facts = reader().read(f"S: Low back.\nO: L4 restricted.\nT: L4 adjusted.\nPlan: {plan}").plan
    assert (facts.frequency is not None, facts.duration is not None, bool(facts.refers)) == (
        frequency,
        duration,
        refers,
    )


@pytest.mark.parametrize(
    ("end", "status"),
    [
        ("Provider: Jude Farrow, DC\nElectronically signed on tablet by doctor 08/19/2026 5:09 PM", "accepted"),
        ("Provider: Jude Farrow, DC\nElectronically signed on tablet by patient 08/19/2026 5:09 PM", "rejected"),
        ("Electronically signed by ROE, JANE, DC (02/02/2026)", "accepted"),
        ("Electronically signed 2/2/2026 3:15 PM\nJane Roe, DC", "accepted"),
        ("Electronically signed by Amy Lin, CA for Jane Roe, DC", "absent"),
        ("RTC 4 wks     rj", "weak"), ("RTC 4 wks     prn", "absent"),
        ("| electronically signed by | credential |\n|---|---|\n| Lena Ortiz | DC |", "accepted"),
        ("| electronically signed by | credential |\n|---|---|\n| Lena Ortiz | -- |", "weak"),
        ("| role | name | e-signature |\n| assistant | Tara Voss, CA | signed |\n| chiropractor | Neil Abara, DC | signed |", "accepted"),
    ],
)  # fmt: skip
def test_signed(end, status):
    assert reader().read(f"S: Low back.\nO: L4 restricted.\nP: L4 adjusted.\n{end}").signature.status == status


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("Low back 7/10; it was 4/10 last week. Reports a fall in the shower.", "met"),
        ("Low back 7/10; it was 4/10 last week. Denies a fall in the shower.", "partial"),
        ("Low back 6/10; it was 4/10 last week. Aggravated by the flight to Perth.", "met"),
        ("Low back 6/10; it was 4/10 last week. Worried by the flight to Perth.", "partial"),
        ("NDI he completed came to 26 percent, against 36 percent in January.", "met"),
        ("NDI he completed came to 36 percent, against 36 percent in January.", "partial"),
        ("Low back 3/10, was 5/10. I told her daughter that this is not maintenance care.", "met"),
        ("Low back 3/10, was 5/10. I told her daughter that this is now maintenance care.", "not_met"),
        ("Low back 2/10, was 5/10. Maintenance begins next month.", "met"),
        ("Low back 2/10, was 5/10. Maintenance begins today.", "not_met"),
        ("Low back 3/10. C6 motion is reduced.", "partial"),
    ],
)  # fmt: skip
def test_progress(told, status):
    found = audit(f"{told}\nL4 is restricted and tender.\nI adjusted L4.", visit="subsequent")
    assert next(item.status for item in found.elements if item.element == "progress") == status


@pytest.mark.parametrize(("word", "visit"), [("new", "initial"), ("same", "subsequent")])
def test_a_form_that_calls_the_injury_new(word, visit):
    assert audit(f"Injury: {word}    Area: low back\nExam: L5 fixed.\nAdjusted: L5").visit == visit


@pytest.mark.parametrize(
    ("note", "letters"),
    [("s/ neck 3/10\no/ C6 restricted\na/ C6 dysfunction\nt/ adj C6\np/ 2x/wk x 3 wk", "subjective objective assessment treatment plan"),
     ("neck 3/10\nC6 restricted\nadj C6", "")],
)  # fmt: skip
def test_small_letters_with_a_slash_are_headers(note, letters):
    assert " ".join(section.name for section in reader().read(note).sections) == letters


FLOW = """               | 7/9/26 TODAY | 7/6/26
---------------+--------------+-------------
C1             | nl           | fix, tender
C4             | fix, tender  | fix
ADJUSTED       | C4           | C1, C4"""


def test_a_rule_below_the_heading_of_visits_ends_no_table():
    assert treated(FLOW) == {"C4"}


EXPORT = """[EXAM.THOR] Motion full in all planes. No segmental restriction T1-T12.
[EXAM.LUMB] L5 restricted.
[PROC] CMT: T7; L5."""


def test_headings_of_an_export_name_their_region():
    assert [region for region, _ in reader().read(EXPORT).normal] == ["thoracic"]


@pytest.mark.parametrize(
    ("said", "levels"),
    [
        ("I adjusted see six and the el five ess one joint.", {"C6", "L5", "S1"}),
        ("I adjusted see six, el five, ess one.", {"C6", "L5", "S1"}),
    ],
)
def test_two_bones_said_as_one_joint_are_one_place(said, levels):
    (treatment,) = reader().read(f"On exam see six is restricted.\n{said}").treatments
    assert {level for place in treatment.places for level in place.levels} == levels
    joined = any(place.levels == ("L5", "S1") for place in treatment.places)
    assert joined is ("joint" in said)


ROWS = """               FOUND                      ADJUSTED TODAY
   C2          moves ok                   [ ]
   L2          fixated, slt tender        [x]"""


def test_a_table_whose_segments_have_no_heading():
    assert treated(ROWS) == {"L2"}


def test_initials_above_the_printed_name():
    signed = (
        reader()
        .read("O: L2 fixated.\nP: L2 adjusted.\nDr. [handwritten initials] OT\n    Osric Tolliver, DC")
        .signature
    )
    assert (signed.status, signed.kind) == ("accepted", "initials")


def test_one_listing_does_not_hide_the_other_segments_from_a_pointer():
    assert treated("O: Subluxations: C1, T3, L5, R ilium PI\nP: Adjusted all of the above.") == {
        "C1",
        "T3",
        "L5",
        "IL-R",
    }


@pytest.mark.parametrize(
    "end",
    ["Jane Roe DC, electronically signed", "Jane Roe, DC (signed)", "Provider: Jane Roe, DC    Signature: [signed]"],
)
def test_a_name_before_the_mark_on_the_last_line(end):
    assert reader().read(f"O: L5 fixed.\nP: L5 adjusted.\n{end}").signature.status == "accepted"


@pytest.mark.parametrize(
    "said", ["Neck pain 4/10 today vs 7/10 at first visit.", "Neck pain pre-tx 6/10, post-tx 3/10."]
)
def test_a_rating_is_no_count_of_visits(said):
    plan = reader().read(f"S: {said}\nO: C5 restricted.\nT: C5 adjusted.").plan
    assert plan.duration is None
    assert not plan.refers


def test_each_rating_goes_with_the_place_behind_it():
    found = {(m.region, m.value) for m in reader().read("S: 6/10 neck pain, 4/10 low back pain").measures}
    assert found == {("cervical", 6), ("lumbar", 4)}
