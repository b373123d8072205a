"""Encounter: one note with what is known about it, the input of an audit."""

from typing import Any

from pydantic import Field, ValidationError

from auditor.records.claim import Abn, Claim, Remittance
from auditor.records.given import Day, EncounterError, Input
from auditor.records.words import VisitType


class EarlierNote(Input):
    """An earlier note of the same patient."""

    date_of_service: Day | None = Field(default=None, description="Date of that service")
    text: str = Field(description="That note, as it is")


class SimilarNote(Input):
    """A note of another patient of the same provider that this one repeats, as a search over many notes finds it."""

    encounter_id: str = Field(description="Its encounter")
    date_of_service: Day | None = Field(default=None, description="Date of that service")


class Encounter(Input):
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
    remittance: Remittance | None = Field(default=None, description="What the payer answered to the claim")
    locality: str | None = Field(default=None, description="Place of service as the fee schedule names it")
    contract: str | None = Field(default=None, description="Contract with the payer as the fee schedule names it")
    earlier: tuple[EarlierNote, ...] = Field(default=(), description="This patient's earlier notes, any order")
    similar: tuple[SimilarNote, ...] = Field(default=(), description="Notes of other patients that this one repeats")


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
