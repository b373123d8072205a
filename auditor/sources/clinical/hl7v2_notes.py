"""The notes of an HL7 version 2 message: the one of an MDM, and one for each report (OBR) of an ORU.

Source: HL7 version 2.5.1, chapters 7 (OBR, OBX) and 9 (TXA). One ORU may bring reports of several patients.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from auditor.sources.clinical.attachment import attached_text, readable_type, shown_text
from auditor.sources.clinical.days import day_of
from auditor.sources.clinical.hl7v2_escapes import unescaped
from auditor.sources.clinical.hl7v2_people import provider, signatures
from auditor.sources.clinical.hl7v2_segments import Message, Segment
from auditor.sources.clinical.people import one_line
from auditor.sources.clinical.signed import signed_text
from auditor.sources.records import UnreadableError

TEXTS = frozenset({"", "FT", "ST", "TX"})
"""Types of a value (OBX-2) that are text; one that names no type is taken for text."""
NUMBERS = frozenset({"NM", "SN", "DT", "TM", "TS", "DTM"})
"""Types that are shown as they stand."""
CODED = frozenset({"CE", "CF", "CNE", "CWE"})
"""Types of a code and its words."""
REMOVED = frozenset({"D", "W"})
"""Status of a result (OBX-11): deleted, wrong."""
WITHDRAWN = frozenset({"CA", "OB"})
"""Availability of a document (TXA-19): cancelled, obsolete."""
SERIES = "R"
"""Class of a patient (PV1-2) that comes again and again: the admission is then that of the whole series."""


@dataclass(slots=True)
class Report:
    """The segments of one note."""

    patient: Segment | None = None
    visit: Segment | None = None
    order: Segment | None = None
    document: Segment | None = None
    observations: list[Segment] = field(default_factory=list)


def reports(message: Message) -> Iterator[Report]:
    """The reports of a message.

    Raises:
        UnreadableError: it is of another kind, or an MDM with two patients or documents.
    """
    kind = message[0].components(9)[0].strip()
    names = [segment.name for segment in message]
    if kind not in ("MDM", "ORU"):
        raise UnreadableError("the message is no MDM and no ORU; only these carry notes")
    if kind == "MDM" and (names.count("PID") > 1 or names.count("TXA") > 1):
        raise UnreadableError("the message has more than one segment PID or TXA; send each document alone")
    report = Report()
    for segment in message:
        if kind == "ORU" and segment.name in ("PID", "OBR"):
            if report.order or report.observations:
                yield report
            visit = report.visit if segment.name == "OBR" else None
            report = Report(patient=report.patient, visit=visit)
        _put(segment, report)
    if kind == "MDM" or report.order or report.observations:
        yield report


def _put(segment: Segment, report: Report) -> None:
    match segment.name:
        case "PID":
            report.patient = segment
        case "PV1":
            report.visit = segment
        case "OBR":
            report.order = report.order or segment
        case "TXA":
            report.document = segment
        case "OBX":
            report.observations.append(segment)
        case "NTE" if report.order or report.document or report.observations:
            report.observations.append(segment)
        case "DSC" | "ADD":
            raise UnreadableError("the note goes on in another message (DSC, ADD); send it whole")


def note_fields(report: Report) -> dict[str, Any]:
    """The fields of the encounter that a report is.

    Raises:
        UnreadableError: it was withdrawn, or has no text that can be read.
    """
    document = report.document
    if document and document.field(19).strip() in WITHDRAWN:
        raise UnreadableError("field TXA-19: the document is cancelled or obsolete; send the one that holds")
    text = "\n".join(_text(segment) for segment in report.observations if segment.field(11).strip() not in REMOVED)
    return {
        "text": signed_text(text, signatures(document)),
        "date_of_service": _date_of_service(report),
        "patient_id": _patient_id(report.patient),
        "provider": provider(document, report.order),
    }


def _text(observation: Segment) -> str:
    if observation.name == "NTE":
        return _lines(observation, 3)
    kind = observation.field(2).strip()
    if kind in TEXTS or kind in NUMBERS:
        if kind in TEXTS and " " in observation.field(6).strip():
            raise UnreadableError("field OBX-6 holds words, so a | in the text was not escaped; send it as \\F\\")
        return _lines(observation, 5)
    if kind in CODED:
        return unescaped(next(filter(None, observation.components(5)[1::-1]), ""), observation.by)
    if kind == "ED":
        return _encapsulated(observation)
    if observation.field(5).strip():
        raise UnreadableError("a segment OBX is of a type that is not read (OBX-2); send its text as TX or FT")
    return ""


def _lines(segment: Segment, number: int) -> str:
    return "\n".join(unescaped(line, segment.by) for line in segment.repetitions(number))


def _encapsulated(observation: Segment) -> str:
    """The text of encapsulated data: source, type, subtype, encoding (A, Hex or Base64), data."""
    _, kind, subtype, encoding, data = [*observation.components(5), "", "", "", "", ""][:5]
    kind, data = kind.strip().lower(), unescaped(data, observation.by)
    media = kind if "/" in kind else f"{kind}/{subtype.strip().lower() or 'plain'}"
    match encoding.strip().lower():
        case "base64":
            return attached_text(media, data)
        case "a":
            return shown_text(readable_type(media), data)
        case _:
            raise UnreadableError("field OBX-5: the text is encoded neither as A nor as Base64; send it as Base64")


def _patient_id(patient: Segment | None) -> str | None:
    """The first identifier (PID-3) that is no social security number."""
    if patient is None:
        return None
    for number in patient.repetitions(3):
        components = [*number.split(patient.by.component), "", "", "", "", ""]
        if components[0].strip() and components[4].strip() != "SS":
            return one_line(unescaped(components[0], patient.by)) or None
    return None


def _date_of_service(report: Report) -> date | None:
    """When the visit began (PV1-44), the activity took place (TXA-4), or the observation was made (OBR-7)."""
    fields = [(report.visit, 44), (report.document, 4), (report.order, 7)]
    if report.visit and report.visit.field(2).strip() == SERIES:
        fields = fields[1:]
    return next((day for segment, number in fields if segment and (day := day_of(segment.field(number)))), None)
