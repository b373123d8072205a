"""Rows of a CSV table by the columns that the user names, in bounded memory."""

import csv
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TextIO

from auditor.sources.csv_file import DELIMITERS
from auditor.sources.decoding import numbered_lines
from auditor.sources.records import MAX_CHARACTERS, UnreadableError

_TOO_LONG = "x" * (MAX_CHARACTERS + 1)
"""Stands in for a line that is too long to be kept: the CSV reader refuses it."""

Row = tuple[int, dict[str, str] | None]
"""The line at which a row begins, and its cells by field; None where the row cannot be read."""


def rows(stream: TextIO, columns: Mapping[str, str]) -> Iterator[Row]:
    """The rows of a table, each with the cells of ``columns`` (field to heading); empty rows are left out.

    Raises:
        UnreadableError: the table has no such columns.
    """
    csv.field_size_limit(MAX_CHARACTERS)
    lines = (_TOO_LONG if line is None else line for _, line in numbered_lines(stream))
    header = next(lines, "")
    reader = csv.reader(chain([header], lines), delimiter=max(DELIMITERS, key=header.count), strict=True)
    headings = _next(reader)
    if headings is None or not any(cell.strip() for cell in headings):
        raise UnreadableError("line 1 names no columns; give a CSV whose first line does")
    places = _places([_plain(heading) for heading in headings], columns)
    line = reader.line_num + 1
    while (row := _next(reader)) != []:
        if row is None or len(row) > len(headings):
            yield line, None
        elif any(cell.strip() for cell in row):
            yield line, {field: row[place].strip() if place < len(row) else "" for field, place in places.items()}
        line = reader.line_num + 1


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    """The next row; None where it is broken; no cells at all at the end."""
    try:
        return next(reader) or [""]
    except StopIteration:
        return []
    except csv.Error:
        return None


def _plain(heading: str) -> str:
    return " ".join(heading.lower().replace("_", " ").split())


def _places(headings: list[str], columns: Mapping[str, str]) -> dict[str, int]:
    places = {}
    for field, heading in columns.items():
        found = headings.count(_plain(heading))
        if found != 1:
            many = "no column" if not found else "more than one column"
            raise UnreadableError(f"there is {many} {heading!r} for {field}; name the column by its heading in line 1")
        places[field] = headings.index(_plain(heading))
    return places
