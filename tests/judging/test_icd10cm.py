from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.judging import icd10cm
from auditor.judging.icd10cm import (
    excludes1,
    release_on,
    releases,
    siblings_by_side,
    standing,
    table,
    title,
    unspecified,
)

FOLDER = files("auditor.judging.icd10cm")
NEWEST = "April 2026"

BILLABLE_NOW = (
    *("M99.00", "M99.01", "M99.02", "M99.03", "M99.04", "M99.05", "M99.06", "M99.07", "M99.08", "M99.09"),
    *("M99.10", "M99.13", "M99.15", "G44.209", "G44.219", "G44.229", "G44.1", "G44.86", "R51.9", "M43.6", "M46.1"),
    *("M47.811", "M47.812", "M47.813", "M47.814", "M47.815", "M47.816", "M47.817", "M47.818", "M47.22", "M47.28"),
    *("M43.12", "M43.16", "M43.17", "M43.06", "M43.07", "M48.02", "M48.04", "M48.061", "M48.062", "M48.07"),
    *("M48.08", "M50.11", "M50.121", "M50.122", "M50.123", "M50.13", "M50.120", "M50.20", "M50.23", "M50.30"),
    *("M50.33", "M51.14", "M51.15", "M51.16", "M51.17", "M51.24", "M51.27", "M51.34", "M51.35", "M51.360"),
    *("M51.361", "M51.362", "M51.369", "M51.370", "M51.371", "M51.372", "M51.379", "M51.9", "M53.0", "M53.1"),
    *("M53.2X1", "M53.2X8", "M53.3", "M53.82", "M53.88", "M54.11", "M54.18", "M54.2", "M54.30", "M54.31"),
    *("M54.32", "M54.40", "M54.42", "M54.50", "M54.51", "M54.59", "M54.6", "M54.81", "M54.89", "M54.9"),
    *("M62.830", "M62.838", "M62.85", "M79.10", "M79.12", "M79.18", "M79.7", "M96.1", "M94.0", "R07.82"),
    *("S23.41XA", "S13.4XXA", "S13.4XXD", "S13.4XXS", "S16.1XXA", "S23.3XXA", "S29.012A", "S33.5XXA"),
    *("S39.012A", "S33.6XXA", "S33.8XXA", "S33.9XXA", "S39.013A", "M25.511", "M25.551", "M25.561", "R26.2"),
    *("R29.3", "G57.01", "QA0.0101"),
)

NOT_BILLABLE_NOW = [
    "M54.5",
    "M51.36",
    "M51.37",
    "M54.1",
    "M54.3",
    "M54.4",
    "M54.8",
    "M54",
    "M51",
    "M50.12",
    "M48.06",
    "M47.81",
    "M25.51",
    "M79.1",
    "G44.2",
    "G54",
    "S13.4",
    "S33.5",
    "S39.012",
    "M53.2X",
]


@cache
def all_rows():
    return table.rows_below("")


def test_releases_by_name_and_in_order():
    held = releases()
    assert [release.name for release in held] == ["January 2021", "April 2025", "April 2026"]
    assert all(release.valid_from <= release.valid_to and "public domain" in release.source for release in held)
    assert all(older.valid_to < newer.valid_from for older, newer in pairwise(held))
    assert releases() is held


@pytest.mark.parametrize(
    ("day", "name", "within"),
    [
        (None, NEWEST, False),
        (date(1999, 1, 1), "January 2021", False),
        (date(2020, 12, 31), "January 2021", False),
        (date(2021, 1, 1), "January 2021", True),
        (date(2021, 9, 30), "January 2021", True),
        (date(2021, 10, 1), "January 2021", False),
        (date(2023, 3, 1), "January 2021", False),
        (date(2023, 6, 1), "April 2025", False),
        (date(2024, 9, 30), "April 2025", False),
        (date(2024, 10, 1), "April 2025", True),
        (date(2025, 9, 30), "April 2025", True),
        (date(2025, 10, 1), NEWEST, True),
        (date(2026, 9, 30), NEWEST, True),
        (date(2026, 10, 1), NEWEST, False),
        (date(2099, 1, 1), NEWEST, False),
    ],
)
def test_the_release_of_a_date(day, name, within):
    release, holds = release_on(day)
    assert (release.name, holds) == (name, within)


def test_between_two_releases_the_nearer_one_comes():
    older, newer = releases()[:2]
    half = (newer.valid_from - older.valid_to) // 2
    assert release_on(older.valid_to + timedelta(half.days)) == (older, False)
    assert release_on(older.valid_to + timedelta(half.days + 1)) == (newer, False)


@pytest.mark.parametrize("code", BILLABLE_NOW)
def test_codes_of_the_rulebook_are_billable_in_the_newest_release(code):
    said = standing(code, date(2026, 3, 2))
    assert (said.code, said.kind, said.release.name, said.within, said.agreed) == (code, "billable", NEWEST, True, True)
    assert (said.needs, said.needed, said.seventh) == ((), 0, False)


@pytest.mark.parametrize("code", NOT_BILLABLE_NOW)
def test_categories_need_more_characters(code):
    said = standing(code, date(2026, 3, 2))
    assert (said.kind, said.within) == ("category", True)
    assert said.needs
    assert said.needed >= len(said.needs)
    assert all(standing(one, date(2026, 3, 2)).kind == "billable" and one.startswith(code) for one in said.needs)


@pytest.mark.parametrize(
    ("code", "day", "kind", "release", "within", "agreed"),
    [
        ("M54.5", date(2021, 9, 30), "billable", "January 2021", True, True),
        ("M54.5", date(2021, 10, 1), "billable", "January 2021", False, False),
        ("M54.5", date(2024, 10, 1), "category", "April 2025", True, True),
        ("M54.5", date(2025, 12, 1), "category", NEWEST, True, True),
        ("M54.5", date(2026, 11, 2), "category", NEWEST, False, False),
        ("M54.5", None, "category", NEWEST, False, False),
        ("M54.50", date(2021, 5, 1), "unknown", "January 2021", True, True),
        ("M54.50", date(2022, 5, 1), "billable", "April 2025", False, False),
        ("M51.36", date(2021, 5, 1), "billable", "January 2021", True, True),
        ("M51.36", date(2024, 5, 1), "billable", "January 2021", False, True),
        ("M51.36", date(2024, 9, 30), "billable", "January 2021", False, True),
        ("M51.36", date(2024, 10, 1), "category", "April 2025", True, True),
        ("M51.36", date(2025, 12, 1), "category", NEWEST, True, True),
        ("M51.36", date(2016, 1, 4), "billable", "January 2021", False, False),
        ("M51.360", date(2021, 5, 1), "unknown", "January 2021", True, True),
        ("M51.360", date(2024, 5, 1), "unknown", "January 2021", False, True),
        ("M51.360", date(2024, 10, 1), "billable", "April 2025", True, True),
        ("M62.85", date(2021, 5, 1), "unknown", "January 2021", True, True),
        ("M62.85", date(2025, 1, 2), "billable", "April 2025", True, True),
        ("R51", date(2021, 5, 1), "category", "January 2021", True, True),
        ("M54.2", date(2023, 1, 1), "billable", "January 2021", False, True),
        ("M54.1", date(2023, 12, 1), "category", "April 2025", False, True),
        ("M54.99", date(2023, 12, 1), "unknown", "April 2025", False, True),
        ("R10.2", date(2025, 9, 30), "billable", "April 2025", True, True),
        ("R10.2", date(2025, 10, 1), "category", NEWEST, True, True),
        ("R10.20", date(2025, 9, 30), "unknown", "April 2025", True, True),
    ],
)
def test_validity_goes_by_the_date_of_service(code, day, kind, release, within, agreed):
    said = standing(code, day)
    assert (said.kind, said.release.name, said.within, said.agreed) == (kind, release, within, agreed)


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("M54.5", ("January 2021", "January 2021")),
        ("M51.37", ("January 2021", "January 2021")),
        ("M54.59", ("April 2025", NEWEST)),
        ("M54.2", ("January 2021", NEWEST)),
        ("R10.2", ("January 2021", "April 2025")),
        ("M54", None),
        ("M54.99", None),
    ],
)
def test_it_tells_in_which_releases_a_code_was_billable(code, known):
    assert standing(code, date(2026, 3, 2)).known_in == known


@pytest.mark.parametrize(
    ("code", "needs", "needed", "seventh"),
    [
        ("M54.5", ("M54.50", "M54.51", "M54.59"), 3, False),
        ("M51.36", ("M51.360", "M51.361", "M51.362", "M51.369"), 4, False),
        ("S13.4", ("S13.4XXA", "S13.4XXD", "S13.4XXS"), 3, True),
        ("S13.4XX", ("S13.4XXA", "S13.4XXD", "S13.4XXS"), 3, True),
        ("S39.012", ("S39.012A", "S39.012D", "S39.012S"), 3, True),
        ("S39.01", ("S39.011A", "S39.011D", "S39.011S", "S39.012A", "S39.012D", "S39.012S"), 9, False),
    ],
)
def test_what_a_category_needs(code, needs, needed, seventh):
    said = standing(code, date(2026, 3, 2))
    assert (said.needs, said.needed, said.seventh) == (needs, needed, seventh)


@pytest.mark.parametrize("written", ["M54.59", "m54.59", "M5459", "m5459", " M54.59 ", "M 54 59", "M54.59\n"])
def test_any_way_of_writing_a_code(written):
    assert standing(written, date(2026, 3, 2)) == standing("M54.59", date(2026, 3, 2))
    assert excludes1(written, "m5441") == excludes1("M54.59", "M54.41")
    assert title(written) == "Other low back pain"


@pytest.mark.parametrize(
    "junk",
    [
        "",
        " ",
        "\t\n",
        ".",
        "M",
        "M5",
        "54.5",
        "98941",
        "M54.5.5.5.5X",
        "M54.59A",
        "M50-M54",
        "ß",
        "M99" * 10_000,
        "\x00",
    ],
)
def test_junk_is_unknown(junk):
    said = standing(junk, date(2026, 3, 2))
    assert (said.kind, said.needs, said.known_in) == ("unknown", (), None)
    assert (siblings_by_side(junk), unspecified(junk)) == ((), False)


@settings(deadline=None)
@given(code=st.text(max_size=12), other=st.text(max_size=12), day=st.none() | st.dates())
def test_no_text_and_no_date_is_an_error(code, other, day):
    said = standing(code, day)
    assert said.within <= said.agreed
    assert (said.kind == "category") == bool(said.needs)
    assert excludes1(code, other) is None or code != other


@settings(deadline=None)
@given(place=st.integers(0, 75_131), day=st.dates(date(2019, 1, 1), date(2028, 1, 1)))
def test_a_code_is_never_faulted_on_a_date_that_a_neighbouring_release_has_it_for(place, day):
    row = all_rows()[place]
    held = releases()[row.first : row.last + 1]
    said = standing(row.bare, day)
    if any(release.valid_from <= day <= release.valid_to for release in held):
        assert (said.kind, said.within) == ("billable", True)
    elif said.within:
        assert said.kind != "billable"
    elif release_on(day)[0] in held:
        assert said.kind == "billable"


# --- Excludes1: each pair of rulebook section 8.4, and where the tabular list has it ---

PAIRS = [
    ("M54.59", "M51.360", "M54.5", False),
    ("M54.59", "M51.370", "M54.5", False),
    ("M54.59", "S39.012A", "M54.5", False),
    ("M54.59", "M51.26", "M54.5", True),
    ("M54.59", "M54.41", "M54.5", False),
    ("M54.2", "M50.20", "M54.2", True),
    ("M54.6", "M51.34", "M54.6", True),
    ("M54.12", "M50.121", "M54.1", False),
    ("M54.17", "M51.17", "M54.1", False),
    ("M54.16", "M47.26", "M54.1", False),
    ("M54.12", "M79.2", "M54.1", False),
    ("M54.31", "M51.361", "M54.3", False),
    ("M54.31", "M51.371", "M54.3", False),
    ("M51.17", "M54.31", "M51.1", False),
    ("M54.31", "M54.41", "M54.3", False),
    ("M54.31", "G57.01", "M54.3", False),
    ("M54.41", "M51.362", "M54.4", False),
    ("M54.41", "M51.372", "M54.4", False),
    ("M54.41", "M51.16", "M54.4", True),
    ("M54.89", "M54.6", "M54.8", False),
    ("M54.89", "M54.50", "M54.8", False),
    ("M51.16", "M54.16", "M51.1", False),
    ("M79.18", "M79.7", "M79.1", False),
    ("M79.12", "M60.88", "M79.1", False),
]


@pytest.mark.parametrize(("one", "other", "bearer", "conditional"), PAIRS)
def test_pairs_of_the_rulebook(one, other, bearer, conditional):
    found = excludes1(one, other)
    assert found is not None
    assert (found.code, found.other, found.bearer) == (one, other, bearer)
    assert (found.level, found.conditional) == ("code", conditional)
    assert found.words
    back = excludes1(other, one)
    assert back is not None
    assert (back.level, back.conditional) == (found.level, found.conditional)


def test_of_two_notes_as_firm_that_of_the_first_code_comes():
    assert (excludes1("M54.31", "G57.01").bearer, excludes1("G57.01", "M54.31").bearer) == ("M54.3", "G57.0")


@pytest.mark.parametrize(
    ("one", "other", "bearer", "level"),
    [
        ("M54.59", "M46.46", "M50-M54", "block"),
        ("M62.830", "M79.18", "M62", "category"),
        ("S33.5XXA", "M51.26", "S33", "category"),
        ("S23.0XXA", "M51.24", "S23.0", "code"),
        ("M47.12", "M43.5X2", "M47.1", "code"),
        ("M43.5X6", "M99.03", "M43.5", "code"),
        ("M79.2", "G57.01", "M79.2", "code"),
        ("E34.9", "P70.2", "E00-E89", "chapter"),
        ("Z34.01", "O26.891", "Z34", "category"),
        ("G63", "E11.42", "G63", "category"),
    ],
)
def test_other_levels_ranges_and_forms(one, other, bearer, level):
    found = excludes1(one, other)
    assert found is not None
    assert (found.code, found.bearer, found.level) == (one, bearer, level)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("M54.2", "M54.6"), ("M54.2", "M54.59"), ("M54.59", "M54.59"), ("M54.59", "M51.369"), ("M54.59", "M51.16")),
        *(("M54.31", "M51.360"), ("M54.6", "M50.20"), ("M27.8", "M27.2"), ("S23.0XXA", "M51.26"), ("M54.2", "M99.01")),
        *(("M99.03", "M54.59"), ("M99.01", "M50.20"), ("M99.05", "S33.6XXA"), ("M54.59", "M51"), ("", "M54.59")),
        *(("M54.59", ""), ("M5", "M54.59"), ("98941", "M54.59"), ("M54.59", "x" * 5000), ("M53.3", "M46.1")),
    ],
)
def test_codes_that_no_note_sets_apart(one, other):
    assert excludes1(one, other) is None
    assert excludes1(other, one) is None


@pytest.mark.parametrize(
    ("one", "other", "conditional"),
    [
        ("S33.5XXA", "M51.360", True),
        ("S13.0XXA", "M50.30", True),
        ("M40.04", "M96.1", True),
        ("M43.6", "P15.2", False),
        ("M54.12", "M51.16", False),
        ("M62.830", "M79.18", False),
        ("R51.9", "G44.209", False),
    ],
)
def test_a_note_for_a_part_of_a_family_is_conditional(one, other, conditional):
    assert excludes1(one, other).conditional is conditional


def test_the_firmest_note_comes():
    assert not excludes1("M54.31", "M51.16").conditional, "M54.3 has it under a condition, M51.1 without one"


def test_no_subluxation_code_stands_under_a_note():
    assert not [note for bearer, borne in table.notes().items() if bearer.startswith("M99") for note in borne]


# --- titles ---


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        *(("M54.50", True), ("M54.59", False), ("M54.2", False), ("M54.9", True), ("M51.9", True), ("R51.9", True)),
        *(("M25.519", True), ("M25.511", False), ("M54.30", True), ("S33.9", True), ("S33.9XXA", True)),
        *(("S33.5XXA", False), ("G44.209", True), ("M50.120", True), ("M54.5", False), ("M54", False), ("I10", False)),
    ],
)
def test_titles_that_say_unspecified(code, expected):
    assert unspecified(code) is expected


@pytest.mark.parametrize(
    ("code", "sides"),
    [
        ("M25.519", ("M25.511", "M25.512")),
        ("m25559", ("M25.551", "M25.552")),
        ("M54.30", ("M54.31", "M54.32")),
        ("M54.40", ("M54.41", "M54.42")),
        ("G57.00", ("G57.01", "G57.02", "G57.03")),
        ("M79.606", ("M79.604", "M79.605")),
        ("M26.609", ("M26.601", "M26.602", "M26.603")),
        ("S43.409A", ("S43.401A", "S43.402A")),
        ("M54.50", ()),
        ("M25.511", ()),
        ("M25.51", ()),
        ("M54.2", ()),
    ],
)
def test_the_codes_of_the_sides(code, sides):
    assert siblings_by_side(code) == sides


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("M54.2", "Cervicalgia"),
        ("M99.03", "Segmental and somatic dysfunction of lumbar region"),
        ("S13.4XXA", "Sprain of ligaments of cervical spine"),
        ("S39.012D", "Strain of muscle, fascia and tendon of lower back"),
        ("M51.36", "Other intervertebral disc degeneration, lumbar region"),
        ("I10", None),
        ("M54.99", None),
        ("", None),
    ],
)
def test_titles(code, words):
    assert title(code) == words


# --- the data as a whole ---


def test_every_release_has_the_number_of_codes_it_was_published_with():
    rows = all_rows()
    held = range(len(releases()))
    assert [sum(row.first <= place <= row.last for row in rows) for place in held] == [72_621, 74_260, 74_719]
    assert [row.bare for row in rows] == sorted({row.bare for row in rows})


def test_the_data_stays_small():
    assert sum(len(item.read_bytes()) for item in FOLDER.iterdir() if item.name.endswith(".gz")) < 1_000_000


def test_sides_are_codes_of_the_newest_release():
    sided = [code for row in table.rows_below("M") if row.sides for code in siblings_by_side(row.bare)]
    assert len(sided) > 1000
    assert {standing(code, date(2026, 3, 2)).kind for code in sided} == {"billable"}


def test_the_public_face():
    assert all(hasattr(icd10cm, name) for name in icd10cm.__all__)
