"""The values of one visit, each with what the auditor compared it with."""

from dataclasses import dataclass

from auditor.records import Audit, ComparedMeasure, MeasureFact

Kind = tuple[str, str | None, str | None]
"""Instrument, unit, and what of it is told of: values of one kind may be compared."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A value of one visit with what the auditor compared it with; ``was`` is the value before it."""

    instrument: str
    region: str | None
    unit: str | None
    about: str | None
    value: float
    was: float | None = None
    compared: ComparedMeasure | None = None

    @property
    def kind(self) -> Kind:
        """What it may be compared with."""
        return (self.instrument, self.unit, self.about)


def measured(audit: Audit) -> tuple[Measured, ...]:
    """The values of one visit, in the note's order, each with its comparison where the auditor made one."""
    left = list(audit.episode.measures) if audit.episode else []
    found = []
    for fact in audit.facts.measures:
        compared = next((item for item in left if _same(fact, item)), None)
        if compared:
            left.remove(compared)
        was = compared.last if compared else fact.previous
        found.append(_measured(fact, was, compared))
    rest = (_measured(item, item.last, item) for item in left)
    return tuple(dict.fromkeys((*found, *rest)))


def _measured(item: MeasureFact | ComparedMeasure, was: float | None, compared: ComparedMeasure | None) -> Measured:
    return Measured(item.instrument, item.region, _unit(item.unit), item.about, item.value, was, compared)


def _unit(unit: str | None) -> str | None:
    """The unit; a scale ("0-10", "/10") is none."""
    return None if unit is None or unit[:1].isdigit() or unit[:1] == "/" else unit


def _same(fact: MeasureFact, item: ComparedMeasure) -> bool:
    fields = ("instrument", "region", "unit", "about", "value")
    return all(getattr(fact, name) == getattr(item, name) for name in fields)
