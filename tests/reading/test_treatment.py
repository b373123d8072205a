"""What was manipulated today: named, pointed to, counted, or not done at all."""

import pytest

from auditor.facts import TreatmentKind
from auditor.reading.pipeline import reader

SPINE = ("cervical", "thoracic", "lumbar", "sacral", "pelvic")
EXAM = "O: C5 restricted and tender. T6 restricted. L4 fixated on the left.\n"


def treated(text):
    """Regions treated today, spinal or not."""
    return {
        region for statement in reader().read(text).treatments for place in statement.places for region in place.regions
    }


NAMED = [
    ("seated is no seat", "P: C5 was adjusted seated and L5 in side posture.", "cervical lumbar"),
    ("one held, the others done", "P: CMT C4 held today, L3 (side posture) and R SI (drop) done.", "lumbar pelvic"),
    ("technique behind a joint", "P: R ilium on drop piece, moved well.", "pelvic"),
    ("cleared with", "P: L4 cleared w/ flex-distraction.", "lumbar"),
    ("mobilised with impulse", "P: T5 was mobilised with impulse.", "thoracic"),
    ("addressed by activator", "P: Activator addressed C4 and L3.", "cervical lumbar"),
    ("dictated bones", "so today i adjusted see five and tea six and el four", "cervical thoracic lumbar"),
    ("hand-held is not held", "P: Adjusted the atlas, the sixth dorsal and the sacral apex with the hand-held instrument.", "cervical thoracic sacral"),
    ("nothing behind a list", "ADJ TODAY   C5 PRS, chair\n            T9, L1: nothing", "cervical"),
    ("verb first", "P: Adjusted C5, T4 and L3.", "cervical thoracic lumbar"),
    ("passive", "P: C2, T8 and L5 were adjusted without incident.", "cervical thoracic lumbar"),
    ("passive with has been", "P: The left sacroiliac joint was manipulated in side posture.", "pelvic"),
    ("cmt to", "P: CMT to T5-T7 and L4, diversified.", "thoracic lumbar"),
    ("cmt colon", "CMT: C1, C6, T3", "cervical thoracic"),
    ("smt", "P: SMT L3-L4, well tolerated.", "lumbar"),
    ("hvla", "P: HVLA thrust to C4-5 right.", "cervical"),
    ("noun first", "P: Diversified adjustment to the sacrum and L5.", "sacral lumbar"),
    ("activator", "P: Activator adjustment to C1, T6 and left SI.", "cervical thoracic pelvic"),
    ("drop table", "P: Pelvis adjusted on the drop table.", "pelvic"),
    ("flexion distraction", "P: Cox flexion-distraction adjustment at L5.", "lumbar"),
    ("mobilising adjustment", "P: Mobilising adjustment to T4.", "thoracic"),
    ("grade V", "P: Grade V manipulation of C6.", "cervical"),
    ("by region words", "P: Cervical, thoracic and lumbar regions were adjusted today.", "cervical thoracic lumbar"),
    ("region adjectives", "P: Manipulated the lumbar spine and pelvis.", "lumbar pelvic"),
    ("shorthand", "P: adj C5 T4 L5", "cervical thoracic lumbar"),
    ("ampersand", "P: adj'd C2 & T1", "cervical thoracic"),
    ("listings", "P: Adjusted C1 ASR, T4 PRS, L5 PLM.", "cervical thoracic lumbar"),
    ("sides before", "P: Adjusted left C5, right T9 and right SI joint.", "cervical thoracic pelvic"),
    ("atlas", "P: Toggle recoil adjustment of the atlas.", "cervical"),
    ("words for levels", "P: Adjusted the fifth lumbar vertebra.", "lumbar"),
    ("with soft tissue elsewhere", "P: Adjusted T4. Massage to the cervical paraspinals.", "thoracic"),
    ("with therapy in one sentence", "P: Adjusted T4 and applied ice to the low back.", "thoracic"),
    ("first person", "P: I adjusted C6 and T2 today.", "cervical thoracic"),
    ("patient received", "P: Patient received a chiropractic adjustment to L4 and L5.", "lumbar"),
    ("headed list", "Segments adjusted: C5, T4, L3, SI-R", "cervical thoracic lumbar pelvic"),
    ("headed asterisks", "Segments adjusted:\n* C5\n* T4\n* L3", "cervical thoracic lumbar"),
    ("headed lines", "Adjustments:\nC5 - diversified\nT4 - anterior\nL3 - side posture", "cervical thoracic lumbar"),
    ("headed by region", "Chiropractic adjustment:\n- Cervical: C2, C5\n- Thoracic: T4\n- Lumbar: none", "cervical thoracic"),
    ("headed treatment block", "TREATMENT:\nCMT C2, C5\nCMT T6", "cervical thoracic"),
    ("areas adjusted", "Areas adjusted: cervical, lumbar", "cervical lumbar"),
    ("numbered list", "TREATMENT: Adjusted:\n1. C6\n2. L4", "cervical lumbar"),
    ("done before the sign-off", "P: C7 and T3 adjusted, patient left in good spirits.", "cervical thoracic"),
    ("not adjusted in the same sentence", "P: C5 adjusted, L4 not adjusted.", "cervical"),
    ("not adjusted, other order", "P: L4 was not adjusted, T6 was adjusted.", "thoracic"),
    ("except", "P: Adjusted T4 and L5; the neck was not adjusted today.", "thoracic lumbar"),
    ("neighbouring last visit", "P: Adjusted C5 today. Last visit L4 was adjusted.", "cervical"),
    ("neighbouring plan", "P: Adjusted T5 today. Will adjust C2 next visit.", "thoracic"),
    ("neighbouring refusal", "P: Adjusted T5. Declined cervical adjustment.", "thoracic"),
    ("neighbouring denial", "P: Adjusted T4. No cervical adjustment.", "thoracic"),
    ("denial in brackets", "P: Adjusted T4 (no lumbar adjustment).", "thoracic"),
    ("deferred at the end", "P: C2, C5 adj; L/S deferred.", "cervical"),
    ("extremity beside", "P: Adjusted L5 and the right ankle.", "lumbar lower_extremity"),
    ("technique and place", "P: Diversified C5, T4.", "cervical thoracic"),
    ("Tx without a colon", "O: L4 fixated.\nA: L4 subluxation.\nTx flexion-distraction L4, ice.", "lumbar"),
    ("Tx and its places", "L4 fix, R SI fix. Tx L4, R SI side posture.", "lumbar pelvic"),
    ("each with its technique", "P: C5 diversified, L4 drop; R SI drop.", "cervical lumbar pelvic"),
    ("technique after massage", "P: Massage to the traps, then diversified L4.", "lumbar"),
    ("used a technique", "P: Today used activator on C1.", "cervical"),
    ("slash and full stop", "P: Adj: C/S, T/S, L/S.", "cervical thoracic lumbar"),
    ("shortened regions", "P: Adjusted C-sp and L-sp.", "cervical lumbar"),
    ("letters", "P: Adjusted C, T, L.", "cervical thoracic lumbar"),
    ("letters with slashes", "P: Adj C/T/L.", "cervical thoracic lumbar"),
    ("letters of the spine", "P: Adjusted C & L spines.", "cervical lumbar"),
    ("glued letters", "P: Adjusted CTL spine.", "cervical thoracic lumbar"),
    ("Tx beside Lx", "P: Adjusted Cx/Tx/Lx.", "cervical thoracic lumbar"),
    ("glued listing", "P: Adjusted RPI, L5.", "lumbar pelvic"),
    ("plural of SI", "P: Adjusted both SIs.", "pelvic"),
    ("bones with spaces", "P: Adjusted C 5, T 4 and L 5.", "cervical thoracic lumbar"),
]  # fmt: skip

POINTED = [
    ("noted above", "P: Adjusted the segments noted above.", "cervical thoracic lumbar"),
    ("areas of restriction", "P: CMT to the areas of restriction listed in the objective.", "cervical thoracic lumbar"),
    ("as charted", "P: Restricted joints were adjusted as charted above.", "cervical thoracic lumbar"),
    ("all of the above", "P: All of the above segments adjusted.", "cervical thoracic lumbar"),
    ("segs above", EXAM + "P: All fixed segs above adj'd.", "cervical thoracic lumbar"),
    (
        "with an exception",
        EXAM + "P: Adjusted the restricted segments listed above with the exception of T6.",
        "cervical lumbar",
    ),
    ("above alone", EXAM + "P: Adj. above.", "cervical thoracic lumbar"),
    ("CMT to above", EXAM + "P: CMT to above.", "cervical thoracic lumbar"),
    ("above, then the act", EXAM + "P: Above adjusted.", "cervical thoracic lumbar"),
    ("letter of the section", EXAM + "P: CMT: see O.", "cervical thoracic lumbar"),
    ("all fixations", EXAM + "P: Adjusted all fixations.", "cervical thoracic lumbar"),
]

UNNAMED = [
    ("count of regions", "P: 3 regions adjusted.", TreatmentKind.COUNT, 3),
    ("count in words", "P: Adjusted four spinal regions today.", TreatmentKind.COUNT, 4),
    ("cmt count", "P: CMT x 5 regions, tolerated well.", TreatmentKind.COUNT, 5),
    ("full spine", "P: Full spine adjustment given.", TreatmentKind.FULL_SPINE, None),
    ("entire spine", "P: Adjusted the entire spine.", TreatmentKind.FULL_SPINE, None),
    ("code only", "P: 98941 performed.", TreatmentKind.CODE, None),
]

NOT_TREATED = [
    ("another's", "S: Her previous chiropractor adjusted C5 and L4."),
    ("husband's", "S: Says her husband had his neck adjusted."),
    ("last visit's", "S: At the last visit L5 was adjusted, sore afterwards."),
    ("last week's", "S: Adjusted L4 last week with good relief."),
    ("a past year's", "S: Had a neck adjustment in 2019."),
    ("planned", "P: Will adjust C5 and T4 next visit."),
    ("planned noun", "P: Plan to begin adjustments of the lumbar spine on Thursday."),
    ("declined", "P: Cervical adjustment declined."),
    ("patient declined", "P: Patient declined cervical adjustment."),
    ("declined beforehand", "P: Declined cervical manipulation."),
    ("held off", "P: Held off on adjusting the neck."),
    ("did not", "P: Did not adjust the neck."),
    ("without", "P: Soft tissue only, without cervical manipulation."),
    ("frequency alone", "P: CMT C5, T4 2x/week x 4 weeks."),
    ("continue with frequency", "P: Continue adjustments to C5 and L4 2x/week."),
    ("refused", "P: Lumbar manipulation was offered and refused."),
    ("deferred", "P: Lumbar adjustment deferred because of fever."),
    ("withheld", "P: C2 adjustment withheld today."),
    ("avoid", "P: Avoid manipulation of the cervical spine."),
    ("contraindicated", "P: Cervical manipulation is contraindicated."),
    ("no adjustment", "O: C5 tender. No adjustment to C5 today."),
    ("no adjustment, after a heading", "PLAN\nNo cervical adjustment."),
    ("was not adjusted", "P: L4 was not adjusted."),
    ("recommended with frequency", "P: Recommend adjustments to C5 and L4 2x/week for 4 weeks."),
    ("hypothetical", "P: If the MRI is clear, L5 may be adjusted."),
    ("would benefit", "A: She would benefit from manipulation of the thoracic spine."),
    ("medication", "P: Her physician adjusted her medication."),
    ("dose", "S: Gabapentin dose adjusted by the neurologist."),
    ("workstation", "P: Advised to adjust the chair and the monitor."),
    ("massage", "P: Massage to the lumbar paraspinals, 10 minutes."),
    ("mobilisation grade III", "P: Grade III mobilisation of C5-6."),
    ("mobilization grades", "P: Grade II and III mobilizations to L3 and L4."),
    ("muscle energy", "P: Muscle energy technique to the right SI joint."),
    ("traction", "P: Lumbar traction for 10 minutes."),
    ("blocking", "P: Pelvic blocking, category II."),
    ("e-stim", "P: E-stim and ice to the thoracic spine."),
    ("examination only", "O: L4 restricted and tender."),
    ("heart sounds", "O: S1 S2 regular."),
    ("fracture manipulation", "S: Distal radius fracture manipulated and cast in the ER."),
    ("had meant to", "P: I had meant to adjust L4 as well but did not."),
    ("left for the next session", "P: T12 I leave for the next session."),
    ("leave", "TX: C2 - leave, should follow C1."),
    ("last week shorthand", "P: last wk = C4 + T5 diversified"),
    ("her trainer", "TX: Her trainer cracked C5 on the bus."),
    ("same as on another day", EXAM + "P: Adjusted same segments as Tuesday."),
    ("technique of next time", "P: Diversified L4 next visit."),
    ("technique with frequency", "P: Diversified to L4 2x/wk x 4 wks."),
    ("technique considered", "P: Consider activator L4 if no better."),
    ("technique discussed", "P: Discussed activator L4 vs manual."),
    ("Tx of another kind", "O: L4 fixated.\nTx ice, EMS L4."),
    ("Tx plan", "P: Tx plan L4 diversified 2x/wk."),
    ("Tx of what was talked about", "P: Tx of L4 disc discussed."),
    ("continue accordingly", EXAM + "P: Continue adj accordingly."),
    ("if need be", "P: Sacrum to be checked, and adjusted if need be, at the next visit."),
    (
        "the entry of another provider",
        "PT entry 09:10\n- Thrust manipulation T5-6 prone.\nDC entry 09:45\n- L4 restricted.",
    ),
]

OPEN = [
    ("lumbosacral", "P: Adjusted L5-S1.", {"lumbar"}, {"sacral"}),
    ("cervicothoracic", "P: C7-T1 was adjusted.", {"cervical"}, {"thoracic"}),
    ("thoracolumbar", "P: CMT to T12-L1.", {"thoracic"}, {"lumbar"}),
    ("own listings", "P: Adjusted L5 and the sacrum.", {"lumbar", "sacral"}, set()),
    ("a rib", "P: Right 5th rib adjusted.", set(), {"thoracic"}),
    ("a costovertebral joint", "P: Adjusted the left T6 costovertebral joint.", {"thoracic"}, set()),
]

LIMBS = [
    ("shoulder", "P: Adjusted the right shoulder.", {"upper_extremity"}),
    ("ankle", "P: Left ankle mortise adjusted.", {"lower_extremity"}),
    ("hip", "P: Right hip was manipulated.", {"lower_extremity"}),
    ("jaw", "P: TMJ adjusted on the left.", {"head"}),
    ("wrist", "P: CMT to the left wrist.", {"upper_extremity"}),
]


def by_id(rows):
    return [pytest.param(*row[1:], id=row[0]) for row in rows]


@pytest.mark.parametrize(("text", "regions"), by_id(NAMED))
def test_named(text, regions):
    assert treated(text) == set(regions.split())
    assert TreatmentKind.NAMED in {item.kind for item in reader().read(text).treatments}


@pytest.mark.parametrize(("text", "regions"), by_id(POINTED))
def test_pointed_to(text, regions):
    assert treated(EXAM + text) == set(regions.split())
    assert [item.kind for item in reader().read(EXAM + text).treatments] == [TreatmentKind.POINTER]


@pytest.mark.parametrize(("text", "kind", "count"), by_id(UNNAMED))
def test_unnamed_treats_no_region(text, kind, count):
    (statement,) = reader().read(text).treatments
    assert (statement.kind, statement.count, statement.places) == (kind, count, ())


@pytest.mark.parametrize("text", by_id(NOT_TREATED))
def test_not_treated(text):
    assert treated(text) == set()


@pytest.mark.parametrize(("text", "regions", "left_open"), by_id(OPEN))
def test_what_the_wording_leaves_open(text, regions, left_open):
    possible = {r for s in reader().read(text).treatments for place in s.places for r in place.possible}
    assert (treated(text) & set(SPINE), possible) == (regions, left_open)


@pytest.mark.parametrize(("text", "regions"), by_id(LIMBS))
def test_extremities(text, regions):
    assert treated(text) == regions


def test_stated_count_beside_names():
    (statement,) = reader().read("P: 4 regions adjusted: C5, T4, L3.").treatments
    assert (statement.kind, statement.count) == (TreatmentKind.NAMED, 4)
