"""Dollars at risk on each line of a claim: what its findings endanger, at the fees of a schedule.

A line is at risk once, however many findings stand on it. Overpayment and underpayment are never netted. Amounts are
what the payer allows, not charges; where the schedule knows no amount the line says so.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from auditor.judging import all_checks
from auditor.judging.case import Case
from auditor.judging.fees import FeeSchedule, Place
from auditor.judging.policy import BASE, plain
from auditor.records import ClaimLine, Fee, Finding, LineMoney, Money

_CENT = Decimal("0.01")


def money(case: Case, findings: Iterable[Finding], schedule: FeeSchedule, place: Place) -> Money | None:
    """The dollars at risk of a case; None without a claim.

    Args:
        case: the encounter as judged.
        findings: its findings.
        schedule: the fees.
        place: what tells which of them hold.
    """
    if case.claim is None:
        return None
    found = tuple(findings)
    lines = tuple(_line(case, number, line, found, schedule, place) for number, line in enumerate(case.lines, 1))
    return Money(
        schedule=schedule.name,
        lines=lines,
        overpayment=_sum(line.overpayment for line in lines),
        underpayment=_sum(line.underpayment for line in lines),
        unknown=sum(None in (line.overpayment, line.underpayment) for line in lines),
    )


def place_of(case: Case, contract: str | None, locality: str | None) -> Place:
    """Where a case stands in a fee schedule: a row is its payer's by name, or where both go by one rule pack."""
    packs = frozenset(case.policy.packs) - {BASE}

    def fits(payer: str) -> bool:
        return plain(payer) == plain(case.payer) or case.policies.pack_of(payer).name in packs

    return Place(fits, contract, locality, case.date_of_service)


def _line(
    case: Case, number: int, line: ClaimLine, findings: tuple[Finding, ...], schedule: FeeSchedule, place: Place
) -> LineMoney:
    fee = schedule.fee(line.cpt, place)
    over = [item for item in findings if item.severity == "error" and _risk(item, case, number, line)]
    under = [item for item in findings if item.code == "CPT702" and _is_treatment(case, line)]
    allowed = _times(fee, line.units)
    whole = any(_risk(item, case, number, line) in ("line", "treatment") for item in over)
    right = Decimal(0) if whole else _right_amount(case, line, fee, over, schedule, place)
    missing = _difference(case, fee, schedule, place) if under and not whole else Decimal(0)
    return LineMoney(
        line=number,
        cpt=line.cpt,
        allowed=_dollars(allowed),
        basis=(fee.source or f"{schedule.name}, {fee.code}") if fee else None,
        overpayment=_dollars(_less(allowed, right)) if over else 0,
        underpayment=_dollars(missing),
        because=tuple(dict.fromkeys(item.code for item in (*over, *under))),
    )


def _risk(finding: Finding, case: Case, number: int, line: ClaimLine) -> str | None:
    """What a finding puts at risk on this line; None where it concerns another one, or no money."""
    risk = all_checks()[finding.code].at_risk
    if risk in ("treatment", "difference"):
        return risk if _is_treatment(case, line) else None
    return risk if risk in ("line", "units") and finding.line == number else None


def _is_treatment(case: Case, line: ClaimLine) -> bool:
    """Whether it is the claim's spinal CMT line; of several the higher one."""
    return line is case.billed_line


def _right_amount(
    case: Case, line: ClaimLine, fee: Fee | None, over: list[Finding], schedule: FeeSchedule, place: Place
) -> Decimal | None:
    """What the line should be paid: the supported code in place of one too high, and no more units than are right."""
    units = line.units - max((item.units_over or 0 for item in over), default=0)
    if any(item.code == "CPT701" for item in over):
        fee = schedule.fee(case.supported_code or "", place)
    return _times(fee, max(units, 0))


def _difference(case: Case, fee: Fee | None, schedule: FeeSchedule, place: Place) -> Decimal | None:
    """How much more the supported code is worth than the one that was billed."""
    supported = schedule.fee(case.supported_code, place) if case.supported_code else None
    return _less(_times(supported, 1), _times(fee, 1))


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else max(one - other, Decimal(0))


def _times(fee: Fee | None, units: int) -> Decimal | None:
    return Decimal(str(fee.amount)) * units if fee else None


def _dollars(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount.quantize(_CENT, ROUND_HALF_UP))


def _sum(amounts: Iterable[float | None]) -> float:
    return float(sum((Decimal(str(amount)) for amount in amounts if amount is not None), Decimal(0)))
