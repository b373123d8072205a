"""Element verdicts and findings to score and disposition (verdicts §3)."""

from collections.abc import Iterable

from auditor.judging import all_checks
from auditor.judging.case import Case
from auditor.judging.elements import VERDICTS
from auditor.records import Disposition, ElementVerdict, Finding, RegionCheck

RULES_VERSION = "2026.11"
"""Version of the rule set: year and month of the state of knowledge."""

_POINTS = {"met": 1.0, "partial": 0.5, "not_met": 0.0}
_ORDER = {"error": 0, "warning": 1, "info": 2}


def verdicts(case: Case) -> tuple[ElementVerdict, ...]:
    """The six element verdicts in order."""
    return tuple(judge(case) for judge in VERDICTS.values())


def findings(case: Case) -> tuple[Finding, ...]:
    """All findings, errors first, then by code."""
    found = [finding for check in all_checks().values() for finding in check.findings(case)]
    return tuple(sorted(found, key=lambda finding: (_ORDER[finding.severity], finding.code)))


def score(elements: Iterable[ElementVerdict]) -> int:
    """100 times the mean over the elements that apply (met 1, partial one half, not met 0), rounded half up."""
    points = [_POINTS[item.status] for item in elements if item.status in _POINTS]
    return int(100 * sum(points) / len(points) + 0.5) if points else 0


def disposition(points: int, found: Iterable[Finding]) -> Disposition:
    """``hold`` with an error or below 70, ``review`` with a warning or below 90, ``ready`` otherwise."""
    severities = {finding.severity for finding in found}
    if "error" in severities or points < 70:
        return "hold"
    return "review" if "warning" in severities or points < 90 else "ready"


def region_check(case: Case) -> RegionCheck:
    """Regions treated, supported and possible against the spinal CMT code billed."""
    return RegionCheck(
        billed=case.billed,
        treated=case.treated,
        supported=case.supported,
        possible=case.possible,
        treated_code=case.treated_code,
        supported_code=case.supported_code,
        verdict=case.verdict,  # type: ignore[arg-type]
    )
