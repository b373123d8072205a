"""Columns of earlier visits: on a card that sets visits side by side, only the last column tells of today."""

import re

from auditor.reading.document import Concept, Reading
from auditor.reading.forms.cells import cells_of
from auditor.reading.forms.value_tables import headings_of
from auditor.reading.plain.lines import Span
from auditor.reading.values import Timing

_MOST_ROWS = 30
_SLACK = 3
"""Characters by which a cell may stand left of its column's heading."""
_FEWEST_BLANKS = re.compile(r"\S[ \t]{2,}\S|\|")


def earlier_spans(reading: Reading) -> list[Span]:
    """Spans of the cells that stand in a column of an earlier visit, in order."""
    columns_at = headings_of(reading)
    if not columns_at:
        return []
    text, lines = reading.plain, reading.lines
    spans: list[Span] = []
    for position, line in enumerate(lines):
        columns = columns_at.get(line[0])
        if not columns or all(column.timing is not Timing.BEFORE for column in columns):
            continue
        timing = {column.cell.start: column.timing for column in columns}
        headings = [
            (cell.start - line[0], timing.get(cell.start))
            for cell in cells_of(text, *line, bars="|" in text[slice(*line)])
        ]
        end = line[1]
        for row in lines[position + 1 : position + 1 + _MOST_ROWS]:
            if not text[slice(*row)].strip("-=+:| \t"):
                end = row[1]
                continue
            if not _FEWEST_BLANKS.search(text[slice(*row)]) or text.count("\n", end, row[0]) > 1:
                break
            end = row[1]
            spans += _earlier_cells(text, row, headings)
    return sorted(set(spans))


def _earlier_cells(text: str, row: tuple[int, int], headings: list[tuple[int, Timing | None]]) -> list[tuple[int, int]]:
    """Cells of a row that stand under a heading of an earlier visit; headings go with their places in the line."""
    bars = "|" in text[slice(*row)]
    cells = cells_of(text, *row, bars=bars)
    if bars:
        last = zip(reversed(cells), reversed(headings), strict=False)
        return [(cell.start, cell.end) for cell, (_, timing) in last if timing is Timing.BEFORE]
    first = headings[0][0]
    return [
        (cell.start, cell.end)
        for cell in cells
        if cell.start - row[0] >= first - _SLACK
        and min(headings, key=lambda heading: abs(heading[0] - (cell.start - row[0])))[1] is Timing.BEFORE
    ]


def without_earlier(reading: Reading, concepts: list[Concept]) -> list[Concept]:
    """The concepts that do not stand in a column of an earlier visit."""
    spans = earlier_spans(reading)
    if not spans:
        return concepts
    return [c for c in concepts if not any(start <= c.start < end for start, end in spans)]
