"""FHIR claims: they go to the notes of their patient and day, or are counted and left out."""

import base64
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from auditor.records import Claim, ClaimLine, Encounter
from auditor.sources import Item, Rejected, SourceWarning
from auditor.sources.clinical.fhir import read_fhir

SAMPLES = Path(__file__).parent / "samples"
SECRET = "Zebulon"


def items_of(data: Any) -> list[Item]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "export.json")
        file.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
        return list(read_fhir(file, "export"))


def note_of(data: Any) -> Encounter:
    [item] = items_of(data)
    assert isinstance(item, Encounter), item
    return item


def document(**more: Any) -> dict[str, Any]:
    data = base64.b64encode(b"L4 sore").decode()
    content = [{"attachment": {"contentType": "text/plain", "data": data}}]
    return {"resourceType": "DocumentReference", "status": "current", "content": content, **more}


def bundle(*resources: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": resource} for resource in resources]}


def coded(code: Any) -> dict[str, Any]:
    return {"coding": [{"code": code}]}


def item(code: Any = "98940", **more: Any) -> dict[str, Any]:
    return {"sequence": 1, "productOrService": coded(code), "servicedDate": "2026-03-04", **more}


def claim(*items: Any, **more: Any) -> dict[str, Any]:
    diagnoses = [{"sequence": 3, "diagnosisCodeableConcept": coded("M99.03")}]
    who = {"resourceType": "Claim", "status": "active", "use": "claim", "patient": {"reference": "Patient/7"}}
    return {**who, "diagnosis": diagnoses, "item": list(items) or [item()], **more}


VISIT = document(subject={"reference": "Patient/7"}, context={"period": {"start": "2026-03-04"}})


def test_the_claims_of_a_bundle_go_to_the_notes_of_their_patient_and_day() -> None:
    with pytest.warns(SourceWarning, match=r"left out claims without exactly one note .* \(1\)$"):
        plain, page, pdf = read_fhir(SAMPLES / "fhir-searchset.json", "visit")
    assert isinstance(plain, Encounter)
    assert isinstance(page, Encounter)
    assert plain.payer == page.payer == "Medicare"
    assert plain.claim == Claim(
        diagnoses=("M99.03", "M99.02"),
        lines=(
            ClaimLine(cpt="98940", modifiers=("AT",), pointers=(1, 2), charge=45.5),
            ClaimLine(cpt="97110", modifiers=("GP",), units=2, pointers=(1,), charge=62.5),
        ),
    )
    assert page.claim == Claim(
        diagnoses=("M99.03", "M99.02"), lines=(ClaimLine(cpt="98941", modifiers=("AT",), pointers=(2,)),)
    )
    assert isinstance(pdf, Rejected)
    assert pdf.reason.endswith("entry 3: the attachment is a PDF document; export the note as text/plain or text/html.")


@pytest.mark.parametrize(
    ("given_item", "line"),
    [
        (item(), ClaimLine(cpt="98940")),
        (item("g0283", modifier=[coded("at"), coded("59")]), ClaimLine(cpt="G0283", modifiers=("AT", "59"))),
        (item(quantity={"value": 2.0}, diagnosisSequence=[3]), ClaimLine(cpt="98940", units=2, pointers=(1,))),
        (item(unitPrice={"value": 10.1}, quantity={"value": 3}), ClaimLine(cpt="98940", units=3, charge=30.3)),
        (item(unitPrice={"value": 10}, net={"value": 9, "currency": "USD"}), ClaimLine(cpt="98940", charge=9)),
        (item(servicedDate=None, servicedPeriod={"start": "2026-03-04T10:00:00Z"}), ClaimLine(cpt="98940")),
        (item(servicedDate=None), ClaimLine(cpt="98940")),
    ],
)
def test_a_line_of_a_claim(given_item: dict[str, Any], line: ClaimLine) -> None:
    billed = claim(given_item, billablePeriod={"start": "2026-03-04"}, insurer={"display": "Aetna"})
    found = note_of(bundle(VISIT, billed))
    assert found.claim == Claim(diagnoses=("M99.03",), lines=(line,))
    assert found.payer == "Aetna"


@pytest.mark.parametrize(
    "bad",
    [
        claim(status="cancelled"),
        claim(status="draft"),
        claim(use="preauthorization"),
        claim(item("9894")),
        claim(item(5)),
        claim(item(modifier=[coded("ATX")])),
        claim(item(quantity={"value": "2"})),
        claim(item(quantity={"value": 1.5})),
        claim(item(quantity={"value": True})),
        claim(item(quantity={"value": 10**400})),
        claim(item(diagnosisSequence=[1])),
        claim(item(diagnosisSequence=["3"])),
        claim(item(diagnosisSequence="3")),
        claim(item(net={"value": "45"})),
        claim(item(net={"value": 45, "currency": "EUR"})),
        claim(item(servicedDate=None), billablePeriod={"start": "2026-03-04", "end": "2026-03-31"}),
        claim(item(servicedDate=20260304)),
        claim(diagnosis=[{"sequence": 1}]),
        claim(diagnosis=[{"sequence": 1, "diagnosisCodeableConcept": coded("M99.03")}] * 2),
        claim(patient=None),
        claim(item=SECRET),
    ],
)
def test_a_claim_with_a_fault_is_counted_and_the_note_is_read_without_it(bad: dict[str, Any]) -> None:
    with pytest.warns(SourceWarning, match=r"left out claims that are not active, .* \(1\)$") as caught:
        assert note_of(bundle(VISIT, bad)).claim is None
    assert not any(SECRET in str(warning.message) for warning in caught)


@pytest.mark.parametrize(
    "resources",
    [
        [VISIT, VISIT, claim()],
        [VISIT, claim(), claim()],
        [document(), claim()],
        [VISIT, claim(item(servicedDate="2026-03-05"))],
    ],
)
def test_a_claim_needs_exactly_one_note_of_its_patient_and_day(resources: list[dict[str, Any]]) -> None:
    with pytest.warns(SourceWarning, match=r"without exactly one note of the same patient and date of service"):
        items = items_of(bundle(*resources))
    assert [found.claim for found in items if isinstance(found, Encounter)] == [None] * (len(items))


def test_a_claim_alone_is_no_note() -> None:
    with pytest.warns(SourceWarning, match="without exactly one note"):
        [found] = items_of(claim())
    assert isinstance(found, Rejected)
