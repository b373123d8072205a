"""What the findings predict for each claim line, beside what the payer answered (835)."""

from collections.abc import Iterable, Iterator

from auditor.anatomy import SPINAL_CMT
from auditor.judging.case import Case
from auditor.records import ClaimLine, Finding, LineOutcome, PaidLine, Remittance

DENIED = "4"
"""Claim status code of a denied claim (CLP02)."""
CONTRACTUAL = frozenset({"45", "253", "1", "2", "3", "24", "23", "131", "104"})
"""Adjustment reasons that deny nothing: fee schedule, sequestration, deductible, coinsurance, copayment."""


def outcomes(case: Case, findings: Iterable[Finding], remittance: Remittance | None) -> Iterator[LineOutcome]:
    """Each claim line with the CARCs that its findings invite and those of the payer.

    Findings of level error count, and warnings that speak of a line of their own.

    Lines are matched by code, the first of a code to the first. A line is denied where nothing was paid and an
    adjustment is more than contractual.
    """
    if remittance is None:
        return
    found = [item for item in findings if item.carc and _predicts(item)]
    left = list(remittance.lines)
    for number, line in enumerate(case.lines, 1):
        paid = next((one for one in left if one.cpt == line.cpt), None)
        if paid is not None:
            left.remove(paid)
        concerning = [item for item in found if _concerns(case, line, item)]
        reasons = (*(paid.adjustments if paid else ()), *remittance.adjustments)
        yield LineOutcome(
            line=number,
            cpt=line.cpt,
            predicted=tuple(dict.fromkeys(item.carc for item in concerning if item.carc)),
            findings=tuple(dict.fromkeys(item.code for item in concerning)),
            denied=_denied(paid, remittance),
            carcs=tuple(dict.fromkeys(f"{item.group}-{item.carc}" for item in reasons)),
            remarks=paid.remarks if paid else (),
        )


def _predicts(finding: Finding) -> bool:
    return finding.severity == "error" or (finding.severity == "warning" and finding.line is not None)


def _concerns(case: Case, line: ClaimLine, finding: Finding) -> bool:
    """Whether a finding speaks of this line; those of the note as a whole speak of the spinal CMT line."""
    if finding.line is not None:
        return finding.line == case.number(line)
    return line.cpt in SPINAL_CMT


def _denied(paid: PaidLine | None, remittance: Remittance) -> bool | None:
    if paid is None:
        return True if remittance.status == DENIED and not remittance.lines else None
    reasons = (*paid.adjustments, *remittance.adjustments)
    refused = any(item.amount > 0 and item.carc not in CONTRACTUAL for item in reasons)
    return not paid.paid and (remittance.status == DENIED or refused)
