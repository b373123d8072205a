"""Progress measures: which direction is better, and how large a change is meaningful (rulebook §4.1)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from auditor.facts import Measure, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One instrument. ``points`` and ``share`` are the smallest meaningful change; None: no value is at hand."""

    says: str
    source: str
    higher_is_better: bool
    higher_about: tuple[str, ...] = ()
    """What of it counts the other way (PROMIS physical function)."""
    range: tuple[float, float] | None = None
    points: float | None = None
    share: float | None = None


@cache
def instruments() -> dict[str, Instrument]:
    """Every instrument by the name that measures carry."""
    rows: dict[str, dict[str, Any]] = tomllib.loads(
        files(__package__).joinpath("instruments.toml").read_text(encoding="utf-8")
    )
    tuples = {name: {key: _frozen(value) for key, value in row.items()} for name, row in rows.items()}
    return {name: Instrument(**row) for name, row in tuples.items()}


def _frozen(value: Any) -> Any:  # noqa: ANN401 - a TOML value
    return tuple(value) if isinstance(value, list) else value


def higher_is_better(item: Measure | Target) -> bool:
    """Whether a higher value is the better one; an unknown instrument counts as a disability score."""
    known = instruments().get(item.instrument)
    return known is not None and (known.higher_is_better or item.about in known.higher_about)


def direction(measure: Measure, before: float) -> str:
    """``better``, ``same`` or ``worse`` against a value before."""
    if measure.value == before:
        return "same"
    return "better" if (measure.value > before) == higher_is_better(measure) else "worse"


def meaningful(measure: Measure, before: float) -> bool | None:
    """Whether the change from a value before is as large as a meaningful one; None where no size is at hand."""
    known = instruments().get(measure.instrument)
    if known is None or (known.points is None and known.share is None):
        return None
    change = abs(measure.value - before)
    by_points = known.points is not None and change >= known.points
    return by_points or (known.share is not None and before > 0 and change >= known.share * before)


def reached(measure: Measure, target: Target) -> bool:
    """Whether a value is at a goal's target or beyond it."""
    return measure.value >= target.value if higher_is_better(measure) else measure.value <= target.value
