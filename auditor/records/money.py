"""Fees, dollars at risk on a claim, and what the payer did beside what was predicted."""

from typing import Annotated

from pydantic import Field

from auditor.records.base import Output
from auditor.records.given import Day, Input


class Fee(Input):
    """What a payer allows for one unit of a code; a field left empty holds for all."""

    code: str = Field(pattern=r"^[0-9A-Z]{5}$")
    amount: Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)] = Field(description="Dollars a unit")
    payer: str | None = None
    contract: str | None = None
    locality: str | None = None
    valid_from: Day | None = Field(default=None, description="First date of service")
    valid_to: Day | None = Field(default=None, description="Last date of service")
    source: str | None = None


class LineMoney(Output):
    """Dollars at risk on one claim line; null where they are not known, for the schedule has no such code."""

    line: int = Field(description="Counted from 1")
    cpt: str
    allowed: float | None = Field(description="What the fee schedule gives for its units")
    basis: str | None = Field(description="The row of the schedule, in words")
    overpayment: float | None = Field(default=0, description="At risk of being denied or taken back")
    underpayment: float | None = Field(default=0, description="Not billed though supported")
    because: tuple[str, ...] = Field(default=(), description="Codes of the findings behind it")


class Money(Output):
    """Dollars at risk; overpayment and underpayment are never netted."""

    schedule: str = Field(description="Name of the fee schedule")
    lines: tuple[LineMoney, ...] = ()
    overpayment: float = Field(default=0, description="Sum of what is known")
    underpayment: float = Field(default=0, description="Sum of what is known")
    unknown: int = Field(default=0, description="Lines at risk for which the schedule has no amount")


class LineOutcome(Output):
    """What the auditor predicted for a line beside what the payer did."""

    line: int = Field(description="Counted from 1")
    cpt: str
    predicted: tuple[str, ...] = Field(default=(), description="CARCs that the findings invite, such as CO-50")
    findings: tuple[str, ...] = Field(default=(), description="Codes of those findings")
    denied: bool | None = Field(description="Null where the remittance holds no such line")
    carcs: tuple[str, ...] = Field(default=(), description="CARCs of the payer, such as CO-50")
    remarks: tuple[str, ...] = ()
