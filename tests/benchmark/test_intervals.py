"""Figures and their intervals: the figures are the scorer's, the intervals hold them and do not change between runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.benchmark.intervals import figures_of, share
from auditor.benchmark.scoring import Comparison, tally

SETS = st.frozensets(st.sampled_from("abcd"))
ANSWERS = st.sampled_from(["met", "partial", "not_met"])


def sets(pairs):
    return [Comparison("s", f"n{i}", gold, said, f"n{i}") for i, (gold, said) in enumerate(pairs)]


def verdicts(pairs):
    return [Comparison("v", f"n{i}", gold, said, f"n{i}") for i, (gold, said) in enumerate(pairs)]


@given(st.lists(st.tuples(SETS, SETS), min_size=1, max_size=8), st.lists(st.tuples(ANSWERS, ANSWERS), min_size=1))
def test_figures_are_the_scorers(some_sets, some_verdicts):
    items = [*sets(some_sets), *verdicts(some_verdicts)]
    rows, found = tally(items), figures_of(items, samples=100)
    assert list(found) == list(rows)
    for task, figures in found.items():
        for name, estimate in figures.estimates.items():
            assert estimate.value == pytest.approx(rows[task][name]), (task, name)
            assert estimate.low <= estimate.high


def test_all_right_leaves_no_doubt_and_half_right_leaves_much():
    right = figures_of(verdicts([("met", "met"), ("partial", "partial")] * 20))["v"].estimates["agreement"]
    assert (right.value, right.low, right.high) == (1, 1, 1)
    half = figures_of(verdicts([("met", "met"), ("met", "partial")] * 20))["v"].estimates["agreement"]
    assert half.low < 0.4 < half.value == 0.5 < 0.6 < half.high


def test_the_note_is_what_is_drawn():
    """Two answers of one note stand or fall together: the interval is that of the notes, not of the answers."""
    apart = figures_of([Comparison("v", f"{n}", "x", "x" if n % 2 else "y", f"{n}") for n in range(40)])
    bound = figures_of([Comparison("v", f"{n}", "x", "x" if (n // 4) % 2 else "y", f"{n // 4}") for n in range(40)])
    width = [found["v"].estimates["agreement"].high - found["v"].estimates["agreement"].low for found in (apart, bound)]
    assert width[1] > 1.5 * width[0]


def test_the_same_answers_give_the_same_interval():
    items = verdicts([("met", "met"), ("met", "partial"), ("partial", "partial")] * 5)
    assert figures_of(items) == figures_of(items)
    assert figures_of(items) != figures_of(items, seed=1)


def test_share_of_nothing_is_one():
    assert share([]).value == 1
    assert share([True, False]).value == 0.5
