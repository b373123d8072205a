"""Line charts of measures as SVG: the instrument's whole scale upright, the days across, a title at each point.

Colours come from the page's style sheet by class; the same series gives the same characters.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from auditor.reports.course_series import Point, Series
from auditor.reports.course_words import change_words, day, name_words, number
from auditor.reports.scales import scale, share

WIDTH, HEIGHT = 360, 170
LEFT, RIGHT, TOP, BOTTOM = 38, 30, 16, 34
"""Margins around the field of the chart."""


Across = Mapping[int | None, float]
"""Where each visit stands from left to right, by its place in the episode; under None an earlier note."""


def line_chart(series: Series, days: Sequence[date | None], *, anchor: str) -> Markup:
    """One series as an ``<svg>`` element.

    Args:
        series: what is drawn; values that cannot be told apart are drawn without a line.
        days: date of each visit of the episode; where one has none, the visits stand at equal distances.
        anchor: makes the ids of its title and its description unique on the page.
    """
    bounds = scale(series.instrument, (point.value for point in series.points))
    older = next((point.on for point in series.points if point.visit is None), None)
    across = _across(days, older)
    lines = () if series.mixed else _lines(series.points, across, bounds)
    parts = (*_words(series, anchor), *_axis(bounds), *_days(days, across), *lines, *_points(series, across, bounds))
    opened = Markup('<svg class="plot" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">')
    return Markup("\n").join((opened.format(WIDTH, HEIGHT, anchor, anchor), *parts, Markup("</svg>")))


def _across(days: Sequence[date | None], older: date | None) -> Across:
    marks: list[tuple[int | None, date | None]] = [*([(None, older)] if older else []), *enumerate(days, start=1)]
    known = [on for _, on in marks if on]
    dated = len(known) == len(marks)
    offsets = [(on - min(known)).days for on in known] if dated else list(range(len(marks)))
    field = WIDTH - LEFT - RIGHT
    longest = max(offsets)
    return {
        place: LEFT + field * (offset / longest if longest else 0.5)
        for (place, _), offset in zip(marks, offsets, strict=True)
    }


def _up(value: float, bounds: tuple[float, float]) -> float:
    return HEIGHT - BOTTOM - share(value, bounds) * (HEIGHT - TOP - BOTTOM)


def _words(series: Series, anchor: str) -> Iterator[Markup]:
    """Title and description, for those who hear the page."""
    values = "; ".join(_said(point, series.unit) for point in series.points)
    yield Markup('<title id="{}-t">{}: {}</title>').format(anchor, name_words(series), change_words(series))
    yield Markup('<desc id="{}-d">{}</desc>').format(anchor, values)


def _said(point: Point, unit: str | None) -> str:
    note = ", an earlier note" if point.visit is None else ""
    return f"{day(point.on)}{note}: {number(point.value, unit)}"


def _axis(bounds: tuple[float, float]) -> Iterator[Markup]:
    """The scale: its bottom, middle and top."""
    low, high = bounds
    line = Markup('<line class="scale" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>')
    for value in (low, (low + high) / 2, high):
        y = _up(value, bounds)
        yield line.format(LEFT - 8, WIDTH - RIGHT + 8, y, y)
        yield _text("end", LEFT - 12, y + 4, number(value))


def _days(days: Sequence[date | None], across: Across) -> Iterator[Markup]:
    """A stroke for each visit, and the dates of the first and the last one."""
    tick = Markup('<line class="visit" x1="{:.1f}" x2="{:.1f}" y1="{}" y2="{}"/>')
    low = HEIGHT - BOTTOM
    for place in range(1, len(days) + 1):
        yield tick.format(across[place], across[place], low, low + 6)
    several = days[0] != days[-1]
    yield _text("start" if several else "middle", across[1], HEIGHT - 12, day(days[0]))
    if several:
        yield _text("end", across[len(days)], HEIGHT - 12, day(days[-1]))


def _lines(points: Sequence[Point], across: Across, bounds: tuple[float, float]) -> Iterator[Markup]:
    """From value to value; broken over visits that have none."""
    line = Markup('<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>')
    for one, other in pairwise(points):
        near = one.visit is not None and other.visit == one.visit + 1
        ends = (across[one.visit], _up(one.value, bounds), across[other.visit], _up(other.value, bounds))
        yield line.format("run" if near else "run gap", *ends)


def _points(series: Series, across: Across, bounds: tuple[float, float]) -> Iterator[Markup]:
    """A dot for each value, with its day and value as title; the first and the last value stand beside theirs."""
    dot = Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="3.5"><title>{}</title></circle>')
    for point in series.points:
        x, y = across[point.visit], _up(point.value, bounds)
        yield dot.format("dot" if point.visit else "dot older", x, y, _said(point, series.unit))
    if not series.mixed:
        for point in dict.fromkeys((series.points[0], series.points[-1])):
            y = _up(point.value, bounds)
            yield _text("middle", across[point.visit], y - 8 if y > TOP + 12 else y + 16, number(point.value), "value")


def _text(anchor: str, x: float, y: float, words: str, kind: str = "label") -> Markup:
    text = Markup('<text class="{}" text-anchor="{}" x="{:.1f}" y="{:.1f}">{}</text>')
    return text.format(kind, anchor, x, y, words)
