"""The values of each measure over the visits of an episode, as far as they can be told apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from auditor.records import ComparedMeasure
from auditor.reports.course_measures import Kind, Measured

_NOT_COMPARABLE = ("FREQUENCY",)
"""Counts of anything: what they count is not kept."""

Compared = frozenset[tuple[date | None, float | None]]


@dataclass(frozen=True, slots=True)
class Point:
    """A value; ``visit`` is the visit's place in the episode, from 1. None: an earlier note that is not shown."""

    visit: int | None
    on: date | None
    value: float


@dataclass(frozen=True, slots=True)
class Series:
    """One instrument at one place over an episode.

    Attributes:
        instrument: as in the audits.
        region: None where no note gives the place.
        unit: None where the notes give none.
        about: activity, or motion with its side, that it tells of.
        points: oldest first; the place of a visit without a value is left out.
        higher_is_better: None where the auditor compared nothing.
        meaningful: whether the change from the first to the last value is a meaningful one; None: not known.
        left_out: visits with several values that cannot be told apart, such as two motions of one region.
        mixed: whether no visit has a single one: then ``points`` holds them all.
    """

    instrument: str
    region: str | None
    unit: str | None
    about: str | None
    points: tuple[Point, ...]
    higher_is_better: bool | None = None
    meaningful: bool | None = None
    left_out: int = 0
    mixed: bool = False

    @property
    def direction(self) -> str | None:
        """``better``, ``same`` or ``worse`` from the first to the last value; None where that cannot be said."""
        first, last = self.points[0].value, self.points[-1].value
        if self.mixed or len(self.points) < 2:
            return None
        if first == last:
            return "same"
        return None if self.higher_is_better is None else _direction(last > first, self.higher_is_better)


def _direction(higher: bool, higher_is_better: bool) -> str:
    return "better" if higher == higher_is_better else "worse"


@dataclass(frozen=True, slots=True)
class _Reading:
    """A value with the visit it stands in."""

    visit: int
    on: date | None
    region: str | None
    measured: Measured


def series(visits: Sequence[tuple[date | None, Sequence[Measured]]], shown: Iterable[date]) -> tuple[Series, ...]:
    """Each instrument at each place over the visits of one episode, in the order in which they first come up.

    Args:
        visits: date and values of each visit, in order.
        shown: dates of all visits that are shown: a value of another date is from an earlier note beyond them.
    """
    kinds: dict[Kind, list[_Reading]] = {}
    for place, (on, values) in enumerate(visits, start=1):
        for item in values:
            if item.instrument not in _NOT_COMPARABLE:
                kinds.setdefault(item.kind, []).append(_Reading(place, on, item.region, item))
    known = frozenset(shown)
    return tuple(one for kind, readings in kinds.items() for one in _of_one_kind(kind, readings, known))


def _of_one_kind(kind: Kind, readings: list[_Reading], shown: frozenset[date]) -> Iterator[Series]:
    places: dict[str | None, list[_Reading]] = {}
    for reading in _placed(readings):
        places.setdefault(reading.region, []).append(reading)
    compared = _compared(readings)
    for region, found in _joined(places).items():
        yield _one(kind, region, found, shown, compared)


def _placed(readings: list[_Reading]) -> Iterator[_Reading]:
    """Values without a place get that of the value which they were compared with, unless their visit has both."""
    known: dict[tuple[date | None, float | None], set[str]] = {}
    named = {(reading.visit, reading.region) for reading in readings}
    for reading in readings:
        region, before = reading.region, reading.measured.compared
        if region is None and before and before.last_on:
            found = known.get((before.last_on, before.last), set())
            region = next(iter(found)) if len(found) == 1 else None
            region = None if (reading.visit, region) in named else region
        if region:
            known.setdefault((reading.on, reading.measured.value), set()).add(region)
        yield replace(reading, region=region)


def _joined(places: dict[str | None, list[_Reading]]) -> dict[str | None, list[_Reading]]:
    """Values without a place join those of the only place that there is, unless one visit has both."""
    named = [region for region in places if region]
    if None not in places or len(named) != 1:
        return places
    bare, other = places[None], places[named[0]]
    if {item.visit for item in bare} & {item.visit for item in other}:
        return places
    return {named[0]: sorted((*bare, *other), key=lambda item: item.visit)}


def _compared(readings: Iterable[_Reading]) -> Compared:
    """The days and values that later visits are compared with."""
    items = [reading.measured.compared for reading in readings if reading.measured.compared]
    pairs = ((on, value) for item in items for on, value in _befores(item))
    return frozenset((on, value) for on, value in pairs if on)


def _befores(item: ComparedMeasure) -> tuple[tuple[date | None, float | None], ...]:
    return ((item.last_on, item.last), (item.baseline_on, item.baseline))


def _one(kind: Kind, region: str | None, found: list[_Reading], shown: frozenset[date], compared: Compared) -> Series:
    instrument, unit, about = kind
    visits = {reading.visit: [item for item in found if item.visit == reading.visit] for reading in found}
    chosen = [item for several in visits.values() if (item := _chosen(several, compared))]
    known = [item.measured.compared for item in chosen or found if item.measured.compared]
    points = tuple(dict.fromkeys(Point(item.visit, item.on, item.measured.value) for item in chosen or found))
    better = known[-1].higher_is_better if known else None
    base = Series(instrument, region, unit, about, points, better, left_out=len(visits) - len(chosen))
    if not chosen:
        return replace(base, mixed=True)
    points = (*_before(known, shown, points[0]), *points)
    return replace(base, points=points, meaningful=_meaningful(chosen[-1].measured, points))


def _chosen(several: list[_Reading], compared: Compared) -> _Reading | None:
    """The value of one visit: the only one, else the only one that the auditor compares later visits with."""
    values = {item.measured.value: item for item in reversed(several)}
    asked = [item for value, item in values.items() if (several[0].on, value) in compared]
    left = asked or list(values.values())
    return left[0] if len(left) == 1 else None


def _before(compared: list[ComparedMeasure], shown: frozenset[date], first: Point) -> tuple[Point, ...]:
    """The first value of the episode, where an earlier note beyond the visits shown gives it."""
    for item in compared:
        if item.baseline is not None and item.baseline_on and item.baseline_on not in shown:
            older = first.on is None or item.baseline_on < first.on
            return (Point(None, item.baseline_on, item.baseline),) if older else ()
    return ()


def _meaningful(last: Measured, points: tuple[Point, ...]) -> bool | None:
    """The auditor's word on the last value, where it compared it with the first value of the series."""
    item = last.compared
    if item is None or len(points) < 2:
        return None
    first = points[0]
    if item.baseline is not None:
        return item.meaningful if (item.baseline, item.baseline_on) == (first.value, first.on) else None
    return item.meaningful if item.last == first.value and item.last_on == first.on else None
