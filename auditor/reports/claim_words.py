"""What the claim part of an audit says in words: the rule behind a finding, dollars, outcome beside prediction.

The terminal and the page show the same sentences.
"""

from collections import Counter
from collections.abc import Iterable

from auditor.records import Audit, LineMoney, LineOutcome, Rule
from auditor.reports.wording import one_line

UNVERIFIED = "UNVERIFIED, nobody could read it in its own source"


def rule_words(rule: Rule) -> str:
    """The payer's rule behind a finding: its name, the dates of service it holds for, its source, and its mark."""
    dates = f"services from {rule.valid_from}" if rule.valid_from else "services of any date"
    if rule.valid_to:
        dates += f" to {rule.valid_to}"
    mark = "" if rule.verified else f" {UNVERIFIED}."
    return one_line(f"{rule.id}, {dates}.{mark} {rule.source}")


def dollars(amount: float | None) -> str:
    """An amount as it is shown; a dash where it is not known."""
    return "not known" if amount is None else f"${amount:,.2f}"


def money_words(line: LineMoney) -> str:
    """One line's dollars at risk, with the findings behind them; empty where nothing is at risk."""
    parts = [
        f"{name} {dollars(amount)}"
        for name, amount in (("overpayment", line.overpayment), ("underpayment", line.underpayment))
        if amount != 0
    ]
    if not parts:
        return ""
    basis = one_line(line.basis) if line.basis else "the fee schedule has no amount"
    return f"{', '.join(parts)} ({', '.join(line.because)}); {basis}"


def outcome_words(line: LineOutcome) -> str:
    """What was predicted for a line beside what the payer did."""
    predicted = f"predicted {', '.join(line.predicted)}" if line.predicted else "nothing predicted"
    answers = {True: "denied", False: "paid", None: "not in the remittance"}
    reasons = f" with {', '.join(line.carcs)}" if line.carcs else ""
    remarks = f", remarks {', '.join(line.remarks)}" if line.remarks else ""
    return f"{predicted}; {answers[line.denied]}{one_line(reasons + remarks)}"


def outcome_counts(audits: Iterable[Audit]) -> dict[tuple[bool, bool], int]:
    """How many lines were (predicted, denied); lines that the remittances do not hold are left out."""
    return Counter(
        (bool(line.predicted), line.denied) for audit in audits for line in audit.outcomes if line.denied is not None
    )
