"""Every way of writing a vertebral level, and what only looks like one."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from auditor.anatomy import COLUMN, region_of
from auditor.reading.levels import find_levels
from auditor.reading.plain.text import make_plain


def read(text):
    """The runs of bones in a text, each as one string: ``C5``, ``C5 C6``."""
    return [" ".join(level.bones) for level in find_levels(make_plain(text).plain)]


WRITTEN = [
    ("C5", ["C5"]), ("c5", ["C5"]), ("t12", ["T12"]), ("l4", ["L4"]), ("S1", ["S1"]), ("C0", ["C0"]),
    ("C-6", ["C6"]), ("T-12", ["T12"]), ("(L5)", ["L5"]), ("C5.", ["C5"]), ("C5:", ["C5"]), ("[T4]", ["T4"]),
    ("C5-C6", ["C5 C6"]), ("C5-6", ["C5 C6"]), ("C5–C6", ["C5 C6"]), ("C5—6", ["C5 C6"]), ("C5 - C6", ["C5 C6"]),
    ("C5−C6", ["C5 C6"]), ("C-5-6", ["C5 C6"]), ("C-5/C-6", ["C5 C6"]),
    ("L4/5", ["L4 L5"]), ("L4/L5", ["L4 L5"]), ("L4/L5/S1", ["L4 L5 S1"]), ("L5/S1", ["L5 S1"]), ("L5-S1", ["L5 S1"]),
    ("L4-L5-S1", ["L4 L5 S1"]), ("C5/6/7", ["C5 C6 C7"]), ("C5-6-7", ["C5 C6 C7"]), ("T3-4-5", ["T3 T4 T5"]),
    ("T10-12", ["T10 T11 T12"]), ("C6-T1", ["C6 C7 T1"]), ("T12-L1", ["T12 L1"]), ("T4 to T6", ["T4 T5 T6"]),
    ("T4 thru T6", ["T4 T5 T6"]), ("T4 through 6", ["T4 T5 T6"]), ("C5 to 7", ["C5 C6 C7"]), ("L5 over S1", ["L5 S1"]),
    ("C1 on C2", ["C1 C2"]), ("T4-l5", ["T4 T5 T6 T7 T8 T9 T10 T11 T12 L1 L2 L3 L4 L5"]), ("c5-c6", ["C5 C6"]),
    ("C5, 6", ["C5", "C6"]), ("C5, C6 and T4", ["C5", "C6", "T4"]), ("C5 and 6", ["C5", "C6"]), ("C5 & C6", ["C5", "C6"]),
    ("C5,6,7", ["C5", "C6", "C7"]), ("T4,5,6", ["T4", "T5", "T6"]), ("L3, 4 and 5", ["L3", "L4", "L5"]),
    ("L3, 4, and 5", ["L3", "L4", "L5"]), ("L4, L5, and S1", ["L4", "L5", "S1"]), ("L5, S1", ["L5", "S1"]),
    ("C4-5, C5-6", ["C4 C5", "C5 C6"]), ("C4-6 levels", ["C4 C5 C6"]),
    ("fifth lumbar", ["L5"]), ("5th lumbar vertebra", ["L5"]), ("the fourth thoracic segment", ["T4"]),
    ("second through fourth thoracic", ["T2 T3 T4"]), ("third and fourth cervical", ["C3", "C4"]),
    ("sixth cervical through the first thoracic", ["C6 C7 T1"]), ("lumbar 4", ["L4"]), ("fourth dorsal", ["T4"]),
    ("See five and see six", ["C5", "C6"]), ("tee four and el five", ["T4", "L5"]), ("see five, ess one, el four", ["C5", "S1", "L4"]),
    ("C2R", ["C2"]), ("C2 (R)", ["C2"]), ("L5PLM", ["L5"]), ("T4P", ["T4"]), ("C1ASRP", ["C1"]), ("C7BR", ["C7"]),
    ("D4", ["T4"]), ("D4-6", ["T4 T5 T6"]), ("Ll", ["L1"]), ("Tl2", ["T12"]), ("TI2", ["T12"]), ("T1O", ["T10"]), ("CO-C1", ["C0 C1"]),
    ("L6", ["L5"]), ("C5\u200b-C6", ["C5 C6"]), ("C\u00ad5", ["C5"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "bones"), WRITTEN)
def test_ways_of_writing(text, bones):
    assert read(text) == bones


@pytest.mark.parametrize(("text", "bones"), WRITTEN)
def test_the_same_inside_a_sentence(text, bones):
    lead = "" if text.startswith(("fifth", "5th", "sixth")) else "the "
    assert read(f"Adjusted {lead}{text} today without incident") == bones


LOOK_ALIKES = [
    "4/5 strength", "biceps 5/5", "C 1 0 7 4", "T2DM", "D5W", "CD4", "5/6/2026", "on 5/6", "1.5 L", "age 45", "C8", "T13",
    "S6", "C10", "L45", "T1.5", "1C5", "B12", "V1-V6", "Tmax", "C diff", "C-section", "G0283", "M99.01", "S33.5XXA",
    "98941", "C4.5", "T3N0M0", "L4x2", "HbA1c", "Type 2", "O2 sat", "I see five patients", "L 4 kg", "S-shaped", "T-shirt",
    "I'd 5", "don't 2", "L'4", "second lumbar visit", "first cervical injection", "CT 5 mm", "C$5", "L", "C-", "", "pain L 5, R 3",
    "vitamin C 5 tablets", "hepatitis C 2 years ago", "T 4/10",
]  # fmt: skip


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes_are_no_levels(text):
    assert read(text) == []
    assert read(f"Patient: {text}.") == []


@pytest.mark.parametrize(
    ("text", "bones"),
    [
        ("C5 5/10", ["C5"]), ("L4, 5/10 pain", ["L4"]), ("C5 3 visits", ["C5"]), ("C5, 6 visits", ["C5"]), ("C5 and 6 regions", ["C5"]),
        ("L4 and 5 minutes of ice", ["L4"]), ("C5-98941", ["C5"]), ("C5 98941", ["C5"]), ("C5-10", ["C5"]), ("L5-4", ["L5"]),
        ("C6 - C4", ["C6", "C4"]), ("L4, 5 lbs", ["L4"]), ("T4, 5 days ago", ["T4"]), ("C5 5 mg", ["C5"]), ("C5\nC6", ["C5", "C6"]),
        ("C5. 6 weeks", ["C5"]), ("T4, 8/10", ["T4"]), ("L4, 5x/week", ["L4"]), ("C5, 6-8 visits", ["C5"]),
    ],
)  # fmt: skip
def test_a_number_behind_a_level_is_not_always_a_bone(text, bones):
    assert read(text) == bones


@pytest.mark.parametrize(
    ("text", "listing"),
    [
        ("C2R", "R"),
        ("L5PLM", "PLM"),
        ("C5PR", "PR"),
        ("C1ASRP", "ASRP"),
        ("C5L", "L"),
        ("T4B", "B"),
        ("C5", None),
        ("C5-6", None),
    ],
)
def test_listing(text, listing):
    assert find_levels(text)[0].listing == listing


def test_one_dictated_pair_alone_may_be_english():
    assert read("I will see five more of them") == []


BONE = st.sampled_from(COLUMN)
NUMBER = {bone: bone[1:] for bone in COLUMN}
ORDINAL = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]


def in_words(bone):
    return f"{ORDINAL[int(bone[1:])]} {region_of(bone)}"


RANGES = {
    "full hyphen": lambda one, other: f"{one}-{other}",
    "en dash": lambda one, other: f"{one}–{other}",
    "spaced": lambda one, other: f"{one} - {other}",
    "slash": lambda one, other: f"{one}/{other}",
    "to": lambda one, other: f"{one} to {other}",
    "through": lambda one, other: f"{one} through {other}",
    "thru": lambda one, other: f"{one} thru {other}",
    "lower case": lambda one, other: f"{one}-{other}".lower(),
    "hyphened bones": lambda one, other: f"{one[0]}-{one[1:]} to {other[0]}-{other[1:]}",
    "every bone by slash": lambda one, other: "/".join(COLUMN[COLUMN.index(one) : COLUMN.index(other) + 1]),
    "every bone by hyphen": lambda one, other: "-".join(COLUMN[COLUMN.index(one) : COLUMN.index(other) + 1]),
}
SHORT = {
    "short hyphen": lambda one, other: f"{one}-{NUMBER[other]}",
    "short slash": lambda one, other: f"{one}/{NUMBER[other]}",
    "short to": lambda one, other: f"{one} to {NUMBER[other]}",
    "short through": lambda one, other: f"{one} through {NUMBER[other]}",
}
AROUND = st.sampled_from(
    [("", ""), ("Adjusted ", "."), ("(", ")"), ("Seg: ", ", supine"), ("- ", "\n"), ("x ", " restricted")]
)


@given(BONE, BONE, st.sampled_from(sorted(RANGES)), AROUND)
def test_a_run_written_any_way_is_read_back(one, other, style, around):
    first, last = sorted((one, other), key=COLUMN.index)
    assume(first != last)
    text = around[0] + RANGES[style](first, last) + around[1]
    assert read(text) == [" ".join(COLUMN[COLUMN.index(first) : COLUMN.index(last) + 1])]


@given(st.data(), st.sampled_from(sorted(SHORT)), AROUND)
def test_a_run_within_a_region_may_be_written_short(data, style, around):
    letter = data.draw(st.sampled_from("CTL"))
    of_region = [bone for bone in COLUMN if bone[0] == letter and bone != "C0"]
    pair = data.draw(st.lists(st.sampled_from(of_region), min_size=2, max_size=2, unique=True))
    first, last = sorted(pair, key=COLUMN.index)
    text = around[0] + SHORT[style](first, last) + around[1]
    assert read(text) == [" ".join(COLUMN[COLUMN.index(first) : COLUMN.index(last) + 1])]


@given(st.lists(BONE, min_size=1, max_size=8), st.sampled_from([", ", "; ", " and ", ", and ", " & ", "\n", " ... "]))
def test_a_list_of_bones_is_read_bone_by_bone(bones, between):
    assert read(f"Adjusted {between.join(bones)}.") == bones


@given(BONE.filter(lambda bone: bone != "C0"))
def test_a_bone_in_words_is_read_back(bone):
    assert read(f"the {in_words(bone)} vertebra") == [bone]


@given(st.lists(st.one_of(st.text(max_size=6), BONE, st.sampled_from(list("-/, 56"))), max_size=12))
def test_spans_lie_in_the_text_in_order_and_name_bones(pieces):
    text = make_plain("".join(pieces)).plain
    levels = find_levels(text)
    for level in levels:
        assert 0 <= level.start < level.end <= len(text)
        assert level.bones
        assert set(level.bones) <= set(COLUMN)
        assert level.bound == (len(level.bones) > 1)
    assert [level.start for level in levels] == sorted(level.start for level in levels)
