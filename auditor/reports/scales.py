"""The scale of each instrument, so that charts of one instrument can be compared by eye."""

from collections.abc import Iterable

RANGES: dict[str, tuple[float, float]] = {
    "NPRS": (0, 10),
    "ODI": (0, 100),
    "NDI": (0, 100),
    "RMDQ": (0, 24),
    "QBPDS": (0, 100),
    "BQ": (0, 70),
    "FRI": (0, 100),
    "HIT-6": (36, 78),
    "PSFS": (0, 10),
    "PROMIS": (20, 80),
    "SLR": (0, 90),
    "ROM": (0, 90),
}
"""Lowest and highest value; the same as where visits are judged (rulebook §4.1)."""

_STEPS = (0, 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


def scale(instrument: str, values: Iterable[float]) -> tuple[float, float]:
    """The instrument's range, widened to a round number where a value lies beyond it; from 0 where none is known."""
    known = list(values)
    low, high = RANGES.get(instrument, (0.0, 0.0))
    top = high if max(known, default=0) <= high and high > low else _round_up(max([*known, high, low + 1]))
    bottom = low if min(known, default=low) >= low else -_round_up(-min(known))
    return (bottom if bottom < top else top - 1, top)


def _round_up(value: float) -> float:
    """The next round number; a value up to 0 gives 0."""
    power = 10.0 ** (len(str(int(value))) - 1) if value >= 1 else 1.0
    return next(step * power for step in _STEPS if step * power >= value)


def share(value: float, bounds: tuple[float, float]) -> float:
    """Where a value stands on a scale: 0 at the bottom, 1 at the top."""
    low, high = bounds
    return min(1.0, max(0.0, (value - low) / (high - low)))
