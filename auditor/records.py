"""The records that go in and come out: Encounter and Audit, the project's public contract.

The CLI, the Python API, the batch engine and the scorer all speak these. Offsets are Unicode code points into the note,
end exclusive; dates are ISO 8601. Fields may be added; a field listed here keeps its name and meaning.
"""

import warnings
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

VisitType = Literal["initial", "subsequent"]
Status = Literal["met", "partial", "not_met", "not_applicable"]
Severity = Literal["error", "warning", "info"]
Disposition = Literal["ready", "review", "hold"]
Verdict = Literal["match", "overcoded", "undercoded", "unsupported", "not_billed"]
ElementName = Literal["subluxation", "part", "regions", "progress", "plan", "signature"]
Criterion = Literal["P", "A", "R", "T"]
FactKind = Literal[
    "place", "treatment", "part", "subluxation", "normal", "image", "measure", "change", "cause", "maintenance", "plan",
    "signature", "date_of_service", "visit",
]  # fmt: skip
SignatureStatus = Literal["accepted", "weak", "rejected", "absent"]
ELEMENTS: tuple[ElementName, ...] = ("subluxation", "part", "regions", "progress", "plan", "signature")


def _written_date(value: Any) -> Any:  # noqa: ANN401 - anything may come in
    if isinstance(value, int | float) or (isinstance(value, str) and value[4:5] != "-"):
        raise ValueError("must be a date written as YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_written_date)]
"""A date as ISO text; numbers are refused, for they would be read as seconds since 1970."""


class EncounterError(ValueError):
    """An encounter that cannot be read; the message names the field and never quotes the note."""


class UnknownFieldWarning(UserWarning):
    """A field of an encounter that the contract does not know was left out."""


class _Output(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class _Input(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_unknown(cls, data: Any) -> Any:  # noqa: ANN401 - anything may come in
        if isinstance(data, dict):
            unknown = sorted(str(name) for name in data if name not in cls.model_fields)
            if unknown:
                names = ", ".join(name[:40] for name in unknown[:5])
                warnings.warn(f"{cls.__name__}: left out unknown field {names}", UnknownFieldWarning, stacklevel=2)
        return data


class ClaimLine(_Input):
    """One service line of a claim."""

    cpt: str = Field(description="CPT or HCPCS code, such as 98941", pattern=r"^[0-9A-Za-z]{5}$")
    modifiers: tuple[str, ...] = Field(default=(), description="Modifiers, such as AT, 59, GA")
    units: Annotated[int, Field(ge=0)] = Field(default=1, description="Units billed")
    pointers: tuple[int, ...] = Field(default=(), description="Diagnoses it points to, counted from 1")
    charge: float | None = Field(default=None, allow_inf_nan=False, description="Charge in dollars")
    minutes: float | None = Field(default=None, allow_inf_nan=False, description="Minutes recorded for a timed code")


class Claim(_Input):
    """What was billed for the encounter."""

    diagnoses: tuple[str, ...] = Field(default=(), description="ICD-10-CM codes in their order on the claim")
    lines: tuple[ClaimLine, ...] = Field(default=(), description="Service lines")


class Abn(_Input):
    """The Advance Beneficiary Notice on file for this service."""

    signed: Day | None = Field(default=None, description="Date on which the patient signed")
    form_expires: Day | None = Field(default=None, description="Expiry date printed on the form")


class EarlierNote(_Input):
    """An earlier note of the same patient."""

    date_of_service: Day | None = Field(default=None, description="Date of that service")
    text: str = Field(description="That note, as it is")


class Encounter(_Input):
    """One note with what is known about it: the input of an audit. Only ``text`` is required."""

    id: str = Field(default="note", description="Unique in its file; made from the file name for a bare note")
    text: str = Field(description="The note, as it is")
    date_of_service: Day | None = Field(default=None, description="Date of service")
    visit: VisitType | None = Field(default=None, description="Null: the auditor decides from the note")
    payer: str | None = Field(default=None, description="medicare, uhc, aetna, cigna, bcbs, or any other name")
    provider: str | None = Field(default=None, description="The billing provider, as on the claim")
    patient_id: str | None = Field(default=None, description="Binds encounters of one patient into an episode")
    care_started: Day | None = Field(default=None, description="Date of initial treatment of this episode")
    claim: Claim | None = Field(default=None, description="The claim billed for the encounter")
    abn: Abn | None = Field(default=None, description="The notice on file for this service")
    earlier: tuple[EarlierNote, ...] = Field(default=(), description="This patient's earlier notes, any order")


class Evidence(_Output):
    """A piece of the note: ``text`` equals the note's characters from ``start`` to ``end`` (end exclusive)."""

    start: int = Field(description="First character, in Unicode code points")
    end: int = Field(description="One past the last character")
    text: str = Field(description="The characters themselves")
    section: str | None = Field(default=None, description="Section of the note it stands in")


class Section(_Output):
    """A part of the note under one heading, or read as such."""

    name: str = Field(description="subjective, objective, assessment, plan, treatment, history, imaging, …")
    start: int
    end: int


class RegionFact(_Output):
    """A spinal or extraspinal region that the note mentions."""

    region: str
    roles: tuple[str, ...] = Field(description="complaint, history, finding, imaging, diagnosis, treated, …")
    levels: tuple[str, ...] = Field(description="Levels mentioned in it, normalised")
    treated_levels: tuple[str, ...] = Field(description="Levels adjusted in it today")
    evidence: tuple[Evidence, ...] = ()


class PartFact(_Output):
    """A PART criterion found today in one region; null where the note gives no place."""

    criterion: Criterion
    region: str | None
    levels: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class ImageFact(_Output):
    """An image that the note cites."""

    modality: str
    date: str | None = Field(description="ISO date, or year-month, or year, as far as the note gives it")
    shows_subluxation: bool
    regions: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class MeasureFact(_Output):
    """A progress measure of today, with its previous value where the note gives one."""

    instrument: str = Field(description="NPRS (0-10), ODI, NDI, RMDQ, BQ, PSFS, PROMIS, ROM, SLR, FUNCTION, …")
    value: float
    previous: float | None = None
    unit: str | None = None
    region: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Frequency(_Output):
    """How often the patient is to come: ``times`` per ``every`` ``per`` (2 per 1 week)."""

    times: float
    per: str
    every: float = 1


class Duration(_Output):
    """For how long, or for how many visits."""

    value: float | None
    unit: str


class Goal(_Output):
    """A treatment goal; objective where it can be measured."""

    text: str
    objective: bool


class PlanFact(_Output):
    """The treatment plan as the note states it."""

    frequency: Frequency | None = None
    duration: Duration | None = None
    goals: tuple[Goal, ...] = ()
    refers_to_plan: bool = False
    evidence: tuple[Evidence, ...] = ()


class SignatureFact(_Output):
    """Who signed, how, and when."""

    status: SignatureStatus
    kind: str | None = None
    signer: str | None = None
    credential: str | None = None
    signed_on: date | None = None
    evidence: tuple[Evidence, ...] = ()


class VocabularyUse(_Output):
    """Words of the note that the vocabulary knows."""

    words: str
    family: str
    kind: str | None = None
    example: str = Field(description="The entry's own example")
    source: str | None = None


class ModifierUse(_Output):
    """A modifier in the manner of ConText that stands over a fact or over its act."""

    words: str
    category: str = Field(description="NEGATED, HISTORICAL, HYPOTHETICAL, PLANNED or OTHER_PERSON")


class Explanation(_Output):
    """Why one fact, or one mention of a place, was read as it was."""

    fact: FactKind
    says: str = Field(description="What was read: 'C5: treated', 'R thoracic', 'NPRS 4'")
    names: tuple[str, ...] = Field(default=(), description="Levels and regions that it concerns, normalised")
    role: str | None = Field(default=None, description="Of a place: what it is mentioned as")
    evidence: Evidence
    rule: str = Field(description="The grammar that found it, by module and function")
    rule_says: str = Field(description="What that grammar looks for")
    vocabulary: tuple[VocabularyUse, ...] = Field(default=(), description="Entries of the vocabulary it rests on")
    modifiers: tuple[ModifierUse, ...] = Field(default=(), description="What denies, dates, plans or supposes it")
    why: str | None = Field(default=None, description="Of a place: why it counts as treated or not")
    model: str | None = Field(default=None, description="The model that refined it")
    probability: float | None = Field(default=None, description="What the model gives its answer")


class AuditFacts(_Output):
    """What the note says, as far as it was read."""

    sections: tuple[Section, ...] = ()
    regions: tuple[RegionFact, ...] = ()
    part: tuple[PartFact, ...] = ()
    images: tuple[ImageFact, ...] = ()
    measures: tuple[MeasureFact, ...] = ()
    plan: PlanFact = PlanFact()
    signature: SignatureFact = SignatureFact(status="absent")


class ElementVerdict(_Output):
    """One of the six documentation elements drawn from CMS requirements."""

    element: ElementName
    status: Status
    reasons: tuple[str, ...] = Field(description="Plain sentences: why it passed or not")
    evidence: tuple[Evidence, ...] = ()


class RegionCheck(_Output):
    """The regions treated against the spinal CMT code billed."""

    billed: str | None
    treated: tuple[str, ...]
    supported: tuple[str, ...]
    possible: tuple[str, ...]
    treated_code: str | None
    supported_code: str | None
    verdict: Verdict


class Searched(_Output):
    """Where something was looked for that is missing."""

    sections: tuple[str, ...] = Field(description="Sections searched")
    terms: tuple[str, ...] = Field(description="Kinds of wording searched for")
    nearest: str | None = Field(default=None, description="The nearest miss, in the note's words, where there is one")


class Finding(_Output):
    """One documentation or coding defect, with what it rests on."""

    code: str
    element: ElementName | None = Field(description="Null for claim findings")
    severity: Severity
    message: str
    remedy: str
    carc: str | None = Field(default=None, description="Claim adjustment reason code that it invites")
    evidence: tuple[Evidence, ...] = ()
    searched: Searched | None = Field(default=None, description="Instead of evidence, where something is missing")


class Audit(_Output):
    """The whole audit of one encounter: the output."""

    id: str
    visit: VisitType
    facts: AuditFacts
    elements: tuple[ElementVerdict, ...]
    score: Annotated[int, Field(ge=0, le=100)]
    disposition: Disposition
    region_check: RegionCheck
    findings: tuple[Finding, ...] = ()
    explanation: tuple[Explanation, ...] | None = Field(
        default=None, description="Why each fact was read so; null unless it was asked for"
    )
    meta: dict[str, Any] = Field(default_factory=dict, description="Versions of the package, rules and models")


def parse_encounter(data: Any, *, default_id: str = "note") -> Encounter:  # noqa: ANN401 - anything may come in
    """Check one encounter given as plain data.

    Raises:
        EncounterError: it is no object, or a field has a wrong type or an impossible value; the message names the
            field and the way out, and never quotes the note.
    """
    if not isinstance(data, dict):
        raise EncounterError("an encounter must be a JSON object with at least the field text")
    try:
        return Encounter.model_validate({"id": default_id, **{k: v for k, v in data.items() if v is not None}})
    except ValidationError as fault:
        raise EncounterError(_one_sentence(fault)) from None


def _one_sentence(fault: ValidationError) -> str:
    first = fault.errors(include_url=False, include_context=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or "encounter"
    more = f" (and {fault.error_count() - 1} more)" if fault.error_count() > 1 else ""
    return f"field {field}: {first['msg'][:1].lower()}{first['msg'][1:]}{more}"
