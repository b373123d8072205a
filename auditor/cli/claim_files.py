"""The claim files and remittances of a run: bound to the notes one by one, with what is left over on both sides."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from auditor.cli.console import fail, write_whole
from auditor.sources.columns import Columns
from auditor.sources.records import Rejected, UnreadableError, reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from auditor.records import Encounter
    from auditor.sources.claims import BilledClaim, ClaimIndex, RemittanceIndex, Unmatched

UNMATCHED = "unmatched.jsonl"
HEAD = 4_096
T = TypeVar("T")


@dataclass(slots=True)
class ClaimFiles:
    """Claims and answers of the payers, kept in memory by patient and date; notes come one at a time."""

    claims: ClaimIndex | None = None
    remits: RemittanceIndex | None = None
    matched: int = 0
    unmatched: list[Unmatched] = field(default_factory=list)

    @property
    def rejected(self) -> list[Rejected]:
        """What the readers of these files rejected."""
        return [item for index in (self.claims, self.remits) if index for item in index.rejected]

    def bound(self, encounter: Encounter) -> Encounter:
        """The note with its claim and the payer's answer, as far as they are found."""
        if self.claims is not None:
            found = self.claims.claimed(encounter)
            encounter = found.encounter
            self.matched += found.unmatched is None
            if found.unmatched is not None:
                self.unmatched.append(found.unmatched)
        return self.remits.answered(encounter) if self.remits is not None else encounter

    def finish(self, folder: Path) -> Counter[str]:
        """Write what was left over on both sides, and count it by side.

        Raises:
            OSError: the file cannot be written.
        """
        for index in (self.claims, self.remits):
            self.unmatched.extend(index.left_over() if index else ())
        if self.unmatched:
            lines = (f"{json.dumps(asdict(one), ensure_ascii=False)}\n" for one in self.unmatched)
            write_whole(folder / UNMATCHED, "".join(lines))
        else:
            (folder / UNMATCHED).unlink(missing_ok=True)
        return Counter(one.side for one in self.unmatched)


def claim_files(claims: Sequence[Path], remits: Sequence[Path], columns: Columns) -> ClaimFiles:
    """Read all claim files (837P, or CSV with named columns) and remittances (835)."""
    from auditor.sources.claims import ClaimIndex, RemittanceIndex, read_835

    return ClaimFiles(
        claims=ClaimIndex(item for path in claims for item in _something(_billed(path, columns))) if claims else None,
        remits=RemittanceIndex(item for path in remits for item in _something(read_835(path))) if remits else None,
    )


def _something(items: Iterable[T | Rejected]) -> Iterator[T | Rejected]:
    """What a file gives; ends with its first fault where it gives nothing, for the whole run would be another one."""
    faults: list[Rejected] = []
    anything = False
    for item in items:
        if not anything and isinstance(item, Rejected):
            faults.append(item)
            continue
        if not anything:
            anything = True
            yield from faults
        yield item
    if not anything:
        fail(faults[0].reason if faults else "a claim file holds no claim; correct --claims or --remits.")


def _billed(path: Path, columns: Columns) -> Iterable[BilledClaim | Rejected]:
    from auditor.sources.claims import read_837p, read_claim_table

    if path.suffix.lower() not in (".csv", ".tsv") or _is_x12(path):
        return read_837p(path)
    try:
        return read_claim_table(path, _claim_columns(path, columns))
    except UnreadableError as fault:
        return [reject(str(path), None, str(fault))]


def _is_x12(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(HEAD).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"ISA")
    except OSError:
        return False


def _claim_columns(path: Path, columns: Columns) -> dict[str, str]:
    """The table's own heading of each field that it has."""
    from auditor.sources.claims import COLUMNS
    from auditor.sources.csv_file import headings

    return columns.fields_of(headings(path), COLUMNS)
