"""Today's measures against the last visit and against the beginning of the episode (verdicts §3.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from auditor.facts import Facts, Measure
from auditor.judging.case import Case, EarlierFacts, once
from auditor.judging.course import episode
from auditor.judging.instruments import direction, meaningful

_OF_TODAY_ONLY = ("FREQUENCY",)
"""Counts of anything: what they count is not kept, so two notes cannot be compared."""
_ONE_OF_ITS_KIND = ("NPRS", "FUNCTION", "ROM", "SLR")
"""Instruments of which a note may hold several, for several places; of the others a note holds one."""


@dataclass(frozen=True, slots=True)
class Before:
    """A value before today's; ``day`` is None where today's own note gives it or the earlier note has no date."""

    value: float
    day: date | None
    in_note: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """A measure of today with its value at the last visit that has one, and at the first visit of the episode."""

    measure: Measure
    last: Before
    baseline: Before | None

    @property
    def since_last(self) -> str:
        """``better``, ``same`` or ``worse`` than at the last visit."""
        return direction(self.measure, self.last.value)

    @property
    def since_baseline(self) -> str | None:
        """The same against the first value of the episode."""
        return direction(self.measure, self.baseline.value) if self.baseline else None

    @property
    def better(self) -> bool:
        """Whether it improved: since the last visit, or since the beginning without a step back since the last one."""
        return self.since_last == "better" or (self.since_last == "same" and self.since_baseline == "better")

    @property
    def meaningful(self) -> bool | None:
        """Whether the change since the beginning is a meaningful one."""
        return meaningful(self.measure, (self.baseline or self.last).value)


@once
def comparisons(case: Case) -> tuple[Comparison, ...]:
    """Every measure of today that has a previous value: in the note, else in the latest earlier note that gives one."""
    found = []
    for measure in case.facts.measures:
        before = _values(case.facts, measure, episode(case).comparable)
        last = Before(measure.previous, None, in_note=True) if measure.previous is not None else None
        if last := last or (before[-1] if before else None):
            found.append(Comparison(measure, last, before[0] if before else None))
    return tuple(found)


def _values(today: Facts, measure: Measure, notes: Iterable[EarlierFacts]) -> list[Before]:
    if measure.instrument in _OF_TODAY_ONLY:
        return []
    found = ((note, matching(measure, note.facts, several=_several(measure, today))) for note in notes)
    return [Before(item.value, note.date_of_service) for note, item in found if item]


def _several(measure: Measure, today: Facts) -> bool:
    """Whether today's note has several values of an instrument, so that the place must tell which is which."""
    return sum(item.instrument == measure.instrument for item in today.measures) > 1


def matching(measure: Measure, earlier: Facts, *, several: bool = False) -> Measure | None:
    """The value of the same instrument, unit and place in another note; another place only where one is unnamed.

    Args:
        measure: the value of one note.
        earlier: the other note.
        several: whether the first note has several values of it; kept for instruments of which one is usual.
    """
    same = [
        item
        for item in earlier.measures
        if (item.instrument, item.unit, item.about) == (measure.instrument, measure.unit, measure.about)
    ]
    if measure.instrument not in _ONE_OF_ITS_KIND and same and not several:
        return same[0]
    exact = [item for item in same if item.region == measure.region]
    open_place = [item for item in same if item.region is None or measure.region is None]
    return next(iter(exact or open_place), None)


def gains(case: Case) -> bool:
    """Whether a concrete functional gain is documented today."""
    return any(change.direction == "gain" for change in case.facts.changes)
