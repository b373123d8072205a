"""One row of a table of claims: its cells to patient, date, provider and claim."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from auditor.records import Claim, ClaimLine
from auditor.sources.claim_words import WordError, claim_of, words
from auditor.sources.claims.diagnoses import dotted
from auditor.sources.claims.rejecting import SegmentError
from auditor.sources.written_days import WAYS, day_written

_MONEY = re.compile(r"-?\$?(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.[0-9]{1,4})?")
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,4})?")
_PLACES = re.compile(r"[1-9]|1[0-2]|[A-L]+")
LINE_CELLS = ("units", "charge", "minutes", "pointers")
"""Columns that belong to one service line, so that a row of several codes cannot have them."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table of claims, read."""

    line: int
    patient: str
    provider: str
    payer: str
    day: date | None
    claim: Claim


def table_row(cells: Mapping[str, str], line: int) -> TableRow:
    """Read one row.

    Raises:
        SegmentError: a cell cannot be read; the message names its column and never quotes it.
    """
    if not (cells.get("patient_id") or cells.get("control_number")):
        raise SegmentError("the row has neither patient_id nor control_number; put one there")
    text = cells.get("date_of_service", "")
    return TableRow(
        line=line,
        patient=cells.get("patient_id", ""),
        provider=cells.get("provider", ""),
        payer=cells.get("payer", ""),
        day=_day(text) if text else None,
        claim=_claim(cells),
    )


def _day(text: str) -> date:
    if (day := day_written(text)) is None:
        raise SegmentError(f"column date_of_service: this is no such date; {WAYS}")
    return day


def _claim(cells: Mapping[str, str]) -> Claim:
    try:
        claim = claim_of([cells["cpt"]], [cells.get("dx", "")])
    except WordError as fault:
        raise SegmentError(f"columns cpt and dx: one word {fault.fault}") from None
    if claim is None or not claim.lines:
        raise SegmentError("column cpt: it is empty; put the procedure code there")
    given = {name: cells[name] for name in ("modifiers", *LINE_CELLS) if cells.get(name)}
    lines = claim.lines
    if given and len(lines) > 1:
        raise SegmentError(
            f"column {next(iter(given))}: the row has several codes; write one row for each, or leave it out"
        )
    if given:
        lines = (_line(lines[0], given),)
    return Claim(
        diagnoses=tuple(dotted(code) for code in claim.diagnoses),
        lines=lines,
        control_number=cells.get("control_number") or None,
    )


def _line(line: ClaimLine, given: Mapping[str, str]) -> ClaimLine:
    modifiers = words([given.get("modifiers", "").replace(":", " ").replace("-", " ")])
    if not all(re.fullmatch("[A-Z0-9]{2}", modifier) for modifier in modifiers):
        raise SegmentError("column modifiers: one word is no modifier; write two letters or digits, as in AT or 59")
    return ClaimLine(
        cpt=line.cpt,
        modifiers=tuple(dict.fromkeys((*line.modifiers, *modifiers))),
        units=_units(given["units"]) if "units" in given else 1,
        pointers=_pointers(given.get("pointers", "")),
        charge=_dollars(given["charge"]) if "charge" in given else None,
        minutes=float(_number(given["minutes"], "minutes")) if "minutes" in given else None,
    )


def _pointers(text: str) -> tuple[int, ...]:
    """Places of diagnoses, written ``1 2``, ``A,B`` or ``AB``; ``12`` is the twelfth."""
    found = words([text.replace(":", " ")])
    if not all(_PLACES.fullmatch(word) for word in found):
        raise SegmentError("column pointers: write the places of diagnoses as 1 2 or as A,B")
    places = (int(sign) if sign.isdigit() else ord(sign) - ord("A") + 1 for word in found for sign in _signs(word))
    return tuple(dict.fromkeys(places))


def _signs(word: str) -> list[str]:
    return [word] if word.isdigit() else list(word)


def _units(text: str) -> int:
    units = float(_number(text, "units"))
    if not units.is_integer():
        raise SegmentError("column units: this is no whole number of units")
    return int(units)


def _number(text: str, column: str) -> str:
    if not _NUMBER.fullmatch(text):
        raise SegmentError(f"column {column}: this is no number")
    return text


def _dollars(text: str) -> float:
    if not _MONEY.fullmatch(text):
        raise SegmentError("column charge: this is no amount of dollars; write it as 45.00")
    return float(text.replace("$", "").replace(",", ""))
