"""Regions, junctions and codes by count, as rulebook §1.5 and verdicts §1-2 tell them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor import anatomy
from auditor.anatomy import COLUMN, SPINAL, code_by_count, contiguous, count_range, expand, region_of, regions_of_code

BONE = st.sampled_from(COLUMN)

JUNCTIONS = [
    # rulebook §1.5: first bone, last bone, certain, possible
    ("L5", "S1", ("lumbar",), ("sacral",)),
    ("L4", "S1", ("lumbar",), ("sacral",)),
    ("L4", "S2", ("lumbar", "sacral"), ()),
    ("T12", "L1", ("thoracic",), ("lumbar",)),
    ("T11", "L1", ("thoracic",), ("lumbar",)),
    ("T12", "L2", ("lumbar",), ("thoracic",)),
    ("T11", "L2", ("thoracic", "lumbar"), ()),
    ("C7", "T1", ("cervical",), ("thoracic",)),
    ("C6", "T1", ("cervical",), ("thoracic",)),
    ("C6", "T2", ("cervical", "thoracic"), ()),
    ("C7", "T2", ("thoracic",), ("cervical",)),
    ("C0", "C1", ("cervical",), ()),
    ("C0", "C2", ("cervical",), ()),
    ("C2", "C7", ("cervical",), ()),
    ("T4", "T5", ("thoracic",), ()),
    ("T12", "S1", ("lumbar",), ("thoracic", "sacral")),
    ("C7", "L1", ("thoracic",), ("cervical", "lumbar")),
    ("C0", "S5", ("cervical", "thoracic", "lumbar", "sacral"), ()),
]


@pytest.mark.parametrize(("first", "last", "certain", "possible"), JUNCTIONS)
def test_the_junction_rule(first, last, certain, possible):
    counted = count_range(expand(first, last))
    assert (counted.certain, counted.possible) == (certain, possible)


@given(BONE, BONE)
def test_a_range_counts_at_least_one_region_and_leaves_none_out(one, other):
    first, last = sorted((one, other), key=COLUMN.index)
    bones = expand(first, last)
    counted = count_range(bones)
    named = {region_of(bone) for bone in bones}
    assert counted.certain
    assert set(counted.certain) | set(counted.possible) == named
    assert not set(counted.certain) & set(counted.possible)


@pytest.mark.parametrize(
    ("first", "last", "bones"),
    [
        ("C4", "C6", ("C4", "C5", "C6")),
        ("T4", "T6", ("T4", "T5", "T6")),
        ("L5", "S1", ("L5", "S1")),
        ("C7", "T1", ("C7", "T1")),
        ("C5", "C5", ("C5",)),
        ("L5", "SAC", ("L5", "S1")),
        ("C6", "C4", ()),
        ("S1", "L5", ()),
        ("L5", "SI", ()),
        ("C5", "C8", ()),
        ("", "C5", ()),
    ],
)
def test_a_range_names_every_bone_in_it(first, last, bones):
    assert expand(first, last) == bones


@given(BONE, BONE)
def test_expanding_gives_a_run_of_the_column_or_nothing(first, last):
    bones = expand(first, last)
    assert bones == COLUMN[COLUMN.index(first) : COLUMN.index(last) + 1]
    assert len(anatomy.motion_segments(bones)) == max(0, len(bones) - 1)


@pytest.mark.parametrize(
    ("level", "region"),
    [
        ("C0", "cervical"), ("C7", "cervical"), ("T1", "thoracic"), ("T12", "thoracic"), ("L1", "lumbar"), ("L5", "lumbar"),
        ("S1", "sacral"), ("S5", "sacral"), ("SAC", "sacral"), ("COC", "sacral"), ("SI", "pelvic"), ("SI-L", "pelvic"),
        ("SI-R", "pelvic"), ("SI-B", "pelvic"), ("IL", "pelvic"), ("IL-L", "pelvic"), ("IL-B", "pelvic"), ("PUB", "pelvic"),
    ],
)  # fmt: skip
def test_region_of_a_level(level, region):
    assert region_of(level) == region


@pytest.mark.parametrize("name", ["C8", "T13", "L6", "T0", "C", "", "cervical", "c5", "SI-X"])
def test_what_is_no_level_has_no_region(name):
    with pytest.raises(KeyError):
        region_of(name)


@pytest.mark.parametrize(
    ("spinal", "extraspinal", "code"),
    [
        (0, 0, None), (1, 0, "98940"), (2, 0, "98940"), (3, 0, "98941"), (4, 0, "98941"), (5, 0, "98942"),
        (0, 1, "98943"), (0, 5, "98943"), (1, 3, "98940"), (5, 5, "98942"),
    ],
)  # fmt: skip
def test_code_by_count(spinal, extraspinal, code):
    assert code_by_count(spinal, extraspinal) == code


@pytest.mark.parametrize(("one", "other"), [(a, b) for a in anatomy.REGIONS for b in anatomy.REGIONS])
def test_contiguous_regions_are_neighbours_in_the_row(one, other):
    pairs = {("cervical", "thoracic"), ("thoracic", "lumbar"), ("lumbar", "sacral"), ("sacral", "pelvic")}
    assert contiguous(one, other) == ((one, other) in pairs or (other, one) in pairs)


@pytest.mark.parametrize(
    ("code", "regions"),
    [
        ("M99.00", ("cervical",)),
        ("M99.01", ("cervical",)),
        ("M99.02", ("thoracic",)),
        ("M99.03", ("lumbar",)),
        ("M99.04", ("sacral", "pelvic")),
        ("M99.05", ("pelvic",)),
        ("M99.06", ()),
        ("M99.07", ()),
        ("M99.11", ()),
        ("M54.2", ()),
        ("", ()),
    ],
)
def test_regions_that_a_subluxation_code_agrees_with(code, regions):
    assert regions_of_code(code) == regions


def test_regions_come_once_and_in_order():
    given_order = ("abdomen", "pelvic", "cervical", "head", "pelvic", "lumbar")
    assert anatomy.in_order(given_order) == ("cervical", "lumbar", "pelvic", "head", "abdomen")
    assert anatomy.in_order(("nowhere",)) == ()


def test_levels_are_sorted_down_the_column_with_joints_last():
    mixed = ["SI-R", "L5", "T10", "T2", "C0", "S1"]
    assert sorted(mixed, key=anatomy.level_order) == ["C0", "T2", "T10", "L5", "S1", "SI-R"]


def test_the_column_holds_every_bone_once():
    assert len(COLUMN) == len(set(COLUMN)) == 8 + 12 + 5 + 5
    assert set(map(region_of, anatomy.LEVELS)) == set(SPINAL)
