"""A FHIR DocumentReference or Composition as the plain data of one encounter.

Source: HL7 FHIR R4 and R5, resources DocumentReference and Composition. Their ``date`` is when the document was made or
edited, so it is no date of service; that is the period of the encounter or of the service that is documented.
"""

from datetime import date
from typing import Any

from auditor.sources.clinical.days import day_of
from auditor.sources.clinical.fhir_documents import attachment_text, composition_text
from auditor.sources.clinical.fhir_references import Index, clinician, resolved, subject_id
from auditor.sources.clinical.fhir_values import MOST_PEOPLE, Resource, at, codes, objects, one_day, words
from auditor.sources.clinical.signed import signature_line, signed_text
from auditor.sources.records import UnreadableError

NOTES = {"Composition": composition_text, "DocumentReference": attachment_text}
FINISHED = frozenset({"final", "amended", "appended", "corrected"})
"""States of a document in which it can be signed."""
WITHDRAWN = {"entered-in-error": "marked as entered in error", "superseded": "replaced by a newer one"}
SIGNING = frozenset({"legal", "professional"})
"""Modes of attestation that are a signature of the treating provider."""


def note_fields(resource: Resource, index: Index) -> dict[str, Any]:
    """The fields of the encounter that a resource is, but its claim.

    Raises:
        UnreadableError: it was withdrawn, or its text cannot be read.
    """
    for state in (at(resource, "status"), at(resource, "docStatus")):
        if isinstance(state, str) and state in WITHDRAWN:
            raise UnreadableError(f"this document is {WITHDRAWN[state]}; leave it out, or export the one that holds")
    text = NOTES[resource["resourceType"]](resource)
    people = (clinician(author, resource, index) for author in objects(resource, "author")[:MOST_PEOPLE])
    signers = _signers(resource, index)
    return {
        "id": words(resource, "id"),
        "text": signed_text(text, [signature_line(name, day) for name, day in signers]),
        "date_of_service": _date_of_service(resource, index),
        "patient_id": subject_id(at(resource, "subject"), resource, index),
        "provider": next(filter(None, people), None) or next((name for name, _ in signers), None),
    }


def _date_of_service(resource: Resource, index: Index) -> date | None:
    context = at(resource, "context")
    encounters = [*objects(resource, "encounter"), *objects(context, "encounter"), *objects(resource, "context")]
    found = [resolved(reference, resource, index) for reference in encounters[:MOST_PEOPLE]]
    starts = [
        at(context, "period", "start"),
        at(resource, "period", "start"),
        *(at(encounter, "period", "start") or at(encounter, "actualPeriod", "start") for encounter in found),
    ]
    services = [one_day(at(event, "period")) for event in objects(resource, "event")]
    return next(filter(None, [*map(day_of, starts), *services]), None)


def _signers(resource: Resource, index: Index) -> list[tuple[str, date | None]]:
    """Who signed and when: attesters with a time (both resources), and the authenticator of a finished R4 document."""
    state = at(resource, "docStatus") if resource["resourceType"] == "DocumentReference" else at(resource, "status")
    if not isinstance(state, str) or state not in FINISHED:
        return []
    signers: list[tuple[str, date | None]] = []
    for attester in objects(resource, "attester")[:MOST_PEOPLE]:
        name, day = clinician(at(attester, "party"), resource, index), day_of(at(attester, "time"))
        if name and day and SIGNING.intersection(_modes(at(attester, "mode"))):
            signers.append((name, day))
    authenticator = clinician(at(resource, "authenticator"), resource, index)
    return signers or ([(authenticator, None)] if authenticator else [])


def _modes(mode: Any) -> list[str]:  # noqa: ANN401 - any JSON value
    """The modes of an attester: R4 has one code, early R4 a list of them, R5 a CodeableConcept."""
    return [code for member in (mode if isinstance(mode, list) else [mode]) for code in codes(member)]
