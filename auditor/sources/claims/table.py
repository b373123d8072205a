"""Claims in a CSV table, as billing programs export them: one row a service line, or one row a claim."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from auditor.sources.claims.billed import BilledClaim
from auditor.sources.claims.elements import known
from auditor.sources.claims.identity import patient_key
from auditor.sources.claims.joining import join
from auditor.sources.claims.rejecting import SegmentError, guarded, reject_at
from auditor.sources.claims.rows import rows
from auditor.sources.claims.table_row import LINE_CELLS, TableRow, table_row
from auditor.sources.decoding import open_text
from auditor.sources.records import Rejected, UnreadableError

COLUMNS = (
    "patient_id",
    "date_of_service",
    "provider",
    "payer",
    "control_number",
    "cpt",
    "modifiers",
    *LINE_CELLS,
    "dx",
)
"""What a table of claims may say, in our words; ``cpt`` and one of the two ids must be there."""
BROKEN = "a quotation mark is not closed, or there are more cells than columns; export the row again"
LINE_MISSING = "a row of this claim or one beside it cannot be read, so a line may be missing; this claim was left out"

Key = tuple[str, ...]


@guarded
def read_claim_table(path: Path, columns: Mapping[str, str]) -> Iterator[BilledClaim | Rejected]:
    """Read the claims of a CSV table.

    Rows of one claim are joined where they stand together: those of one control number, else of one patient, date and
    provider. A row with several codes (``98941-AT 97140-59``) is a claim of its own or a part of one.

    Args:
        path: The table.
        columns: The table's own heading of each of our :data:`COLUMNS` that it has.
    """
    _check(columns)
    source = str(path)
    with open_text(path, newline="") as stream:
        group = _Group(source, 0)
        for line, cells in rows(stream, columns):
            key = None if cells is None else _key(cells)
            if key is None or key != group.key:
                yield from group.closed(broken=key is None)
                group = _Group(source, group.place + 1, key, broken=group.key is None and group.place > 0)
            if cells is None:
                yield reject_at(source, f"line {line}", BROKEN)
            elif fault := group.take(cells, line):
                yield reject_at(source, f"line {line}", fault)
        yield from group.closed()


def _check(columns: Mapping[str, str]) -> None:
    if unknown := [field for field in columns if field not in COLUMNS]:
        raise UnreadableError(f"there is no field {unknown[0]!r} of a claim; the fields are {', '.join(COLUMNS)}")
    if "cpt" not in columns or not {"patient_id", "control_number"} & set(columns):
        raise UnreadableError("say which column is cpt, and which is patient_id or control_number")


def _key(cells: Mapping[str, str]) -> Key:
    """What the rows of one claim share."""
    if number := cells.get("control_number"):
        return (number,)
    patient, provider = cells.get("patient_id", ""), cells.get("provider", "")
    return patient_key(patient), cells.get("date_of_service", ""), patient_key(provider)


class _Group:
    """The rows of one claim while they are read."""

    def __init__(self, source: str, place: int, key: Key | None = None, *, broken: bool = False) -> None:
        self.place, self.key = place, key
        self._source, self._broken = source, broken
        self._rows: list[TableRow] = []
        self._first = 0

    def take(self, cells: Mapping[str, str], line: int) -> str | None:
        """Take a row; what is wrong with it where it cannot be read."""
        self._first = self._first or line
        try:
            self._rows.append(table_row(cells, line))
        except SegmentError as fault:
            self._broken = True
            return str(fault)
        return None

    def closed(self, *, broken: bool = False) -> Iterator[BilledClaim | Rejected]:
        """One claim for each date and provider of the rows; ``broken`` where an unreadable row follows."""
        if not self._rows:
            return
        position = f"line {self._first}, claim {self.place}"
        if self._broken or broken:
            yield reject_at(self._source, position, LINE_MISSING)
        elif len({patient_key(row.patient) for row in self._rows}) > 1:
            yield reject_at(
                self._source, position, "rows of one control number name several patients; export them again"
            )
        else:
            yield from self._billed(position)

    def _billed(self, position: str) -> Iterator[BilledClaim | Rejected]:
        parts: dict[tuple[date | None, str], list[TableRow]] = {}
        for row in self._rows:
            parts.setdefault((row.day, patient_key(row.provider)), []).append(row)
        for (day, _), found in parts.items():
            claim = join([row.claim for row in found])
            yield BilledClaim(
                claim=claim,
                date_of_service=day,
                patients=known(claim.control_number, found[0].patient),
                providers=known(found[0].provider),
                payer=next((row.payer for row in found if row.payer), None),
                care_started=None,
                source=self._source,
                position=position,
            )
