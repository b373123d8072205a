"""Points in time of HL7 and FHIR to the day that they name, as it is written there: no time zone moves it."""

import re
from datetime import date
from typing import Any

_DAY = re.compile(r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})")


def day_of(value: Any) -> date | None:  # noqa: ANN401 - anything may come in
    """The day of "20260304103000-0500" or "2026-03-04T10:30:00Z"; None for a mere month, a year or anything else."""
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        return None
