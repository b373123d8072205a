"""Walking through FHIR resources as plain JSON: what has a wrong type counts as missing, for anything may come in."""

from datetime import date
from typing import Any

from auditor.sources.clinical.days import day_of

Resource = dict[str, Any]
MOST_PEOPLE = 50
"""Authors, attesters or encounters of one document that are looked at."""


def at(value: Any, *names: str) -> Any:  # noqa: ANN401 - any JSON value
    """The value at a path of names; None where something on the way is no object."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def words(value: Any, *names: str) -> str | None:  # noqa: ANN401 - any JSON value
    """The text at a path of names; None where there is none, or only blanks."""
    found = at(value, *names)
    return found if isinstance(found, str) and found.strip() else None


def objects(value: Any, *names: str) -> list[Resource]:  # noqa: ANN401 - any JSON value
    """The objects in the list at a path of names; a single object counts as a list of one."""
    found = at(value, *names)
    members = found if isinstance(found, list) else [found]
    return [member for member in members if isinstance(member, dict)]


def texts(value: Any, *names: str) -> list[str]:  # noqa: ANN401 - any JSON value
    """The texts in the list at a path of names."""
    found = at(value, *names)
    return [member for member in found if isinstance(member, str)] if isinstance(found, list) else []


def codes(concept: Any) -> list[str]:  # noqa: ANN401 - any JSON value
    """The codes of a CodeableConcept, or a plain code as the only one."""
    if isinstance(concept, str):
        return [concept]
    return [code for coding in objects(concept, "coding") if (code := words(coding, "code"))]


def one_day(period: Any) -> date | None:  # noqa: ANN401 - any JSON value
    """The day on which a Period begins, where it does not end on another."""
    first, last = day_of(at(period, "start")), day_of(at(period, "end"))
    return first if last in (None, first) else None
