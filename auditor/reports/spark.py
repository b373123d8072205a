"""Small charts for the terminal: one character a visit, its height the value on the instrument's own scale."""

from collections.abc import Sequence

from auditor.reports.course_series import Series
from auditor.reports.scales import scale, share

BLOCKS = "▁▂▃▄▅▆▇█"
DIGITS = "0123456789"
GAP, ASCII_GAP = "·", "."
LEGEND = "one sign a visit, its height the value on the instrument's scale; · no value"
ASCII_LEGEND = "one digit a visit, the value in tenths of the instrument's scale; . no value"


def spark(series: Series, visits: int, *, before: bool = False, ascii: bool = False) -> str:
    """The values of a series in a row.

    Args:
        series: one whose values can be told apart.
        visits: how many visits the episode has; each takes one character.
        before: whether a column for the value of an earlier note comes first, for all series of the episode alike.
        ascii: digits in place of blocks.
    """
    values = {point.visit: point.value for point in series.points}
    bounds = scale(series.instrument, values.values())
    columns: Sequence[int | None] = (*((None,) if before else ()), *range(1, visits + 1))
    return "".join(_sign(values.get(column), bounds, ascii) for column in columns)


def _sign(value: float | None, bounds: tuple[float, float], ascii: bool) -> str:
    signs, gap = (DIGITS, ASCII_GAP) if ascii else (BLOCKS, GAP)
    if value is None:
        return gap
    return signs[min(len(signs) - 1, int(share(value, bounds) * len(signs)))]
