"""What a reference points to: a resource of the same bundle or one contained, and the person behind it."""

from typing import Any

from auditor.sources.clinical.fhir_values import Resource, at, objects, texts, words
from auditor.sources.clinical.people import full_name, known_name, one_line

Index = dict[str, Resource]
"""The resources of one bundle by their full URL and by type and id, such as ``Practitioner/7``."""
SOCIAL_SECURITY = "http://hl7.org/fhir/sid/us-ssn"
"""Identifiers of this system are never taken."""
NO_PROVIDER = ("Organization", "Patient", "RelatedPerson", "Device", "CareTeam", "Group")


def index_of(entries: list[Resource]) -> Index:
    """The resources of a bundle's entries; of two with one name the first is meant."""
    index: Index = {}
    for entry in entries:
        resource = at(entry, "resource")
        if not isinstance(resource, dict):
            continue
        if url := words(entry, "fullUrl"):
            index.setdefault(url, resource)
        if name := resource_name(resource):
            index.setdefault(name, resource)
    return index


def resource_name(resource: Any) -> str | None:  # noqa: ANN401 - any JSON value
    """A resource's type and id, as a relative reference names it."""
    kind, number = words(resource, "resourceType"), words(resource, "id")
    return f"{kind}/{number}" if kind and number else None


def resolved(reference: Any, owner: Resource, index: Index) -> Resource | None:  # noqa: ANN401 - any JSON value
    """The resource that a Reference in ``owner`` points to, where it is in the file."""
    target = words(reference, "reference")
    if not target:
        return None
    if target.startswith("#"):
        return next((part for part in objects(owner, "contained") if at(part, "id") == target[1:]), None)
    return index.get(target.partition("/_history/")[0])


def subject_id(reference: Any, owner: Resource, index: Index) -> str | None:  # noqa: ANN401 - any JSON value
    """The id of the patient referred to, of ``Patient/7`` the 7; else the identifier that stands there instead."""
    target, patient = words(reference, "reference") or "", resolved(reference, owner, index)
    if target and not target.startswith("#") and "?" not in target:
        number = words(patient, "id") or target.partition("/_history/")[0].rpartition("/")[2]
        return one_line(number) or None
    given = [*objects(patient, "identifier"), *objects(reference, "identifier")]
    numbers = (words(number, "value") for number in given if words(number, "system") != SOCIAL_SECURITY)
    return next((one_line(number) for number in numbers if number), None)


def clinician(reference: Any, owner: Resource, index: Index) -> str | None:  # noqa: ANN401 - any JSON value
    """The name of the practitioner referred to, with suffixes; None for an organization, the patient or a device."""
    found = resolved(reference, owner, index)
    if words(found, "resourceType") == "PractitionerRole":
        reference = at(found, "practitioner")
        found = resolved(reference, owner, index)
    kind = words(found, "resourceType") or words(reference, "type")
    target = words(reference, "reference") or ""
    if kind in NO_PROVIDER or any(f"{kind}/" in target for kind in NO_PROVIDER):
        return None
    return human_name(objects(found, "name")) or known_name(words(reference, "display"))


def human_name(names: list[Resource]) -> str | None:
    """The official name, else the first, such as "Jane Roe, DC"."""
    for name in sorted(names, key=lambda name: at(name, "use") != "official"):
        suffixes, written = texts(name, "suffix"), known_name(words(name, "text"))
        built = full_name(texts(name, "given"), words(name, "family") or "", suffixes)
        if built or written:
            return built if built and (suffixes or not written) else written
    return None
