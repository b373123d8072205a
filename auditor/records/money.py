"""Dollars at risk on a claim, and what the payer did beside what was predicted."""

from pydantic import Field

from auditor.records.base import Output


class LineMoney(Output):
    """Dollars at risk on one claim line."""

    line: int = Field(description="Counted from 1")
    cpt: str
    allowed: float | None = Field(description="What the fee schedule gives for it; null where it has no such code")
    basis: str | None = Field(description="The row of the schedule, in words")
    overpayment: float = Field(default=0, description="At risk of being taken back or denied")
    underpayment: float = Field(default=0, description="Not billed though supported")
    because: tuple[str, ...] = Field(default=(), description="Codes of the findings behind it")


class Money(Output):
    """Dollars at risk; overpayment and underpayment are never netted."""

    schedule: str = Field(description="Name and source of the fee schedule")
    lines: tuple[LineMoney, ...] = ()
    overpayment: float = 0
    underpayment: float = 0


class LineOutcome(Output):
    """What the auditor predicted for a line beside what the payer did."""

    line: int = Field(description="Counted from 1")
    cpt: str
    predicted: tuple[str, ...] = Field(default=(), description="CARCs that the findings invite, such as CO-50")
    findings: tuple[str, ...] = Field(default=(), description="Codes of those findings")
    denied: bool | None = Field(description="Null where the remittance holds no such line")
    carcs: tuple[str, ...] = Field(default=(), description="CARCs of the payer, such as CO-50")
    remarks: tuple[str, ...] = ()
