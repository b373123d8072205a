"""Spans as the auditor reads them, from an explained audit: a draft for annotators."""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.anatomy import REGIONS, SPINAL
from auditor.benchmark.brat import INSTRUMENTS
from auditor.benchmark.spans import Assertion, Facet, Span, in_order

_ASSERTIONS: tuple[tuple[str, Assertion], ...] = (
    ("OTHER_PERSON", "other_person"),
    ("HISTORICAL", "historical"),
    ("PLANNED", "hypothetical"),
    ("HYPOTHETICAL", "hypothetical"),
    ("NEGATED", "negated"),
)
_FACETS: dict[str, Facet] = {
    "refers to a plan in force": "refers_to_plan",
    "objective goal": "objective_goal",
    "goal that cannot be measured": "goal",
}

_ROLES = {"possible": "mentioned"}
"""Roles of a reading that are none of a span: what may have been treated is for a person to say."""
_LENGTHS = ("._durations", "._authorised")
"""Grammars of the schedule that find lengths, where the others find frequencies."""


def spans_of(audit: Mapping[str, Any]) -> tuple[Span, ...]:
    """The spans of an audit as plain data; none where it was not explained."""
    found = {span for fact in audit.get("explanation") or () for span in _spans(fact)}
    return in_order(found)


def _spans(fact: Mapping[str, Any]) -> Iterator[Span]:
    start, end = fact["evidence"]["start"], fact["evidence"]["end"]
    levels = tuple(name for name in fact["names"] if name not in REGIONS)
    regions = tuple(name for name in fact["names"] if name in REGIONS)
    match fact["fact"]:
        case "place":
            categories = {modifier["category"] for modifier in fact["modifiers"]}
            said: Assertion = next((name for category, name in _ASSERTIONS if category in categories), "affirmed")
            role, names = _ROLES.get(fact["role"], fact["role"]), levels or regions
            yield Span(start=start, end=end, kind="place", role=role, assertion=said, names=names)
        case "part":
            spinal = tuple(region for region in regions if region in SPINAL)
            yield Span(start=start, end=end, kind="part", criterion=fact["says"][0], regions=spinal)
        case "measure":
            instrument, value = fact["says"].split(",")[0].split(" ")
            if instrument not in INSTRUMENTS:
                return
            yield Span(start=start, end=end, kind="measure", instrument=instrument, value=float(value), when="today")
        case "plan" if fact["says"] in _FACETS:
            yield Span(start=start, end=end, kind="plan", facet=_FACETS[fact["says"]])
        case "plan" if fact["says"] == "frequency or duration":
            facet: Facet = "duration" if fact["rule"].endswith(_LENGTHS) else "frequency"
            yield Span(start=start, end=end, kind="plan", facet=facet)
        case "signature":
            status = fact["says"].split(",")[0]
            if status != "absent":
                yield Span(start=start, end=end, kind="signature", status=status)
