"""Audit: verdicts, findings and what they rest on, the output."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from auditor.records.base import Output
from auditor.records.episode import EpisodePlace
from auditor.records.money import LineOutcome, Money
from auditor.records.noted import AuditFacts, Evidence, Explanation
from auditor.records.words import Disposition, ElementName, Severity, Status, Verdict, VisitType


class ElementVerdict(Output):
    """One of the six documentation elements drawn from CMS requirements."""

    element: ElementName
    status: Status
    reasons: tuple[str, ...] = Field(description="Plain sentences: why it passed or not")
    evidence: tuple[Evidence, ...] = ()


class RegionCheck(Output):
    """The regions treated against the spinal CMT code billed."""

    billed: str | None
    treated: tuple[str, ...]
    supported: tuple[str, ...]
    possible: tuple[str, ...]
    treated_code: str | None
    supported_code: str | None
    verdict: Verdict


class Searched(Output):
    """Where something was looked for that is missing."""

    sections: tuple[str, ...] = Field(description="Sections searched")
    terms: tuple[str, ...] = Field(description="Kinds of wording searched for")
    nearest: str | None = Field(default=None, description="The nearest miss, in the note's words, where there is one")


class Rule(Output):
    """The payer's or contractor's rule that a finding rests on."""

    id: str = Field(description="Pack and rule, such as medicare/active-treatment-modifier")
    source: str
    valid_from: date | None = Field(description="First date of service it holds for; null: no beginning is known")
    valid_to: date | None = Field(description="Last date of service it holds for; null: still in force")
    verified: bool = Field(description="False where nobody could read the rule in its own source")


class Finding(Output):
    """One documentation or coding defect, with what it rests on."""

    code: str
    element: ElementName | None = Field(description="Null for claim findings")
    severity: Severity
    message: str
    remedy: str
    carc: str | None = Field(default=None, description="Claim adjustment reason code that it invites")
    evidence: tuple[Evidence, ...] = ()
    searched: Searched | None = Field(default=None, description="Instead of evidence, where something is missing")
    line: int | None = Field(default=None, description="Claim line it concerns, from 1; null: note or whole claim")
    units_over: int | None = Field(default=None, description="Units too many, where that is the fault")
    rule: Rule | None = Field(default=None, description="The payer's rule behind it, where a rule pack decides")


class Argument(Output):
    """Something in the note that speaks for or against active treatment."""

    says: str
    evidence: tuple[Evidence, ...] = ()


class ActiveCare(Output):
    """What the note holds for and against active treatment; no verdict on necessity."""

    speaks_for: tuple[Argument, ...] = ()
    speaks_against: tuple[Argument, ...] = ()


class Audit(Output):
    """The whole audit of one encounter: the output."""

    id: str
    visit: VisitType
    facts: AuditFacts
    elements: tuple[ElementVerdict, ...]
    score: Annotated[int, Field(ge=0, le=100)]
    disposition: Disposition
    region_check: RegionCheck
    findings: tuple[Finding, ...] = ()
    active_care: ActiveCare | None = Field(default=None, description="Null unless a line carries AT")
    episode: EpisodePlace | None = Field(default=None, description="Null where no earlier note and no patient is known")
    money: Money | None = Field(default=None, description="Null without a claim; shown to some roles only")
    outcomes: tuple[LineOutcome, ...] = Field(default=(), description="Empty without a remittance")
    explanation: tuple[Explanation, ...] | None = Field(
        default=None, description="Why each fact was read so; null unless it was asked for"
    )
    meta: dict[str, Any] = Field(default_factory=dict, description="Versions of the package, rules and models")
