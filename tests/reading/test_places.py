"""Places with sides and junctions, as the treatment line of rulebook §1.5 writes them."""

import pytest

from auditor.reading.pipeline import reader

WRITTEN = [
    # what was adjusted, certain regions, possible ones, levels
    ("L5-S1", {"lumbar"}, {"sacral"}, {"L5", "S1"}),
    ("L5/S1", {"lumbar"}, {"sacral"}, {"L5", "S1"}),
    ("L4-S1", {"lumbar"}, {"sacral"}, {"L4", "L5", "S1"}),
    ("L5 and sacrum", {"lumbar", "sacral"}, set(), {"L5", "SAC"}),
    ("L5, S1", {"lumbar", "sacral"}, set(), {"L5", "S1"}),
    ("T12-L1", {"thoracic"}, {"lumbar"}, {"T12", "L1"}),
    ("T11-L1", {"thoracic"}, {"lumbar"}, {"T11", "T12", "L1"}),
    ("T12-L2", {"lumbar"}, {"thoracic"}, {"T12", "L1", "L2"}),
    ("T11-L2", {"thoracic", "lumbar"}, set(), {"T11", "T12", "L1", "L2"}),
    ("C7-T1", {"cervical"}, {"thoracic"}, {"C7", "T1"}),
    ("the CT junction", {"cervical"}, {"thoracic"}, {"C7", "T1"}),
    ("C6-T2", {"cervical", "thoracic"}, set(), {"C6", "C7", "T1", "T2"}),
    ("C0-C2", {"cervical"}, set(), {"C0", "C1", "C2"}),
    ("Occ-C1", {"cervical"}, set(), {"C0", "C1"}),
    ("R SI", {"pelvic"}, set(), {"SI-R"}),
    ("left SI joint", {"pelvic"}, set(), {"SI-L"}),
    ("bilateral SI joints", {"pelvic"}, set(), {"SI-B"}),
    ("sacrum and R ilium", {"sacral", "pelvic"}, set(), {"SAC", "IL-R"}),
    ("C2 thru C7", {"cervical"}, set(), {"C2", "C3", "C4", "C5", "C6", "C7"}),
    ("T4,5,6", {"thoracic"}, set(), {"T4", "T5", "T6"}),
    ("T 4-6", {"thoracic"}, set(), {"T4", "T5", "T6"}),
    ("L3-sacrum", {"lumbar"}, {"sacral"}, {"L3", "L4", "L5", "S1"}),
    ("L3-pelvis", {"lumbar", "pelvic"}, {"sacral"}, {"L3", "L4", "L5", "S1"}),
    ("L1 to SI", {"lumbar", "pelvic"}, {"sacral"}, {"L1", "L2", "L3", "L4", "L5", "S1", "SI"}),
    ("C5-6.", {"cervical"}, set(), {"C5", "C6"}),
    ("C5-6: good release", {"cervical"}, set(), {"C5", "C6"}),
    ("C4-6 levels", {"cervical"}, set(), {"C4", "C5", "C6"}),
    ("L4-5 segments", {"lumbar"}, set(), {"L4", "L5"}),
    ("l4-5", {"lumbar"}, set(), {"L4", "L5"}),
]


@pytest.mark.parametrize(("words", "certain", "possible", "levels"), WRITTEN)
def test_regions_of_what_was_adjusted(words, certain, possible, levels):
    (treatment,) = reader().read(f"P: Adjusted {words}").treatments
    regions = {region for place in treatment.places for region in place.regions}
    left_open = {region for place in treatment.places for region in place.possible} - regions
    named = {level for place in treatment.places for level in place.levels}
    assert (regions, left_open, named) == (certain, possible, levels)


@pytest.mark.parametrize(
    "text",
    [
        "O: S1 and S2 heart sounds normal.",
        "Labs: TSH, free T3, T4 normal.",
        "MRI: T2 weighted images, T1 signal normal.",
        "Takes vitamin D3 daily.",
        "T2DM, CD4 450, D5W.",
    ],
)
def test_look_alikes_are_no_places(text):
    assert [
        item for item in reader().read(text).mentions if item.levels and item.role not in ("history", "imaging")
    ] == []


@pytest.mark.parametrize(
    "text", ["O: Decreased C6 dermatome.", "O: S1 reflex 2+.", "A: L5 radiculopathy.", "Hx: fusion L4-S1."]
)
def test_nerves_and_operations_are_never_findings_of_a_vertebra(text):
    assert {str(item.role) for item in reader().read(text).mentions} <= {"history"}
    assert reader().read(text).part == ()
