"""The header of a clinical document: patient, date of service, provider, and who signed it and when.

Source: HL7 Implementation Guide for CDA Release 2, Consolidated CDA (US Realm Header). ``effectiveTime`` of the header
is when the document was made, so it is no date of service.
"""

from datetime import date
from xml.etree.ElementTree import Element

from auditor.sources.clinical.ccda_xml import local_name
from auditor.sources.clinical.days import day_of
from auditor.sources.clinical.people import full_name, known_name, one_line
from auditor.sources.clinical.signed import signature_line

SOCIAL_SECURITY = "2.16.840.1.113883.4.1"
"""Identifiers of this root are never taken."""
SIGNED = "S"


def patient_id(root: Element) -> str | None:
    """The first identifier of the patient that is no social security number."""
    for number in root.findall("{*}recordTarget/{*}patientRole/{*}id"):
        extension = one_line(number.get("extension") or "")
        if extension and number.get("root") != SOCIAL_SECURITY:
            return extension
    return None


def date_of_service(root: Element) -> date | None:
    """The day on which the encounter began, else the one day of the service that is documented."""
    time = root.find("{*}componentOf/{*}encompassingEncounter/{*}effectiveTime")
    if time is not None and (day := _first(time)):
        return day
    for time in root.findall("{*}documentationOf/{*}serviceEvent/{*}effectiveTime"):
        first, last = _first(time), _day(time.find("{*}high"))
        if first and last in (None, first):
            return first
    return None


def provider(root: Element) -> str | None:
    """Who is legally responsible for the document, else its first author that is a person."""
    people = [
        *root.findall("{*}legalAuthenticator/{*}assignedEntity/{*}assignedPerson"),
        *root.findall("{*}author/{*}assignedAuthor/{*}assignedPerson"),
    ]
    return next(filter(None, map(person, people)), None)


def signatures(root: Element) -> list[str]:
    """The line of the legal authenticator's signature, where the document says that it is signed."""
    found = []
    for signer in root.findall("{*}legalAuthenticator"):
        name = person(signer.find("{*}assignedEntity/{*}assignedPerson"))
        code = signer.find("{*}signatureCode")
        if name and code is not None and code.get("code") == SIGNED:
            found.append(signature_line(name, _day(signer.find("{*}time"))))
    return found


def person(element: Element | None) -> str | None:
    """The name of an ``assignedPerson`` with its suffixes, such as "Jane Roe, DC"."""
    name = None if element is None else element.find("{*}name")
    if name is None:
        return None
    parts: dict[str, list[str]] = {"given": [], "family": [], "suffix": []}
    for part in name:
        parts.get(local_name(part), []).append("".join(part.itertext()))
    given, family, suffix = parts.values()
    return full_name(given, " ".join(family), suffix) or known_name("".join(name.itertext()))


def _first(time: Element) -> date | None:
    return _day(time.find("{*}low")) or _day(time)


def _day(time: Element | None) -> date | None:
    return None if time is None else day_of(time.get("value"))
