"""Keys of notes: the same everywhere, blind to numbers, shared by notes that are nearly alike."""

import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.facts import NotePrint
from auditor.near_duplicates import keys
from auditor.near_duplicates.minhash import BANDS, FEWEST_WORDS, keys_of

WORDS = st.lists(st.integers(1, 2**32), min_size=FEWEST_WORDS, max_size=80)
FIXED = (14876149416025981752, 178046789296492136)
"""First and last key of the words 1 to 40: whoever changes them must give the file another version."""


def of(words: list[int], stay: tuple[int, ...] = ()) -> tuple[int, ...]:
    found = keys(NotePrint(tuple(words), stay))
    assert found is not None
    return found


def test_keys_are_what_they_always_were() -> None:
    found = of(list(range(1, 41)))
    assert (found[0], found[-1]) == FIXED
    assert len(set(found)) == BANDS


def test_keys_are_the_same_in_another_process() -> None:
    code = "from auditor.facts import NotePrint; from auditor.near_duplicates import keys; print(keys(NotePrint(tuple(range(1, 41)))))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.strip() == str(of(list(range(1, 41))))


@pytest.mark.parametrize(
    ("must", "kept"),
    [((), False), (range(1, 18), False), ((*range(1, 18), *range(-40, 0)), False), (range(1, 19), True)],
)
def test_terse_notes_have_no_keys(must: range, kept: bool) -> None:
    assert (keys(NotePrint(tuple(must), tuple(range(1, 100)))) is not None) is kept


@settings(deadline=None)
@given(WORDS, st.lists(st.tuples(st.integers(0, 80), st.integers(-(2**32), -1)), max_size=20))
def test_numbers_do_not_matter(words: list[int], numbers: list[tuple[int, int]]) -> None:
    valued = list(words)
    for place, number in numbers:
        valued.insert(place, number)
    assert of(valued) == of(words)
    assert of(words, tuple(words)) == of(words)


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=8))
def test_many_at_once_are_as_one_by_one(notes: list[list[int]]) -> None:
    assert [tuple(row) for row in keys_of(notes).tolist()] == [of(words) for words in notes]


def test_blocks_join_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(3)
    notes = [[draw.randrange(1, 2**32) for _ in range(draw.randrange(18, 60))] for _ in range(23)]
    whole = keys_of(notes).tolist()
    monkeypatch.setattr("auditor.near_duplicates.minhash._AT_ONCE", 5)
    assert keys_of(notes).tolist() == whole
    assert keys_of([]).shape == (0, BANDS)


def test_the_set_of_pairs_counts_not_how_often_they_stand() -> None:
    words = list(range(1, 30))
    assert of(words * 2) == of(words * 3)
    assert of(words[::-1]) != of(words), "order is kept within pairs"


@pytest.mark.parametrize(("common", "least", "most"), [(0.9, 0.98, 1.0), (0.7, 0.42, 0.60), (0.3, 0.0, 0.02)])
def test_chance_to_share_a_band_is_as_computed(common: float, least: float, most: float) -> None:
    """Measured over 600 pairs of notes whose sets of pairs overlap as far as said: 1 - (1 - j^8)^12."""
    draw, size = random.Random(5), 120
    shared = 0
    for _ in range(600):
        # two runs, one of them different: of size + other pairs, size are in both
        both = [draw.randrange(1, 2**32) for _ in range(size + 1)]
        other = round(size * (1 - common) / common / 2)
        one, two = ([draw.randrange(1, 2**32) for _ in range(other)] for _ in range(2))
        shared += bool(set(of(both + one)) & set(of(both + two)))
    assert least <= shared / 600 <= most
