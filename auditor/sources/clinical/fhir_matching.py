"""The claims of a bundle put to its notes: of the same patient and day, where there is exactly one of each."""

import warnings
from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Any

from auditor.records import EncounterError
from auditor.sources.clinical.fhir_claims import Billed, billed
from auditor.sources.clinical.fhir_references import Index
from auditor.sources.clinical.fhir_values import Resource
from auditor.sources.records import SourceWarning


def attach_claims(notes: Iterable[dict[str, Any]], claims: Iterable[Resource], index: Index, source: str) -> None:
    """Give the notes their claim and payer; a :class:`SourceWarning` counts the claims that are left over.

    Args:
        notes: the fields of each note, which are added to.
        claims: the Claim resources of the same bundle.
        index: the resources of that bundle.
        source: the file, as warnings name it.
    """
    visits: defaultdict[Hashable, list[dict[str, Any]]] = defaultdict(list)
    for note in notes:
        visits[note["patient_id"], note["date_of_service"]].append(note)
    bills, unreadable = _billed(claims, index)
    alone = 0
    for visit, found in bills.items():
        if len(found) == 1 and len(visits[visit]) == 1:
            visits[visit][0].update(claim=found[0].claim, payer=found[0].payer)
        else:
            alone += len(found)
    _warn(alone, "without exactly one note of the same patient and date of service", source)
    _warn(unreadable, "that are not active, or lack a field or have one of a wrong type", source)


def _billed(claims: Iterable[Resource], index: Index) -> tuple[dict[Hashable, list[Billed]], int]:
    bills: defaultdict[Hashable, list[Billed]] = defaultdict(list)
    unreadable = 0
    for claim in claims:
        try:
            found = list(billed(claim, index))
        except EncounterError:
            unreadable += 1
            continue
        for bill in found:
            bills[bill.patient, bill.day].append(bill)
    return bills, unreadable


def _warn(count: int, which: str, source: str) -> None:
    if count:
        warnings.warn(f"{source}: left out claims {which} ({count})", SourceWarning, stacklevel=4)
