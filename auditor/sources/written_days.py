"""Dates as tables write them: ISO, or month/day/year as in the United States, with or without a midnight behind."""

import re
from datetime import date

WAYS = "write it as 2026-03-04 (ISO) or 3/4/2026 (US: month/day/year)"
_US = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00(\.0+)?)?$|,? 12:00(:00)? ?AM$", re.IGNORECASE)


def day_written(text: str) -> date | None:
    """The date that a cell of a table writes; None where it writes none."""
    text = _MIDNIGHT.sub("", text.strip())
    try:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
        if found := _US.fullmatch(text):
            month, day, year = map(int, found.groups())
            return date(year, month, day)
    except ValueError:
        pass
    return None
