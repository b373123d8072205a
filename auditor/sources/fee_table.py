"""A fee schedule as CSV: ``code`` and ``amount``, and where they differ payer, contract, locality and dates."""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from auditor.records import Fee
from auditor.sources.decoding import numbered_lines, open_text
from auditor.sources.records import UnreadableError

NEEDED = ("code", "amount")
COLUMNS = (*NEEDED, "payer", "contract", "locality", "valid_from", "valid_to", "source")
MOST_ROWS = 200_000
_MONEY = re.compile(r"\$?(?:[0-9]{1,6}|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]{1,4})?")
_SIGNS = str.maketrans("", "", "$ ")


def read_fees(path: Path) -> tuple[Fee, ...]:
    """The fees of a CSV file whose first line names the columns.

    Raises:
        OSError: the file cannot be opened.
        UnreadableError: it is no text, lacks a column, or a row has no such code, amount or date; the message names the
            line and the column.
    """
    with open_text(path, newline="") as stream:
        return parse_fees(line or "" for _, line in numbered_lines(stream))


def parse_fees(lines: Iterable[str]) -> tuple[Fee, ...]:
    """The fees of the lines of such a file.

    Raises:
        UnreadableError: as :func:`read_fees`.
    """
    rows = csv.reader(lines)
    header = [cell.strip().lower().replace(" ", "_").removeprefix("\ufeff") for cell in next(rows, [])]
    if missing := [name for name in NEEDED if name not in header]:
        raise UnreadableError(f"there is no column {missing[0]}; the first line names the columns {', '.join(COLUMNS)}")
    if unknown := [name for name in header if name and name not in COLUMNS]:
        raise UnreadableError(f"column {header.index(unknown[0]) + 1} has another name than {', '.join(COLUMNS)}")
    if twice := next((name for name in header if name and header.count(name) > 1), None):
        raise UnreadableError(f"there are two columns {twice}; keep one")
    return tuple(_fees(rows, header))


def _amount(text: str) -> str:
    """The amount without its signs; as it is where it is written in no way that is safe to read."""
    return text.translate(_SIGNS).replace(",", "") if _MONEY.fullmatch(text.replace(" ", "")) else "unreadable"


def _fees(rows: Iterator[list[str]], header: list[str]) -> Iterator[Fee]:
    for number, row in enumerate(rows, 2):
        if number > MOST_ROWS:
            raise UnreadableError(f"there are more than {MOST_ROWS:,} rows; split the schedule")
        cells = {name: cell.strip() for name, cell in zip(header, row, strict=False) if cell.strip()}
        if not cells:
            continue
        if [cell for cell in row[len(header) :] if cell.strip()]:
            raise UnreadableError(f"line {number}: there are more cells than columns; put texts in quotation marks")
        cells["amount"] = _amount(cells.get("amount", ""))
        cells["code"] = cells.get("code", "").upper()
        try:
            fee = Fee.model_validate(cells)
        except ValidationError as fault:
            column = str(fault.errors(include_input=False, include_url=False, include_context=False)[0]["loc"][0])
            raise UnreadableError(f"line {number}, column {column}: {_SHAPE.get(column, 'it must be text')}") from None
        if fee.valid_from and fee.valid_to and fee.valid_to < fee.valid_from:
            raise UnreadableError(f"line {number}: valid_to lies before valid_from; correct the dates")
        yield fee


_SHAPE = {
    "code": "write a CPT or HCPCS code of five characters, such as 98941",
    "amount": "write dollars a unit, such as 38.41",
    "valid_from": "write a date as YYYY-MM-DD",
    "valid_to": "write a date as YYYY-MM-DD",
}
