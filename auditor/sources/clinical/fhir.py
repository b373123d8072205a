"""FHIR in JSON: a Bundle, a DocumentReference, a Composition or a Claim; each note of it is one encounter."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from auditor.sources.build import build
from auditor.sources.clinical.fhir_matching import attach_claims
from auditor.sources.clinical.fhir_notes import NOTES, note_fields
from auditor.sources.clinical.fhir_references import Index, index_of, resource_name
from auditor.sources.clinical.fhir_values import Resource, at, objects, words
from auditor.sources.guard import guarded
from auditor.sources.json_file import json_value
from auditor.sources.records import Item, Rejected, UnreadableError, printable, reject

KINDS = frozenset({"Bundle", "Claim", *NOTES})
MAX_BUNDLES = 5
"""Bundles inside each other."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a resource stands: the file and entry, the name for an id that is missing, how many bundles are around."""

    source: str
    name: str
    depth: int = 0

    def entry(self, number: int) -> "Place":
        """The place of a bundle's entry, counted from 1."""
        return Place(f"{self.source}, entry {number}", f"{self.name}-{number}", self.depth + 1)


def is_fhir(data: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Whether a JSON value is a FHIR resource of a kind that is read here."""
    return isinstance(data, dict) and words(data, "resourceType") in KINDS


@guarded
def read_fhir(path: Path, name: str) -> Iterator[Item]:
    """Read a FHIR resource or bundle (.json); a note without an id is called ``name``, and its place in the bundle."""
    yield from fhir_items(json_value(path), path, name)


def fhir_items(data: Any, path: Path, name: str) -> Iterator[Item]:  # noqa: ANN401 - any JSON value
    """The notes of a FHIR resource or bundle whose JSON is read already.

    Raises:
        UnreadableError: it is no such resource, or there is no note in it.
    """
    if not is_fhir(data):
        raise UnreadableError("this is no FHIR Bundle, DocumentReference, Composition or Claim; export one of these")
    here = Place(str(path), name)
    entries = _entries(data, here) if data["resourceType"] == "Bundle" else [(here, data)]
    anything = False
    for item in _items(entries, index_of(objects(data, "entry")), here):
        anything = True
        yield replace(item, source=printable(str(path))) if isinstance(item, Rejected) else item
    if not anything:
        raise UnreadableError("there is no DocumentReference or Composition in it; export the notes too")


def _entries(bundle: Resource, here: Place) -> list[tuple[Place, Any]]:
    """The resources of a bundle and their places; of a history, which begins with the newest, the newest versions."""
    found, seen = [], set()
    entries = bundle.get("entry", [])
    for number, entry in enumerate(entries if isinstance(entries, list) else [None], 1):
        resource = at(entry, "resource")
        name = resource_name(resource) or words(entry, "request", "url")
        if name and name in seen:
            continue
        if at(bundle, "type") == "history":
            seen.add(name)
        if resource is not None or not isinstance(entry, dict):
            found.append((here.entry(number), resource))
    return found


def _items(entries: list[tuple[Place, Any]], index: Index, here: Place) -> Iterator[Item]:
    """The notes among the resources with their claims, and those of the bundles among them."""
    notes = {place: _note(resource, index, place) for place, resource in entries if _kind(resource) in NOTES}
    claims = [resource for _, resource in entries if _kind(resource) == "Claim"]
    attach_claims((fields for fields in notes.values() if isinstance(fields, dict)), claims, index, here.source)
    for place, resource in entries:
        if place in notes:
            fields = notes[place]
            yield fields if isinstance(fields, Rejected) else build(fields, place.source, None, place.name)
        elif not isinstance(resource, dict):
            yield reject(place.source, None, "it is no JSON object; export the bundle again")
        elif _kind(resource) == "Bundle" and place.depth < MAX_BUNDLES:
            yield from _items(_entries(resource, place), index_of(objects(resource, "entry")), place)
        elif _kind(resource) == "Bundle":
            yield reject(place.source, None, f"bundles are nested more than {MAX_BUNDLES} deep; export them one by one")


def _kind(resource: Any) -> str | None:  # noqa: ANN401 - any JSON value
    return words(resource, "resourceType")


def _note(resource: Resource, index: Index, place: Place) -> dict[str, Any] | Rejected:
    try:
        return note_fields(resource, index)
    except UnreadableError as fault:
        return reject(place.source, None, str(fault))
