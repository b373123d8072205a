"""What claim files give: a claim as it was billed, and what a payer answered to one, each with where it stands."""

from dataclasses import dataclass
from datetime import date

from auditor.records import Claim, Remittance


@dataclass(frozen=True, slots=True)
class BilledClaim:
    """What was billed for one patient, one date of service and one provider.

    Attributes:
        claim: The claim; ``control_number`` is CLM01.
        date_of_service: Date of its lines (DTP*472); None where no line has one.
        patients: What the patient is known by: control number, member id, medical record number, ``LAST, FIRST``.
        providers: NPI and ``LAST, FIRST`` of the rendering provider, else of the billing provider.
        payer: The payer's name.
        care_started: Date of the initial treatment, else of the accident or onset.
        source: The file.
        position: Where it stands in the file, such as ``segment 1042, claim 17``.
        frequency: CLM05-3: 1 first claim, 7 in place of an earlier one, 8 takes an earlier one back.
    """

    claim: Claim
    date_of_service: date | None
    patients: tuple[str, ...]
    providers: tuple[str, ...]
    payer: str | None
    care_started: date | None
    source: str
    position: str
    frequency: str = "1"


@dataclass(frozen=True, slots=True)
class RemittedClaim:
    """What a payer answered to one claim for one date of service.

    Attributes:
        control_number: CLP01, the provider's own number of the claim.
        patients: What the patient is known by: control number, member id, ``LAST, FIRST``.
        date_of_service: Date of its lines (DTM*472), else of the claim (DTM*232); None where there is none.
        remittance: The answer.
        source: The file.
        position: Where it stands in the file, such as ``segment 88, claim 3``.
        billed_codes: For each line the code that was billed (SVC06 where the payer judged another one).
    """

    control_number: str
    patients: tuple[str, ...]
    date_of_service: date | None
    remittance: Remittance
    source: str
    position: str
    billed_codes: tuple[str, ...] = ()
