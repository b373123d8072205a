"""CSV with named columns: ``text`` is required, the claim stands in ``cpt`` and ``dx``."""

import csv
import re
import warnings
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Protocol

from auditor.sources.build import DATES, build
from auditor.sources.claim_words import WordError, claim_of
from auditor.sources.columns import Columns, plain
from auditor.sources.decoding import numbered_lines, open_text
from auditor.sources.guard import guarded
from auditor.sources.records import MAX_CHARACTERS, Item, SourceWarning, UnreadableError, reject
from auditor.sources.written_days import day_written

FIELDS = ("id", "text", "date_of_service", "visit", "payer", "provider", "patient_id", "care_started")
CLAIM = ("cpt", "dx")
COLUMNS = (*FIELDS, *CLAIM)
DELIMITERS = (",", ";", "\t")
_A_NAME = re.compile(r"[^\W\d_][\w.()#/-]{0,29}( [\w.()#/-]{1,12}){0,2}")
_MOST_SHOWN = 12
_TOO_LONG = "x" * (MAX_CHARACTERS + 1)
"""Stands in for a line that is too long to be kept: the CSV reader refuses it."""


class _Rows(Protocol):
    """What ``csv.reader`` gives."""

    @property
    def line_num(self) -> int: ...

    def __next__(self) -> list[str]: ...


def read_csv(path: Path, name: str, given: Columns | None = None) -> Iterator[Item]:
    """Read encounters from CSV. A row without an id is called ``name`` and the line at which it begins.

    Columns are known by the names of the fields, or by the headings of the map ``given``.

    After a broken quotation mark the lines of a note may pass for rows: from there on a row must have all its cells.
    """
    return guarded(partial(_records, given=given or Columns()))(path, name)


def _records(path: Path, name: str, given: Columns) -> Iterator[Item]:
    csv.field_size_limit(MAX_CHARACTERS)
    with open_text(path, newline="") as stream:
        lines = (_TOO_LONG if line is None else line for _, line in numbered_lines(stream))
        header = next(lines, "")
        rows = csv.reader(chain([header], lines), delimiter=_delimiter(header), strict=True)
        items = _items(rows, _columns(rows, path, given), str(path), name)
        if (first := next(items, None)) is None:
            raise UnreadableError("there is no row below the column names; put one encounter into each row")
        yield first
        yield from items


def _items(rows: _Rows, columns: list[str], source: str, name: str) -> Iterator[Item]:
    line, least = rows.line_num + 1, 1
    while (row := _next(rows)) is not None:
        if isinstance(row, str):
            least = max(2, len(columns))
            yield reject(source, line, row)
        elif any(cell.strip() for cell in row):
            yield _item(columns, row, least, source, line, name)
        line = rows.line_num + 1


def _next(rows: _Rows) -> list[str] | str | None:
    """The next row; what is wrong with it where it is broken; None at the end."""
    try:
        return next(rows)
    except StopIteration:
        return None
    except csv.Error as fault:
        if "limit" in str(fault):
            return f"a cell is longer than {MAX_CHARACTERS:,} characters; split it, or close its quotation mark"
        return "a quotation mark is not closed or not doubled; export the row again"


def _delimiter(header: str) -> str:
    return max(DELIMITERS, key=header.count)


def _columns(rows: _Rows, path: Path, given: Columns) -> list[str]:
    header = _next(rows)
    if header is None or not any(map(str.strip, header)):
        raise UnreadableError("the file is empty; give a CSV whose first line names the columns, text among them")
    if isinstance(header, str):
        raise UnreadableError(f"line 1: {header}")
    columns = [plain(cell) for cell in header]
    for field, heading in given.fields_of(header, COLUMNS).items():
        if columns.count(plain(heading)) == 1:
            columns = ["" if column == field and plain(heading) != field else column for column in columns]
            columns = [field if column == plain(heading) else column for column in columns]
    if columns.count("text") != 1:
        fault = "there is no column text" if "text" not in columns else "there are two columns text"
        known = ", ".join(column for column in columns if column in COLUMNS) or "none that are known"
        there = f"among {len(columns)} columns ({known})"
        raise UnreadableError(f"{fault} {there}; name the column that holds the note text")
    if unknown := [cell for cell, column in zip(header, columns, strict=True) if column and column not in COLUMNS]:
        warnings.warn(f"{path}: left out {_listed(unknown)}", SourceWarning, stacklevel=2)
    if twice := sorted({column for column in columns if column in COLUMNS and columns.count(column) > 1}):
        raise UnreadableError(f"there are two columns {', '.join(twice)}; keep one")
    return columns


def _listed(header: Iterable[str]) -> str:
    """Column names for a message; none of them where one does not look like a name, for it may be a note."""
    names = [cell.strip() for cell in header]
    if not all(_A_NAME.fullmatch(name) for name in names if name):
        return f"{len(names)} columns, not all of which look like names"
    more = f" and {len(names) - _MOST_SHOWN} more" if len(names) > _MOST_SHOWN else ""
    return f"column{'s' * (len(names) > 1)} {', '.join(names[:_MOST_SHOWN])}{more}"


def _item(columns: list[str], row: list[str], least: int, source: str, line: int, name: str) -> Item:
    cells = {column: cell for column, cell in zip(columns, row, strict=False) if cell.strip() and column in COLUMNS}
    record_id = (cells.get("id", "").strip() or None) if least == 1 else None
    if len(row) > len(columns):
        what = f"the row has {len(row)} cells for {len(columns)} columns; put the note in quotation marks"
        return reject(source, line, what, record_id)
    if len(row) < least:
        what = "this may be the rest of the broken row above, so it was left out; close that row's quotation marks"
        return reject(source, line, what, None)
    if "text" not in cells:
        return reject(source, line, "the column text is empty; put the note there", record_id)
    fields: dict[str, object] = {column: cell.strip() for column, cell in cells.items() if column in FIELDS}
    fields["text"] = cells["text"]
    fields |= {name: day for name in DATES if (day := day_written(cells.get(name, "")))}
    try:
        fields["claim"] = _claim(cells)
    except WordError as fault:
        return reject(source, line, f"columns cpt and dx: one word {fault.fault}", record_id)
    return build(fields, source, line, f"{name}-{line}")


def _claim(cells: dict[str, str]) -> dict[str, object] | None:
    claim = claim_of([cells.get("cpt", "")], [cells.get("dx", "")])
    return claim.model_dump() if claim else None


def headings(path: Path) -> list[str]:
    """The first line of a CSV file, cell by cell; empty where it cannot be read."""
    try:
        with open_text(path, newline="") as stream:
            line = stream.readline(MAX_CHARACTERS)
            return next(csv.reader([line], delimiter=_delimiter(line)), [])
    except (OSError, UnreadableError, csv.Error):
        return []
