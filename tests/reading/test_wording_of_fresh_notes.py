"""Classes of wording that fresh notes brought: each a sentence that says it, and one close by that does not."""

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


def ratings(auditor, text):
    return [(m.value, m.previous) for m in facts(auditor, text).measures if m.instrument == "NPRS"]


def treated(auditor, text):
    return [fact.region for fact in facts(auditor, text).regions if "treated" in fact.roles]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("O: C6 ↓ RR, TTP.", ("R", "cervical")),
        ("O: L SI ↓, C5 free.", ("R", "pelvic")),
        ("O: R shldr low.", ("A", "thoracic")),
        ("O: The right shoulder is carried lower than the left.", ("A", "thoracic")),
        ("O: L crest ↑.", ("A", "pelvic")),
        ("O: Iliac crest on that side a shade high.", ("A", "pelvic")),
        ("S: LBP 3/10.\nO: Walks bent a little forward.", ("A", "lumbar")),
        ("O: Muscle tone even.\nLumbar motion   active    normal\nFlexion            60        90\n", ("R", "lumbar")),
    ],
)
def test_a_finding_is_read(auditor, text, finding):
    assert finding in part(auditor, text)


@pytest.mark.parametrize(
    "text",
    [
        "Lumbar motion   active    normal\nFlexion            60        60\n",
        "O: ↓ sleep. Neck fine.",
        "O: Cervical glides freely, not tender.",
    ],
)
def test_nothing_is_read(auditor, text):
    assert not part(auditor, text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("S: Neck a 4 today.", [(4, None)]),
        ('S: LBP "about a 3", was 5 last Thurs.', [(3, 5)]),
        ("S: Low back four today, it was six last Friday.", [(4, 6)]),
        ("S: Neck pain **3/10** today, down from **5/10** at the last appointment.", [(3, 5)]),
        ("S: Neck pain of 3 at rest and 5 at the end of a shift, on a ten-point scale.", [(3, None), (5, None)]),
        ("S: Neck and low back are 4 and 6/10 today.", [(4, None), (6, None)]),
        ("S: Neck and low back are 4 to 6/10 today.", [(6, None)]),
        ("0-10 right now: neck 6    upper back 4", [(6, None), (4, None)]),
        ("S: the [low back] is [better]; pain is rated [2] on a 0-10 scale.", [(2, None)]),
        ("Mid back    {frequent}     VAS {5}", [(5, None)]),
        ("S: Low back a 2 week history.", []),
        ("S: Neck better by four this afternoon.", []),
    ],
)
def test_ratings(auditor, text, read):
    assert ratings(auditor, text) == read


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("TX  NUCCA adj C1 (triceps pull, R side up).", ["cervical"]),
        ("O: C6 fixed, L5-S1 fixed.\nT: CMT delivered to the motion units flagged in the grid.", ["cervical", "lumbar"]),
        ("S: Saw an osteopath in August. T6 and T7 were manipulated three times.\nO: T6 fixed.", []),
        ("Here in March for the neck (C5 adj then).\nO: L4 fixed.\nP: L4 adjusted.", ["lumbar"]),
        ("FINDINGS  tender  restricted\n C1-C2  +  +\n\nPROCEDURES    x done    d declined    blank not done\n [x] C1-C2 adj     [ ] C7 adj     [x] T5-T6 adj", ["cervical", "thoracic"]),
        ("SEGMENT   FIX   TENDER   ADJUSTED TODAY\nL2        [x]   [x]      [ ] hold, DEXA pending\nL4        [x]   [x]      [x]\nLeg check [ ] even   [x] short L", ["lumbar"]),
    ],
)  # fmt: skip
def test_treated(auditor, text, regions):
    assert treated(auditor, text) == regions


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("O: L4 fixed.\nP: L4 adjusted. Pelvis to be assessed; a sacroiliac adjustment may be added.", ["lumbar"]),
        ("Procedures: CMT, to L4. CMT, cervical, not indicated.", ["lumbar"]),
        ("O: C2 restr.\n   Tues: C2, T5 adj Div, no problem w/ it\nP: No adj today. 5/28/26", []),
        ("LEVEL     FIX    TENDER  |  ADJ TODAY\nC1, C2    [x]    [x]     |    [x]\nSacrum    [ ]    [x]     |    [ ]", ["cervical"]),
    ],
)
def test_acts_of_another_day_or_none(auditor, text, regions):
    assert treated(auditor, text) == regions


def test_two_bones_may_share_a_row(auditor):
    text = "LEVEL     FIX    TENDER  |  ADJ TODAY\nC1, C2    [x]    [x]     |    [x]\nL4        [x]    [ ]     |    [x]\n"
    assert [fact.treated_levels for fact in facts(auditor, text).regions] == [("C1", "C2"), ("L4",)]


def test_a_row_of_boxes_gives_its_finding_to_each(auditor):
    text = "Fixation   [x] C5  [x] T6  [ ] L3\nSpasm      [ ] cerv   [x] lumb"
    assert part(auditor, text) == {("R", "cervical"), ("R", "thoracic"), ("T", "lumbar")}


@pytest.mark.parametrize(
    ("text", "found"),
    [("O: motion C5 fx, R SI fx", {("R", "cervical"), ("R", "pelvic")}), ("O: old comp fx T9. No fx seen.", set())],
)
def test_fx_is_a_fixation_only_right_behind_its_bone(auditor, text, found):
    assert part(auditor, text) == found


def test_an_empty_box_with_words_behind_it_is_no_adjustment(auditor):
    text = "SEGMENT   FIX   TENDER   ADJUSTED TODAY\nL2        [x]   [x]      [ ] hold, DEXA pending\nL4        [x]   [x]      [x]\n"
    assert [fact.treated_levels for fact in facts(auditor, text).regions] == [("L4",)]


@pytest.mark.parametrize(
    ("text", "objective"),
    [
        ("P: 2x/week. He should walk a mile again, and rise from a chair with pain no higher than 2/10.", True),
        ("P: Once a week for 2 more weeks then done if she can do 8 miles with the ankle at a 1 or less.", True),
        ("P: 2 visits a week, 3 weeks. Neck rotation R to 70", True),
        ("P: 2x/week. Goals: reduce pain, improve motion. Restart stretches 2x daily.", False),
        ("P: 2x/week. Ice at home 3 times a day.", False),
    ],
)
def test_objective_goals(auditor, text, objective):
    assert any(goal.objective for goal in facts(auditor, text).plan.goals) is objective


@pytest.mark.parametrize(
    ("text", "visit"),
    [
        ("UPPER CERVICAL INTAKE / 1ST VISIT  3/11/26\nC/C neck pain", "initial"),
        ("# Visit Note\n- **Who:** Maren, 33. First time here, sent by Dr. Akande", "initial"),
        ("Seen since her 1st visit in May for the neck.", "subsequent"),
    ],
)
def test_visit(auditor, text, visit):
    assert auditor.audit(parse_encounter({"text": text})).visit == visit


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Neck fine. Adjusted C2 and T3. Back next Wednesday. TRM", "weak"),
        ("Neck fine. Adjusted C2 and T3. Back next Wednesday. PRN", "absent"),
        ("KETTLE CHIROPRACTIC\nP  Activator C1.\n   Rtn Thurs\n                    K.T.", "weak"),
    ],
)
def test_initials(auditor, text, status):
    assert facts(auditor, text).signature.status == status


def test_a_run_on_dictation_is_cut_into_its_parts(auditor):
    text = (
        "this is doctor okonkwo dictating on ray dominguez date of service november 3 2026 he is in for visit 7 of 12 says the "
        "neck is a 2 and the low back is a 4 and that is no different from last tuesday exam the atlas is fixed on the left and "
        "tender t6 is fixed and tender lumbar muscles hypertonic right more than left assessment segmental dysfunction of all of "
        "those with low back pain adjusted the atlas and t6 and he did fine plan is twice a week"
    )
    assert ratings(auditor, text) == [(2, None), (4, None)]
    assert treated(auditor, text) == ["cervical", "thoracic"]
    assert {("R", "cervical"), ("P", "cervical"), ("T", "lumbar")} <= part(auditor, text)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("O: L4 restr.\nRx: HVT L4. Left D6 alone, nothing to do there.", ("L4",)),
        ("S: mid bk fine. last chiro 2/19 - neck adj.\nO: T7 restr.\nTX: CMT T7.", ("T7",)),
        ("X = adjusted today   o = left alone\nC1 [X]  C2 [ ]  C5 [o]\nL1 [ ]  L3 [X]  L4 [ ]", ("C1", "L3")),
        (
            "DATE      VST     LB   FINDINGS        ADJ         DR\n         of 12   /10\n"
            "6/18/26    5      6    L5 restr ttp    L5, C5      HB\n6/30/26    8      4    L5 restr ttp    L5          HB",
            ("L5",),
        ),
        (
            "DATE    | VAS  | FINDINGS    | ADJUSTED | DR\n2/10    | LB 6 | L4 fx, C6 fx | L4, C6  | PS\n"
            "2/19/26 | LB 4 | L4 fx tend  | L4 side  | PS",
            ("L4",),
        ),
    ],
)
def test_levels_of_today(auditor, text, levels):
    assert tuple(level for fact in facts(auditor, text).regions for level in fact.treated_levels) == levels


def test_worst_and_best_in_lines_of_their_own_are_no_ratings_of_today(auditor):
    assert ratings(auditor, "pain.now=5/10\npain.worst=8/10\npain.best=2/10\nexam.c=ok\nplan.freq=2/wk") == [(5, None)]


def test_stairs_are_no_rating(auditor):
    assert ratings(auditor, "S: LB 3/10.\nP: goal LB 1/10, carry toddler up 14 stairs (now 8).") == [(3, None)]
