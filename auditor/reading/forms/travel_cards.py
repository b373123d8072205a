"""Travel cards: one table for a whole course of care, a row a visit, of which only the latest is today's.

The card is found in the bare text, before sentences and sections are, because the rows of earlier visits are history.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from auditor.reading.forms.cells import Cell, cells_of
from auditor.reading.plain.dates import find_dates
from auditor.reading.plain.lines import Span

_DATE = re.compile(r"(?:date|dos|visit date|seen)\W*", re.IGNORECASE)
_ADJUSTED = re.compile(r"\b(?:adj\w*|cmt|treated|manip\w*|segments? adj\w*)\b", re.IGNORECASE)
_ROW_DATE = re.compile(r"[ \t|]*(?P<date>\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?)(?=[ \t|])")
_FEWEST_COLUMNS = 3
_MOST_ROWS = 60
_LINES_OF_A_HEADING = 2
"""Lines below the headings that may still explain them: "of 12", "/10"."""


@dataclass(slots=True)
class Row:
    """A visit on the card: its day, its span in the text (lines that go on below it included), its cells by column."""

    day: date
    start: int
    end: int
    cells: list[tuple[Cell, Cell]] = field(default_factory=list)
    """Heading and cell."""

    @property
    def filled(self) -> bool:
        """Whether anything but the date is written in it."""
        return any(re.search(r"\w", cell.text) for _, cell in self.cells)


@dataclass(slots=True)
class Card:
    """A travel card: its visits in order of the page, and the one that is today's."""

    start: int
    end: int
    rows: list[Row]

    @property
    def today(self) -> Row:
        """The latest visit with an entry."""
        return max((row for row in self.rows if row.filled), key=lambda row: row.day)

    @property
    def before(self) -> Row | None:
        """The visit before today's."""
        earlier = [row for row in self.rows if row.filled and row.day < self.today.day]
        return max(earlier, key=lambda row: row.day, default=None)


def find_card(text: str, lines: list[Span]) -> Card | None:
    """The first table whose columns are a date and what was adjusted, and whose rows are two visits at least."""
    for position, line in enumerate(lines):
        headings = _headings(text, line)
        if headings:
            rows = list(_rows(text, lines[position + 1 : position + 1 + _MOST_ROWS], line, headings))
            if len({row.day for row in rows if row.filled}) > 1:
                return Card(line[0], rows[-1].end, rows)
    return None


def _headings(text: str, line: Span) -> list[Cell]:
    words = text[slice(*line)]
    if not _DATE.match(words.lstrip(" \t|*")) or not _ADJUSTED.search(words):
        return []
    for blanks in (False, True):
        cells = cells_of(text, *line, bars="|" in words, blanks=blanks)
        if len(cells) >= _FEWEST_COLUMNS and _DATE.fullmatch(cells[0].text):
            return cells
    return []


def _rows(text: str, lines: list[Span], heading: Span, headings: list[Cell]) -> Iterator[Row]:
    row: Row | None = None
    year = next((one.day.year for one in find_dates(text) if one.day), None)
    for position, line in enumerate(lines):
        words = text[slice(*line)]
        bars = "|" in words
        grouped = bars and text.count("|", *heading) + 1 < len(headings) - 1
        cells = cells_of(text, *line, bars=bars, blanks=grouped)
        if not words.strip("-=+:| \t"):
            continue
        dated = _ROW_DATE.match(text, *line)
        day = _day(dated["date"], year) if dated else None
        if day is not None:
            if row is not None:
                yield row
            pairs = _under(headings, cells, heading[0], line[0], bars=bars)
            row = Row(day, line[0], line[1], [pair for pair in pairs if pair[0] is not headings[0]])
        elif row is not None and (words[:1].isspace() or words.startswith("|")) and len(cells) < len(headings):
            row.end = line[1]
            row.cells += [(head, cell) for head, cell in _under(headings, cells, heading[0], line[0], bars=bars)]
        elif row is not None or position >= _LINES_OF_A_HEADING:
            break
    if row is not None:
        yield row


def _day(words: str, year: int | None) -> date | None:
    """The day of a row; one without a year is of the year of the note's first whole date."""
    found = next((one.day for one in find_dates(words) if one.day), None)
    if found is None and year is not None and words.count("/") + words.count("-") == 1:
        found = next((one.day for one in find_dates(f"{words.replace('-', '/')}/{year}") if one.day), None)
    return found


def _under(
    headings: list[Cell], cells: list[Cell], heading_start: int, line_start: int, *, bars: bool
) -> list[tuple[Cell, Cell]]:
    """Each cell with the heading that it stands under: one to one where the numbers agree, else by place in the line."""
    if len(cells) == len(headings):
        return list(zip(headings, cells, strict=True))
    return [
        (min(headings, key=lambda head: abs((head.start - heading_start) - (cell.start - line_start))), cell)
        for cell in cells
    ]
