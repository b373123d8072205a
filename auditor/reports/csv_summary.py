"""The file summary.csv: one row an audit, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from auditor.records import ELEMENTS, Audit
from auditor.reports.wording import one_line

COLUMNS = (
    "id",
    "visit",
    "score",
    "disposition",
    *ELEMENTS,
    "billed",
    "supported_code",
    "verdict",
    "treated",
    "supported",
    "possible",
    "findings",
)
"""The columns, in order. Lists within a cell are separated by blanks; an element that the audit lacks is empty."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_summary(audits: Iterable[Audit]) -> str:
    """The summary of these audits as CSV with a header row, in the order given, lines ended by a line feed.

    A cell that a spreadsheet would read as a formula gets a leading quote; control characters are made visible.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_safe(cell) for cell in _row(audit)] for audit in audits)
    return out.getvalue()


def _row(audit: Audit) -> tuple[str, ...]:
    status = {verdict.element: verdict.status for verdict in audit.elements}
    check = audit.region_check
    return (
        audit.id,
        audit.visit,
        str(audit.score),
        audit.disposition,
        *(status.get(name, "") for name in ELEMENTS),
        check.billed or "",
        check.supported_code or "",
        check.verdict,
        " ".join(check.treated),
        " ".join(check.supported),
        " ".join(check.possible),
        " ".join(dict.fromkeys(finding.code for finding in audit.findings)),
    )


def _safe(cell: str) -> str:
    cell = one_line(cell)
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
