"""The claim, the notice behind it, and what the payer answered."""

from typing import Annotated

from pydantic import Field

from auditor.records.given import Day, Input


class ClaimLine(Input):
    """One service line of a claim."""

    cpt: str = Field(description="CPT or HCPCS code, such as 98941", pattern=r"^[0-9A-Za-z]{5}$")
    modifiers: tuple[str, ...] = Field(default=(), description="Modifiers, such as AT, 59, GA")
    units: Annotated[int, Field(ge=0)] = Field(default=1, description="Units billed")
    pointers: tuple[int, ...] = Field(default=(), description="Diagnoses it points to, counted from 1")
    charge: float | None = Field(default=None, allow_inf_nan=False, description="Charge in dollars")
    minutes: float | None = Field(default=None, allow_inf_nan=False, description="Minutes recorded for a timed code")


class Claim(Input):
    """What was billed for the encounter."""

    diagnoses: tuple[str, ...] = Field(default=(), description="ICD-10-CM codes in their order on the claim")
    lines: tuple[ClaimLine, ...] = Field(default=(), description="Service lines")
    control_number: str | None = Field(default=None, description="Patient control number (CLM01), where it is known")


class Abn(Input):
    """The Advance Beneficiary Notice on file for this service."""

    signed: Day | None = Field(default=None, description="Date on which the patient signed")
    form_expires: Day | None = Field(default=None, description="Expiry date printed on the form")


class Adjustment(Input):
    """An amount by which a payer changed a charge, and why."""

    group: str = Field(description="CO, PR, OA, PI or CR")
    carc: str = Field(description="Claim adjustment reason code, such as 50")
    amount: float = Field(allow_inf_nan=False, description="Dollars; positive lowers the payment")


class PaidLine(Input):
    """What a payer did with one service line."""

    cpt: str = Field(description="CPT or HCPCS code as the payer judged it")
    modifiers: tuple[str, ...] = ()
    charge: float | None = Field(default=None, allow_inf_nan=False)
    paid: float | None = Field(default=None, allow_inf_nan=False)
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = Field(default=(), description="Remittance advice remark codes, such as N115")


class Remittance(Input):
    """The payer's answer to the claim, as an 835 gives it."""

    status: str | None = Field(default=None, description="CLP02: 1, 2, 3 paid, 4 denied, 22 taken back")
    lines: tuple[PaidLine, ...] = ()
    adjustments: tuple[Adjustment, ...] = Field(default=(), description="Of the whole claim")
