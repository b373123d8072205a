"""Signatures that a table holds: a row of the provider marked as signed, or a name under "electronically signed by"."""

import re
from collections.abc import Iterator

from auditor.facts import Signature
from auditor.reading.document import Reading
from auditor.reading.plain.dates import find_dates
from auditor.reading.signature_marks import Line

_CREDENTIAL = re.compile(r"(?<![A-Za-z.])(?:D\.?C\.?|D\.?O\.?|M\.?D\.?|D\.?P\.?T\.?|P\.?T\.?)(?![A-Za-z])")
_STAFF = re.compile(r"\b(?:assistant|scribe|staff|patient|guardian|front desk|CA|MA|witness)\b", re.IGNORECASE)
_NAME = re.compile(
    r"(?P<name>(?:Dr\.?\s+)?[A-Z][\w'’.-]+(?:\s+[A-Z][\w'’.-]+){1,3})(?:,?\s+(?P<credential>[A-Z][A-Za-z.]{0,4}))?"
)
_SIGNED = re.compile(r"(?:e-?|electronically |digitally )?signed\b.*|✓|signature on pad", re.IGNORECASE)
_HEADING = re.compile(r"(?:e-?|electronic(?:ally)? |digital(?:ly)? )(?:signed(?: by)?|signature)", re.IGNORECASE)
_RULE = re.compile(r"[|\s:+-]+")


def table_signature(reading: Reading, lines: list[Line]) -> Signature | None:
    """The provider's signature in a table, weak where no credential stands beside the name; None where no table holds one."""
    for position, line in enumerate(lines):
        cells = _cells(line)
        heading = next((place for place, cell in enumerate(cells) if _HEADING.fullmatch(cell)), None)
        if heading is None:
            continue
        for row in _rows(lines[position + 1 :]):
            signed = _signed(reading, row, heading)
            if signed is not None:
                return signed
    return None


def _cells(line: Line) -> list[str]:
    return [cell.strip(" *_") for cell in line.text.strip().strip("|").split("|")] if "|" in line.text else []


def _rows(lines: list[Line]) -> Iterator[Line]:
    for line in lines:
        if "|" not in line.text:
            return
        if not _RULE.fullmatch(line.text):
            yield line


def _signed(reading: Reading, row: Line, heading: int) -> Signature | None:
    """The signature that a row holds: a name in the column of signatures, or the mark there and the name beside it."""
    cells = _cells(row)
    mark = cells[heading] if heading < len(cells) else ""
    marked = _SIGNED.fullmatch(mark)
    name = next((match for cell in ([mark] if not marked else cells) if (match := _NAME.fullmatch(cell))), None)
    if name is None or any(_STAFF.search(cell) for cell in cells):
        return None
    credential = _CREDENTIAL.search(" | ".join(cells))
    day = next((found.day for found in find_dates(row.text) if found.day), None)
    return Signature(
        "accepted" if credential else "weak",
        "electronic",
        name["name"],
        credential.group() if credential else None,
        day,
        (reading.evidence(row.start, row.end),),
    )
