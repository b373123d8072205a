"""JSON files of either kind: encounters of ours, or FHIR resources."""

from collections.abc import Iterator
from pathlib import Path

from auditor.sources.clinical.fhir import fhir_items, is_fhir
from auditor.sources.guard import guarded
from auditor.sources.json_file import encounters, json_value
from auditor.sources.records import Item


@guarded
def read_any_json(path: Path, name: str) -> Iterator[Item]:
    """Read encounters, or the notes of a FHIR resource or bundle (.json), told apart by ``resourceType``."""
    data = json_value(path)
    yield from fhir_items(data, path, name) if is_fhir(data) else encounters(data, path, name)
