"""Packed words, and the share that two notes do not have in common."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.near_duplicates.packed_words import pack, shares, unpack

FEW = st.lists(st.integers(1, 6), min_size=1, max_size=30)


@settings(deadline=None)
@given(st.lists(st.one_of(st.integers(1, 2**32), st.integers(1, 2**63 - 1)), max_size=50))
def test_packed_words_come_back_sorted(words: list[int]) -> None:
    assert unpack(pack(words)).tolist() == sorted(words)


@pytest.mark.parametrize(("largest", "each"), [(2**32, 4), (2**32 + 1, 8)])
def test_words_of_a_print_take_four_bytes(largest: int, each: int) -> None:
    assert len(pack([1, 2, largest])) == 1 + 3 * each


@settings(deadline=None)
@given(FEW, st.lists(FEW, max_size=5))
def test_shares_are_those_counted_word_by_word(note: list[int], others: list[list[int]]) -> None:
    one = Counter(note)
    counted = [((one - Counter(other)) + (Counter(other) - one)).total() for other in others]
    assert shares(np.sort(note), [np.sort(other) for other in others]) == [
        words / (2 * max(len(note), len(other))) for words, other in zip(counted, others, strict=True)
    ]


@pytest.mark.parametrize("damaged", [b"", b"x123", b"4123", b"8123"])
def test_other_bytes_are_refused(damaged: bytes) -> None:
    with pytest.raises(ValueError, match=r"packed words|buffer size"):
        unpack(damaged)
