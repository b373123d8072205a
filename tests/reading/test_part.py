"""PART findings of today with their regions: what counts, what is denied, and what is no finding at all."""

import pytest

from auditor.reading.pipeline import reader


def found(text):
    """PART as ``P:cervical``, one word for each criterion and region; ``P:`` where no place is given."""
    return {f"{item.criterion}:{region}" for item in reader().read(text).part for region in item.regions or ("",)}


FINDINGS = [
    # P
    ("tender", "O: C5 tender to palpation.", "P:cervical"),
    ("tenderness over", "O: Tenderness over the L4 spinous process.", "P:lumbar"),
    ("pain on palpation", "O: Pain on palpation of T6.", "P:thoracic"),
    ("point tenderness at the SI", "O: Point tenderness at the left SI joint.", "P:pelvic"),
    ("tender in two regions", "O: Tenderness at C5 and T4.", "P:cervical P:thoracic"),
    ("tender junction", "O: L5-S1 tender.", "P:lumbar P:sacral"),
    ("kemp's with pain", "O: Kemp's positive on the right, reproduces low back pain.", "P:lumbar"),
    # A
    ("high ilium", "O: Right ilium is high.", "A:pelvic"),
    ("high crest", "O: Right iliac crest high.", "A:pelvic"),
    ("short leg", "O: Short left leg, 1/4 inch.", "A:pelvic"),
    ("leg length inequality", "O: Leg length inequality, right short.", "A:pelvic"),
    ("forward head", "O: Forward head posture.", "A:cervical"),
    ("head tilt", "O: Head tilt to the left.", "A:cervical"),
    ("high shoulder", "O: Right shoulder high.", "A:thoracic"),
    ("kyphosis", "O: Increased thoracic kyphosis.", "A:thoracic"),
    ("pelvic tilt", "O: Anterior pelvic tilt.", "A:pelvic"),
    ("misaligned", "O: T5 is misaligned to the right.", "A:thoracic"),
    ("rotated", "O: L3 rotated left.", "A:lumbar"),
    ("listing", "O: C2 PRS on static palpation.", "A:cervical"),
    # R
    ("restricted", "O: C5 restricted.", "R:cervical"),
    ("fixated", "O: T4 fixated in extension.", "R:thoracic"),
    ("hypomobile", "O: L5 hypomobile on motion palpation.", "R:lumbar"),
    ("restriction at", "O: Joint restriction at T6 and L2.", "R:thoracic R:lumbar"),
    ("decreased rom", "O: Decreased cervical ROM in rotation.", "R:cervical"),
    ("limited flexion", "O: Lumbar flexion limited by half.", "R:lumbar"),
    ("painful at end range", "O: Cervical extension painful at end range.", "R:cervical"),
    ("hard end feel", "O: Hard end-feel at L4.", "R:lumbar"),
    ("junction restricted", "O: L5-S1 restricted.", "R:lumbar R:sacral"),
    ("stiff on examination", "O: Thoracic spine stiff on motion palpation.", "R:thoracic"),
    # T
    ("spasm", "O: Spasm of the lumbar paraspinals.", "T:lumbar"),
    ("hypertonic", "O: Cervical paraspinal muscles hypertonic.", "T:cervical"),
    ("trigger point", "O: Trigger point in the right rhomboid.", "T:thoracic"),
    ("taut", "O: Taut bands in the left upper trapezius.", "T:cervical"),
    ("edema", "O: Edema over the left SI joint.", "T:pelvic"),
    ("decreased spasm is still spasm", "O: Decreased spasm of the lumbar paraspinals.", "T:lumbar"),
    # muscles
    ("suboccipitals", "O: Suboccipitals hypertonic.", "T:cervical"),
    ("scalenes", "O: Left scalene hypertonic.", "T:cervical"),
    ("scm", "O: SCM spasm on the right.", "T:cervical"),
    ("mid trapezius", "O: Mid trapezius hypertonic.", "T:thoracic"),
    ("ql", "O: Right QL in spasm.", "T:lumbar"),
    ("psoas", "O: Psoas hypertonic on the left.", "T:lumbar"),
    ("piriformis", "O: Piriformis hypertonic.", "T:pelvic"),
    ("gluteals", "O: Gluteal trigger points on the right.", "T:pelvic"),
    # several at once
    ("one place, three findings", "O: C5: tender, restricted, hypertonic.", "P:cervical R:cervical T:cervical"),
    ("two places, own findings", "O: C5 tender. L4 restricted.", "P:cervical R:lumbar"),
    ("semicolons", "O: C5 tender; T6 fixated; lumbar paraspinals hypertonic.", "P:cervical R:thoracic T:lumbar"),
    ("places in a list", "O: C2, T5 and L3 restricted and tender.",
     "P:cervical P:thoracic P:lumbar R:cervical R:thoracic R:lumbar"),
]  # fmt: skip

DENIED = [
    ("no tenderness", "O: Gait normal. No tenderness at C5.", ""),
    ("negative for", "O: Negative for tenderness at C5.", ""),
    ("region, then no", "O: Lumbar: no spasm, no tenderness.", ""),
    ("non-tender", "O: L4 is non-tender.", ""),
    ("list", "OBJECTIVE\nNo lumbar tenderness, spasm or restriction.", ""),
    ("list of places", "O: There is no tenderness over C5, T4 or L3.", ""),
    ("without", "O: Cervical spine without spasm or tenderness.", ""),
    ("absent", "O: Lumbar spasm: absent.", ""),
    ("none", "O: Cervical tenderness: none.", ""),
    ("negative", "O: Palpation of the thoracic spine is negative.", ""),
    ("resolved", "O: Lumbar spasm resolved.", ""),
    ("full rom", "O: Cervical ROM full and painless.", ""),
    ("improved rom", "O: Lumbar ROM improved.", ""),
    ("straight-leg raise", "O: SLR 50 degrees on the right.", ""),
    ("but restricted", "O: L4 no spasm, but restricted.", "R:lumbar"),
    ("but tender", "OBJECTIVE\nNo cervical spasm, but C5 is tender.", "P:cervical"),
    ("however", "O: T4 has no tenderness; L5 however is fixated.", "R:lumbar"),
    ("normal except", "O: Cervical ROM full except right rotation, which is restricted.", "R:cervical"),
    ("one region normal", "O: Cervical: normal. Lumbar: L4 restricted.", "R:lumbar"),
    ("within normal limits", "O: Thoracic spine within normal limits.", ""),
    ("reflex and strength", "O: C6 reflex decreased, S1 dermatome intact.", ""),
    ("shoulder", "O: Right shoulder tender, abduction restricted.", ""),
    ("knee", "O: Left knee swollen and tender.", ""),
    ("muscle strength", "O: Decreased grip strength on the left.", ""),
    ("fracture fixation", "S: Internal fixation of the tibia in 2015.", ""),
    ("abdomen", "O: Abdomen soft, no guarding.", ""),
    (
        "a verb behind the place begins a statement",
        "O: C5 is tender on the right T6 is fixated.",
        "P:cervical R:thoracic",
    ),
    ("a denial ends before a place with a verb", "O: no tenderness there L4 is restricted.", "R:lumbar"),
    ("won't inside a finding denies nothing", "O: C4 won't rotate, T6 stiff.", "R:cervical R:thoracic"),
    ("a side ends the sentence before a bone", "O: C4 won't rotate L. T6 fixated.", "R:cervical R:thoracic"),
    ("TrP at the end of a sentence", "O: R rhomboid TrP.", "T:thoracic"),
    ("bare sore behind a segment of the examination", "O: L2 stuck, sore.", "R:lumbar P:lumbar"),
    ("post behind a bone", "O: T7 post, restricted.", "A:thoracic R:thoracic"),
    ("less than at the last visit", "O: Lumbar paraspinals were less hypertonic than at the last visit.", "T:lumbar"),
    (
        "a listing keeps its bone from the next finding",
        "O: C1 L lat   T6 post   R SI fix.",
        "A:cervical A:thoracic R:pelvic",
    ),
    ("no bend is a restriction", "O: L5 no R bend, R SI stuck.", "R:lumbar R:pelvic"),
    ("temperature break", "O: temp break L5.", "T:lumbar"),
]

NO_FINDING = [
    ("complaint", "S: Neck is stiff and sore.", ""),
    ("history", "S: Years ago he had spasm of the lumbar muscles.", ""),
    ("listing in the treatment line only", "P: Adjusted C2 PRS.", ""),
    ("bare subluxation", "A: Subluxation of C5.", ""),
    ("misalignment on an image", "X-ray 2/3/2026: L4 misaligned to the left.", ""),
    ("another person", "S: His wife has a tender C5.", ""),
    ("none was restricted", "O: I tested each of the lumbar joints; none was restricted, none was tender.", ""),
    ("a normal segment between", "O: L4 fixed, T11 moves freely, L3 fixed.", "R:lumbar"),
]

DEGREES = [
    ("below every norm", "O: Cervical rotation right 40 degrees.", "R:cervical"),
    ("at the norm", "O: Cervical rotation right 80 degrees, left 80 degrees.", ""),
    ("own norm reached", "O: Lumbar flexion 60/60.", ""),
    ("own norm missed", "O: Lumbar flexion 35/60.", "R:lumbar"),
    ("own norm in brackets", "O: Cervical flexion 30 (normal 50).", "R:cervical"),
    ("own norm in words", "O: Lumbar extension 10 of 25 degrees.", "R:lumbar"),
]

RATINGS = [
    ("with its region", "S: Neck pain 5/10.", "P:cervical"),
    ("two regions", "S: Neck pain 5/10, low back pain 3/10.", "P:cervical P:lumbar"),
    ("only complaint", "S: Low back pain. Rates it 4/10.", "P:lumbar"),
    ("zero", "S: Neck pain 0/10.", ""),
    ("shoulder", "S: Shoulder pain 6/10.", ""),
    ("headache", "S: Headache 6/10.", ""),
]

SHAPES = [
    ("region heading with bullets", "O:\nCervical:\n- C5 restricted\n- paraspinals hypertonic", "R:cervical T:cervical"),
    ("two headings", "OBJECTIVE\nCervical spine:\n- tender\nLumbar spine:\n- spasm", "P:cervical T:lumbar"),
    ("region and colon", "O: Cervical: spasm, restricted. Lumbar: tender.", "T:cervical R:cervical P:lumbar"),
    ("pipes with marks", "OBJECTIVE\n| Segment | Tender | Fixated | Spasm |\n|---|---|---|---|\n| C5 | + | + | - |\n| L4 | - | + | + |",
     "P:cervical R:cervical R:lumbar T:lumbar"),
    ("columns with marks", "OBJECTIVE\nLevel   Tender   Restricted\nC5      +        -\nT6      -        +", "P:cervical R:thoracic"),
]  # fmt: skip

SEGMENTAL = [
    ("restricted", "O: C5 restricted.", True),
    ("fixation", "O: Fixation at L4.", True),
    ("misaligned", "O: T6 misaligned.", True),
    ("tender", "O: C5 tender.", False),
    ("spasm", "O: Spasm at L4.", False),
]

NORMAL = [
    ("no restriction, no tenderness", "O: Cervical: no restriction, no tenderness.", {"cervical"}),
    ("within normal limits", "O: Lumbar spine within normal limits.", {"lumbar"}),
    ("full and negative", "O: Cervical: full ROM, negative.", {"cervical"}),
    ("restricted is not normal", "O: Lumbar: L4 restricted, neuro normal.", set()),
]


def by_id(*tables):
    return [pytest.param(*row[1:], id=row[0]) for rows in tables for row in rows]


@pytest.mark.parametrize(("text", "expected"), by_id(FINDINGS, DEGREES, RATINGS, SHAPES))
def test_findings(text, expected):
    assert found(text) == set(expected.split())


@pytest.mark.parametrize(("text", "expected"), by_id(DENIED, NO_FINDING))
def test_denied_or_no_finding(text, expected):
    assert found(text) == set(expected.split())


@pytest.mark.parametrize(("text", "expected"), by_id(SEGMENTAL))
def test_what_documents_a_subluxation(text, expected):
    assert [item.segmental for item in reader().read(text).part] == [expected]


@pytest.mark.parametrize(("text", "expected"), by_id(NORMAL))
def test_normal_regions(text, expected):
    assert {region for region, _ in reader().read(text).normal} == expected


def test_evidence_is_the_text_of_the_note():
    text = "O: Tenderness over the L4 spinous process."
    (item,) = reader().read(text).part
    assert text[item.evidence.start : item.evidence.end] == item.evidence.text
