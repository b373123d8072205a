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
    "packs",
    "predicted_carcs",
    "payer_carcs",
    "lines_denied",
)
"""The columns, in order. Lists within a cell are separated by blanks; an element that the audit lacks is empty."""
MONEY = ("overpayment", "underpayment", "lines_without_amount")
"""Further columns for readers who may see dollars; empty without a claim."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_summary(audits: Iterable[Audit], *, money: bool = False) -> str:
    """The summary of these audits as CSV with a header row, in the order given, lines ended by a line feed.

    Args:
        audits: what to list.
        money: with dollars at risk, for readers who may see them (:mod:`auditor.reports.roles`).

    A cell that a spreadsheet would read as a formula gets a leading quote; control characters are made visible.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS + MONEY if money else COLUMNS)
    writer.writerows([_safe(cell) for cell in _row(audit) + (_money(audit) if money else ())] for audit in audits)
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
        " ".join(audit.meta.get("packs", ())),
        " ".join(dict.fromkeys(carc for line in audit.outcomes for carc in line.predicted)),
        " ".join(dict.fromkeys(carc for line in audit.outcomes for carc in line.carcs)),
        str(sum(line.denied is True for line in audit.outcomes)) if audit.outcomes else "",
    )


def _money(audit: Audit) -> tuple[str, ...]:
    at_risk = audit.money
    if at_risk is None:
        return ("", "", "")
    return (f"{at_risk.overpayment:.2f}", f"{at_risk.underpayment:.2f}", str(at_risk.unknown))


def _safe(cell: str) -> str:
    cell = one_line(cell)
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
