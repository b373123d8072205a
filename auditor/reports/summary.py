"""Statistics of many audits: what a folder or a month looks like. Same audits, same summary, in any order."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from auditor.records import ELEMENTS, Audit, Disposition, ElementName, Severity, Status, Verdict
from auditor.reports.claim_words import outcome_counts
from auditor.reports.wording import DISPOSITIONS, SEVERITIES, VERDICTS


@dataclass(frozen=True, slots=True)
class ElementRate:
    """How often one element was met; the four counts add up to the number of audits."""

    element: ElementName
    met: int
    partial: int
    not_met: int
    not_applicable: int

    @property
    def applicable(self) -> int:
        """In how many audits the element applied."""
        return self.met + self.partial + self.not_met

    @property
    def percent_met(self) -> int | None:
        """Share of the applicable audits in which it was met, in whole per cent (half up); None where none applied."""
        return (200 * self.met + self.applicable) // (2 * self.applicable) if self.applicable else None


@dataclass(frozen=True, slots=True)
class CodeCount:
    """How often one finding stands. ``message`` is its most frequent wording."""

    code: str
    severity: Severity
    findings: int
    audits: int
    message: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Statistics of a list of audits.

    ``elements`` are in the order of the contract, ``dispositions`` and ``verdicts`` from the worst to the best, with
    zeros, and ``codes`` from the most to the least frequent, then by code. ``mean_score`` is rounded half up.
    """

    audits: int
    mean_score: int | None
    elements: tuple[ElementRate, ...]
    dispositions: tuple[tuple[Disposition, int], ...]
    verdicts: tuple[tuple[Verdict, int], ...]
    codes: tuple[CodeCount, ...]
    outcomes: Mapping[tuple[bool, bool], int] = field(default_factory=dict)
    """Claim lines by (predicted, denied), where remittances were given."""


def summarise(audits: Sequence[Audit]) -> Summary:
    """The statistics of these audits."""
    count = len(audits)
    dispositions = Counter(audit.disposition for audit in audits)
    verdicts = Counter(audit.region_check.verdict for audit in audits)
    return Summary(
        audits=count,
        mean_score=(2 * sum(audit.score for audit in audits) + count) // (2 * count) if count else None,
        elements=_element_rates(audits),
        dispositions=tuple((name, dispositions[name]) for name in DISPOSITIONS),
        verdicts=tuple((name, verdicts[name]) for name in VERDICTS),
        codes=_codes(audits),
        outcomes=outcome_counts(audits),
    )


def _element_rates(audits: Sequence[Audit]) -> tuple[ElementRate, ...]:
    tally: Counter[tuple[ElementName, Status]] = Counter(
        (verdict.element, verdict.status) for audit in audits for verdict in audit.elements
    )
    return tuple(
        ElementRate(
            element=name,
            met=tally[name, "met"],
            partial=tally[name, "partial"],
            not_met=tally[name, "not_met"],
            not_applicable=tally[name, "not_applicable"],
        )
        for name in ELEMENTS
    )


def _codes(audits: Sequence[Audit]) -> tuple[CodeCount, ...]:
    messages: dict[str, Counter[str]] = defaultdict(Counter)
    severities: dict[str, set[Severity]] = defaultdict(set)
    holders: Counter[str] = Counter()
    for audit in audits:
        holders.update({finding.code for finding in audit.findings})
        for finding in audit.findings:
            messages[finding.code][finding.message] += 1
            severities[finding.code].add(finding.severity)
    counts = (
        CodeCount(
            code=code,
            severity=min(severities[code], key=SEVERITIES.index),
            findings=said.total(),
            audits=holders[code],
            message=min(said, key=lambda message: (-said[message], message)),
        )
        for code, said in messages.items()
    )
    return tuple(sorted(counts, key=lambda count: (-count.audits, -count.findings, count.code)))
