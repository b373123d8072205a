"""Bootstrap intervals: notes are drawn again with replacement, and every figure is computed anew on each draw.

The unit is the note, for the answers within one hang together (Efron and Tibshirani, An Introduction to the Bootstrap,
1993, percentile method). The draws are seeded, so that the same audits give the same intervals.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from auditor.benchmark.scoring import Comparison

Counts = npt.NDArray[np.float64]
SEED = 20260101
SAMPLES = 1000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval; ``low`` and ``high`` are percentiles of the draws."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What one task gave: the number of notes, and estimates by name (f1, exact; agreement, kappa)."""

    notes: int
    estimates: dict[str, Estimate]


def figures_of(comparisons: Sequence[Comparison], *, samples: int = SAMPLES, seed: int = SEED) -> dict[str, Figures]:
    """The figures of each task with intervals, in the order in which tasks first appear.

    Args:
        comparisons: answers of all notes, as ``scoring.compare`` gives them.
        samples: how many times the notes are drawn.
        seed: of the draws.
    """
    notes = list(dict.fromkeys(item.note for item in comparisons))
    draws = draws_of(len(notes), samples, seed)
    by_task: dict[str, list[Comparison]] = {}
    for item in comparisons:
        by_task.setdefault(item.task, []).append(item)
    places = {note: place for place, note in enumerate(notes)}
    return {task: _task(items, places, draws) for task, items in by_task.items()}


def draws_of(notes: int, samples: int = SAMPLES, seed: int = SEED) -> Counts:
    """How often each note is drawn, a row a draw: one row of ones first, which is the notes as they are."""
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(notes, np.full(notes, 1 / notes), size=samples)
    return np.vstack([np.ones(notes), drawn])


def share(right: Sequence[bool], *, samples: int = SAMPLES, seed: int = SEED) -> Estimate:
    """The share of what is right, with its interval; 1 of nothing."""
    if not right:
        return Estimate(1.0, 1.0, 1.0)
    return _estimate(draws_of(len(right), samples, seed) @ np.array(right, dtype=float) / len(right))


def _task(items: Sequence[Comparison], places: dict[str, int], draws: Counts) -> Figures:
    sets = isinstance(items[0].gold, frozenset)
    rows, figures = (_of_sets if sets else _of_verdicts)(items, places, draws.shape[1])
    totals = draws @ rows
    notes = len({item.note for item in items})
    return Figures(notes, {name: _estimate(figure(totals)) for name, figure in figures.items()})


def _of_sets(
    items: Sequence[Comparison], places: dict[str, int], notes: int
) -> tuple[Counts, dict[str, Callable[[Counts], Counts]]]:
    rows = np.zeros((notes, 5))
    for item in items:
        gold, said = item.gold, item.said
        assert isinstance(gold, frozenset)
        assert isinstance(said, frozenset)
        counts = (len(gold & said), len(said - gold), len(gold - said), gold == said, 1)
        rows[places[item.note]] += np.array(counts, dtype=float)
    return rows, {
        "f1": lambda totals: _ratio(2 * totals[:, 0], 2 * totals[:, 0] + totals[:, 1] + totals[:, 2]),
        "exact": lambda totals: _ratio(totals[:, 3], totals[:, 4]),
    }


def _of_verdicts(
    items: Sequence[Comparison], places: dict[str, int], notes: int
) -> tuple[Counts, dict[str, Callable[[Counts], Counts]]]:
    answers: dict[Hashable, int] = {}
    for item in items:
        answers.setdefault(item.gold, len(answers))
        answers.setdefault(item.said, len(answers))
    kinds = len(answers)
    rows = np.zeros((notes, kinds * kinds))
    for item in items:
        rows[places[item.note], answers[item.gold] * kinds + answers[item.said]] += 1

    def agreement(totals: Counts) -> Counts:
        tables = totals.reshape(-1, kinds, kinds)
        return _ratio(np.trace(tables, axis1=1, axis2=2), tables.sum(axis=(1, 2)))

    def kappa(totals: Counts) -> Counts:
        tables = totals.reshape(-1, kinds, kinds)
        cases = tables.sum(axis=(1, 2))
        chance = _ratio((tables.sum(axis=2) * tables.sum(axis=1)).sum(axis=1), cases**2)
        certain = np.isclose(chance, 1)
        return np.where(certain, 1.0, (agreement(totals) - chance) / np.where(certain, 1.0, 1 - chance))

    return rows, {"agreement": agreement, "kappa": kappa}


def _ratio(part: Counts, whole: Counts) -> Counts:
    """Part of whole; 1 of nothing."""
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1), 1.0)


def _estimate(values: Counts) -> Estimate:
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(values[1:], [tail, 100 - tail])
    return Estimate(float(values[0]), float(low), float(high))
