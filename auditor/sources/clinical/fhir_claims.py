"""A FHIR Claim as the claims of our records: one for each day of service, for a claim may bill several visits.

Source: HL7 FHIR R4, resource Claim. A diagnosis is pointed to by its place among the claim's diagnoses, in the order
of their sequence numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from auditor.records import Claim, EncounterError
from auditor.sources.clinical.days import day_of
from auditor.sources.clinical.fhir_references import Index, resolved, subject_id
from auditor.sources.clinical.fhir_values import Resource, at, codes, objects, one_day, words
from auditor.sources.clinical.people import one_line

SERVICE = re.compile(r"[0-9A-Za-z]{5}")
"""A CPT or HCPCS code."""
MODIFIER = re.compile(r"[0-9A-Za-z]{2}")
MOST_UNITS = 10_000
BILLED = (None, "active")
USES = (None, "claim")


@dataclass(frozen=True, slots=True)
class Billed:
    """What was billed for one patient and day."""

    patient: str
    day: date
    payer: str | None
    claim: Claim


def billed(resource: Resource, index: Index) -> Iterator[Billed]:
    """What a Claim bills, one for each day of service.

    Raises:
        EncounterError: it is no claim that was sent, or a field that it needs is missing or has a wrong type.
    """
    if at(resource, "status") not in BILLED or at(resource, "use") not in USES:
        raise EncounterError("the claim is not active; send it first")
    patient = subject_id(at(resource, "patient"), resource, index)
    sequences = _diagnoses(resource)
    places = {number: place for place, number in enumerate(sequences, 1)}
    days: dict[date, list[dict[str, Any]]] = {}
    for item in objects(resource, "item"):
        days.setdefault(_day(item, resource), []).append(_line(item, places))
    if not patient or not days:
        raise EncounterError("fields patient and item: they are missing; export the claim again")
    payer = _payer(resource, index)
    for day, lines in days.items():
        claim = Claim.model_validate({"diagnoses": list(sequences.values()), "lines": lines})
        yield Billed(patient, day, payer, claim)


def _diagnoses(resource: Resource) -> dict[int, str]:
    """ICD-10-CM codes by their sequence number, in its order."""
    found: dict[int, str] = {}
    for diagnosis in objects(resource, "diagnosis"):
        number, given = at(diagnosis, "sequence"), codes(at(diagnosis, "diagnosisCodeableConcept"))
        if not _whole(number) or number in found or not given:
            raise EncounterError("field diagnosis: each needs a sequence number of its own and a code")
        found[number] = one_line(given[0])
    return dict(sorted(found.items()))


def _line(item: Resource, places: dict[int, int]) -> dict[str, Any]:
    service = next((code for code in codes(at(item, "productOrService")) if SERVICE.fullmatch(code)), None)
    modifiers = [next(iter(codes(modifier)), "") for modifier in objects(item, "modifier")]
    units, pointers = at(item, "quantity", "value"), at(item, "diagnosisSequence") or []
    units = 1 if units is None else units
    if not service or not all(map(MODIFIER.fullmatch, modifiers)) or not isinstance(pointers, list):
        raise EncounterError("field item: it needs a CPT or HCPCS code, and modifiers of two characters")
    if not _number(units) or units != int(units) or not 0 <= units <= MOST_UNITS:
        raise EncounterError("field item.quantity: it must be a whole number of units")
    if any(not _whole(number) or number not in places for number in pointers):
        raise EncounterError("field item.diagnosisSequence: there is no such diagnosis")
    return {
        "cpt": service.upper(),
        "modifiers": [modifier.upper() for modifier in modifiers],
        "units": int(units),
        "pointers": [places[number] for number in pointers],
        "charge": _charge(item, int(units)),
    }


def _charge(item: Resource, units: int) -> float | None:
    """The net amount of the line, else its price times its units."""
    for name, times in (("net", 1), ("unitPrice", units)):
        amount = at(item, name, "value")
        if amount is None:
            continue
        if not _number(amount) or at(item, name, "currency") not in (None, "USD"):
            raise EncounterError(f"field item.{name}: it must be an amount in dollars")
        return round(float(amount) * times, 2)
    return None


def _day(item: Resource, resource: Resource) -> date:
    day = (
        day_of(at(item, "servicedDate"))
        or day_of(at(item, "servicedPeriod", "start"))
        or one_day(at(resource, "billablePeriod"))
    )
    if day is None:
        raise EncounterError("fields servicedDate and billablePeriod: no single day of service is named")
    return day


def _payer(resource: Resource, index: Index) -> str | None:
    insurer = at(resource, "insurer")
    name = words(insurer, "display") or words(resolved(insurer, resource, index), "name")
    return one_line(name) if name else None


def _number(value: Any) -> bool:  # noqa: ANN401 - any JSON value
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9 and isfinite(value)


def _whole(value: Any) -> bool:  # noqa: ANN401 - any JSON value
    return isinstance(value, int) and not isinstance(value, bool)
