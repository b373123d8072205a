"""FHIR: notes of bundles and single resources, their people and claims, and values of any wrong type."""

import base64
import copy
import json
import tempfile
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from auditor.auditor import Auditor
from auditor.records import Encounter
from auditor.sources import Item, Rejected, SourceWarning
from auditor.sources.clinical.fhir import is_fhir, read_fhir
from auditor.sources.records import MAX_CHARACTERS

SAMPLES = Path(__file__).parent / "samples"
NOTE = (SAMPLES / "clinical-note.txt").read_text(encoding="utf-8")
LINES = NOTE.splitlines()
SIGNATURE = "Electronically signed by Jane Q. Roe, DC 2026-03-04"
SECRET = "Zebulon"


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return Auditor()


def items_of(data: Any) -> list[Item]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "export.json")
        file.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
        return list(read_fhir(file, "export"))


def note_of(data: Any) -> Encounter:
    [item] = items_of(data)
    assert isinstance(item, Encounter), item
    return item


def attachment(text: str | bytes = "L4 sore", media: str = "text/plain") -> dict[str, Any]:
    data = text if isinstance(text, bytes) else text.encode()
    return {"attachment": {"contentType": media, "data": base64.b64encode(data).decode()}}


def document(**more: Any) -> dict[str, Any]:
    return {"resourceType": "DocumentReference", "status": "current", "content": [attachment()], **more}


def composition(**more: Any) -> dict[str, Any]:
    sections = [{"title": "Objective", "text": {"div": "<div><p>L4 sore</p></div>"}}]
    return {"resourceType": "Composition", "status": "final", "section": sections, **more}


def bundle(*resources: Any, kind: str = "searchset") -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": kind, "entry": [{"resource": resource} for resource in resources]}


ROE = {"resourceType": "Practitioner", "id": "1", "name": [{"given": ["Jane"], "family": "Roe", "suffix": ["DC"]}]}


@pytest.mark.parametrize(
    ("sample", "number", "day", "signature"),
    [
        ("fhir-document.json", 0, 4, SIGNATURE),
        ("fhir-r5.json", 0, 4, SIGNATURE),
        ("fhir-searchset.json", 0, 4, None),
        ("fhir-searchset.json", 1, 6, SIGNATURE.removesuffix(" 2026-03-04")),
    ],
)
@pytest.mark.filterwarnings("ignore::auditor.sources.SourceWarning")
def test_the_notes_of_another_writer_come_back(
    auditor: Auditor, sample: str, number: int, day: int, signature: str | None
) -> None:
    item = list(read_fhir(SAMPLES / sample, "visit"))[number]
    assert isinstance(item, Encounter)
    assert item.date_of_service == date(2026, 3, day)
    assert (item.patient_id, item.provider) == ("pat-7", "Jane Q. Roe, DC")
    lines = [line.removeprefix("- ") for line in item.text.splitlines() if line not in ("", "Visit")]
    written = LINES if LINES[0] in lines else LINES[1:]
    assert lines == written + [signature] * bool(signature)
    original = "\n".join([*written, *[signature.replace("2026-03-04", "03/04/2026")] * 1] if signature else written)
    here, there = auditor.audit(item), auditor.audit(item.model_copy(update={"text": original}))
    assert here.region_check.treated == there.region_check.treated == ("thoracic", "lumbar")
    statuses = {element.element: element.status for element in here.elements}
    assert statuses == {element.element: element.status for element in there.elements}
    assert (statuses["signature"] == "not_met") == (signature is None)


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (document(), True),
        (composition(), True),
        (bundle(), True),
        ({"resourceType": "Claim"}, True),
        ({"resourceType": "Patient"}, False),
        ({"resourceType": ["Bundle"]}, False),
        ({"text": "C5"}, False),
        ([document()], False),
        ("Bundle", False),
        (None, False),
    ],
)
def test_what_is_fhir(data: Any, answer: bool) -> None:
    assert is_fhir(data) is answer


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ([attachment("S: sore\r\nO: L4\x0c70°")], "S: sore\nO: L4\n70°\n"),
        ([attachment("70°".encode("cp1252"))], "70°\n"),
        ([attachment("<p>L4</p><p>sore</p>", "text/html")], "L4\nsore\n"),
        (
            [attachment("%PDF", "application/pdf"), attachment("<p>page</p>", "text/html"), attachment("plain")],
            "plain\n",
        ),
        ([attachment("L4 sore", "Text/Plain; charset=UTF-8")], "L4 sore\n"),
        ([{"attachment": {"contentType": "text/plain", "url": "Binary/1"}}, attachment()], "L4 sore\n"),
        (attachment(), "L4 sore\n"),
    ],
)
def test_the_text_of_attachments(content: Any, text: str) -> None:
    assert note_of(document(content=content)).text == text


def test_sections_of_a_composition() -> None:
    div = "<div xmlns='http://www.w3.org/1999/xhtml'>{}</div>"
    table = "<table><tr><td>L4</td><td>left</td></tr></table>"
    sections = [
        {"title": "Visit", "section": [{"title": "Exam", "text": {"div": div.format(table)}}]},
        {"title": "Allergies", "text": {"status": "empty", "div": div.format("&#160;<br/>")}},
        {"code": {"text": "Plan"}, "text": {"div": div.format("<p>Ice &amp; rest</p>")}},
        {"title": "Odd", "text": "L9"},
        "L9",
    ]
    assert note_of(composition(section=sections)).text == "Visit\nExam\nL4 | left\n\nPlan\nIce & rest\n"


PERIOD = {"start": "2026-03-04T23:30:00-05:00", "end": "2026-03-05"}


@pytest.mark.parametrize(
    ("resource", "day"),
    [
        (document(context={"period": PERIOD}), date(2026, 3, 4)),
        (document(period=PERIOD), date(2026, 3, 4)),
        (document(context={"encounter": [{"reference": "Encounter/9"}]}), date(2026, 3, 6)),
        (document(context=[{"reference": "Encounter/9/_history/2"}]), date(2026, 3, 6)),
        (composition(encounter={"reference": "Encounter/9"}), date(2026, 3, 6)),
        (composition(event=[{"period": {"start": "2026-03-07", "end": "2026-03-07"}}]), date(2026, 3, 7)),
        (composition(event=[{"period": {"start": "2025-01-01", "end": "2026-03-07"}}]), None),
        (composition(date="2026-03-09"), None),
        (document(date="2026-03-09T10:00:00Z"), None),
        (document(context={"period": {"start": "2026-02-30"}}), None),
        (document(context={"period": {"start": "2026-03"}}), None),
    ],
)
def test_the_date_of_service(resource: dict[str, Any], day: date | None) -> None:
    visit = {"resourceType": "Encounter", "id": "9", "period": {"start": "2026-03-06"}}
    assert note_of(bundle(resource, visit)).date_of_service == day


@pytest.mark.parametrize(
    ("subject", "patient"),
    [
        ({"reference": "Patient/7"}, "7"),
        ({"reference": "https://ehr.example.org/fhir/Patient/7/_history/3"}, "7"),
        (
            {"reference": "urn:uuid:00000000-0000-4000-8000-000000000007"},
            "urn:uuid:00000000-0000-4000-8000-000000000007",
        ),
        ({"reference": "#p"}, "MRN-7"),
        ({"identifier": {"value": "MRN-8"}}, "MRN-8"),
        ({"identifier": {"system": "http://hl7.org/fhir/sid/us-ssn", "value": "000-00-0000"}}, None),
        ({"reference": "Patient?identifier=000-00-0000"}, None),
        ({"display": "Ann Quillfeather"}, None),
    ],
)
def test_the_patient(subject: dict[str, Any], patient: str | None) -> None:
    contained = [{"resourceType": "Patient", "id": "p", "identifier": [{"value": "MRN-7"}]}]
    assert note_of(document(subject=subject, contained=contained)).patient_id == patient


@pytest.mark.parametrize(
    ("author", "provider"),
    [
        ({"reference": "Practitioner/1"}, "Jane Roe, DC"),
        ({"reference": "PractitionerRole/2"}, "Jane Roe, DC"),
        ({"reference": "PractitionerRole/3"}, None),
        ({"reference": "Practitioner/99", "display": "Max Poe, DC"}, "Max Poe, DC"),
        ({"reference": "#c"}, "Max Poe, DC"),
        ({"reference": "Organization/1", "display": "Clinic"}, None),
        ({"display": "Clinic", "type": "Organization"}, None),
        ({"reference": "Patient/1", "display": "Ann"}, None),
        ({"display": "x" * 200}, None),
    ],
)
def test_the_provider(author: dict[str, Any], provider: str | None) -> None:
    role = {"resourceType": "PractitionerRole", "id": "2", "practitioner": {"reference": "Practitioner/1"}}
    loop = {"resourceType": "PractitionerRole", "id": "3", "practitioner": {"reference": "PractitionerRole/3"}}
    inner = [{"resourceType": "Practitioner", "id": "c", "name": [{"family": "Poe", "text": "Max Poe, DC"}]}]
    resource = document(author=[author], contained=inner)
    assert note_of(bundle(resource, ROE, role, loop)).provider == provider


def attester(mode: Any = "legal", time: Any = "2026-03-04T17:00:00Z", party: str = "Practitioner/1") -> dict[str, Any]:
    return {"mode": mode, "time": time, "party": {"reference": party, "display": "Jane Roe, DC"}}


LINE = "Electronically signed by Jane Roe, DC"


@pytest.mark.parametrize(
    ("resource", "line"),
    [
        (composition(attester=[attester()]), f"{LINE} 2026-03-04"),
        (composition(attester=[attester("professional")]), f"{LINE} 2026-03-04"),
        (composition(attester=[attester(["legal"])]), f"{LINE} 2026-03-04"),
        (composition(attester=[attester({"coding": [{"code": "legal"}]})]), f"{LINE} 2026-03-04"),
        (composition(attester=[attester("personal")]), None),
        (composition(attester=[attester("official")]), None),
        (composition(attester=[attester(time=None)]), None),
        (composition(attester=[attester(party="Organization/1")]), None),
        (composition(attester=[attester()], status="preliminary"), None),
        (composition(attester=[attester()], status=None), None),
        (document(authenticator={"reference": "Practitioner/1"}, docStatus="final"), LINE),
        (document(authenticator={"reference": "Practitioner/1"}, docStatus="preliminary"), None),
        (document(authenticator={"reference": "Practitioner/1"}), None),
        (document(authenticator={"display": "Clinic", "type": "Organization"}, docStatus="final"), None),
        (document(attester=[attester({"coding": [{"code": "legal"}]})], docStatus="final"), f"{LINE} 2026-03-04"),
        (document(author=[{"reference": "Practitioner/1"}], docStatus="final"), None),
    ],
)
def test_a_signature_only_where_it_was_attested(resource: dict[str, Any], line: str | None) -> None:
    last = note_of(bundle(resource, ROE)).text.splitlines()[-1]
    assert last == (line or "L4 sore")


NEST: dict[str, Any] = {"text": {"div": "<p>L4</p>"}}
for _ in range(30):
    NEST = {"section": [NEST]}


@pytest.mark.parametrize(
    ("resource", "says"),
    [
        (document(status="entered-in-error"), "marked as entered in error"),
        (document(docStatus="entered-in-error"), "marked as entered in error"),
        (document(status="superseded"), "replaced by a newer one"),
        (document(content=[]), "has no data, at most a link"),
        (document(content=[{"attachment": {"contentType": "text/plain", "url": "Binary/1"}}]), "at most a link"),
        (document(content=[{"attachment": {"contentType": "text/plain", "data": 5}}]), "must be text"),
        (document(content=[{"attachment": {"data": "TDQ="}}]), "must be text"),
        (document(content=[attachment(SECRET, "application/pdf")]), "is a PDF document"),
        (document(content=[attachment(SECRET, "image/png")]), "is a picture"),
        (document(content=[attachment(SECRET, SECRET)]), "of another kind than text"),
        (document(content=[attachment(b"%PDF-1.7")]), "a PDF document"),
        (document(content=[{"attachment": {"contentType": "text/plain", "data": f"{SECRET}!"}}]), "no complete base64"),
        (document(content=[{"attachment": {"contentType": "text/plain", "data": "TDQ"}}]), "no complete base64"),
        (document(content=[attachment("")]), "empty"),
        (document(content=[attachment("<p> </p>", "text/html")]), "text"),
        (document(content=[attachment("x" * (MAX_CHARACTERS + 1))]), "longer than 200,000 characters"),
        (document(id=SECRET * 50), "field id: it is longer than 200"),
        (composition(section=[]), "there is no text"),
        (composition(section=SECRET), "there is no text"),
        (composition(section=[NEST]), "nested more than 20 deep"),
        (composition(status="entered-in-error"), "marked as entered in error"),
        (SECRET, "it is no JSON object"),
        ([SECRET], "it is no JSON object"),
        (bundle(bundle(bundle(bundle(bundle(bundle(document())))))), "bundles are nested more than 5 deep"),
    ],
)
def test_a_bad_entry_is_rejected_and_the_rest_goes_on(resource: Any, says: str) -> None:
    first, item, last = items_of(bundle(document(), resource, composition()))
    assert [good.id for good in (first, last) if isinstance(good, Encounter)] == ["export-1", "export-3"]
    assert isinstance(item, Rejected)
    assert says in item.reason
    assert item.reason.startswith(f"{item.source}, entry 2")
    assert SECRET not in item.reason


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no complete JSON"),
        (json.dumps(bundle(document())).encode()[:-4], "no complete JSON"),
        (b"[" * 100_000, "no complete JSON"),
        ([document()], "no FHIR Bundle"),
        ({"resourceType": SECRET}, "no FHIR Bundle"),
        (bundle(), "no DocumentReference or Composition in it"),
        ({"resourceType": "Bundle", "entry": SECRET}, "it is no JSON object"),
        (bundle(ROE), "no DocumentReference or Composition in it"),
    ],
)
def test_a_bad_file_is_one_rejection(data: Any, says: str) -> None:
    [item] = items_of(data)
    assert isinstance(item, Rejected)
    assert says in item.reason
    assert SECRET not in item.reason


def test_of_a_history_only_the_newest_version_is_read() -> None:
    newest, older = document(id="a"), document(id="a", content=[attachment("old")])
    data = bundle(newest, older, document(id="b", content=[attachment("gone")]), kind="history")
    data["entry"].insert(2, {"request": {"method": "DELETE", "url": "DocumentReference/b"}})
    assert note_of(data).text == "L4 sore\n"


def test_bundles_in_a_bundle_know_their_own_people_alone() -> None:
    poe = {**ROE, "name": [{"text": "Max Poe, DC"}]}
    note = document(author=[{"reference": "Practitioner/1"}])
    items = items_of(bundle(bundle(note, ROE), bundle(note, poe), note))
    found = [(item.id, item.provider) for item in items if isinstance(item, Encounter)]
    assert found == [("export-1-1", "Jane Roe, DC"), ("export-2-1", "Max Poe, DC"), ("export-3", None)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6) | st.just(10**400),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["reference", "value", "coding", "code", "start", "data", "name", "family", "text", "div", "id"]
            ),
            inner,
        )
    ),
    max_leaves=8,
)
CLAIM = {
    "resourceType": "Claim",
    "status": "active",
    "patient": {"reference": "Patient/7"},
    "diagnosis": [{"sequence": 3, "diagnosisCodeableConcept": {"coding": [{"code": "M99.03"}]}}],
    "insurer": {"display": "Aetna"},
    "item": [
        {
            "productOrService": {"coding": [{"code": "98940"}]},
            "modifier": [{"coding": [{"code": "AT"}]}],
            "servicedDate": "2026-03-04",
            "quantity": {"value": 1},
            "net": {"value": 45},
            "diagnosisSequence": [3],
        }
    ],
}
SKELETON = bundle(
    document(id="a", docStatus="final", author=[{"reference": "Practitioner/1"}], subject={"reference": "Patient/7"},
             context={"period": {"start": "2026-03-04"}, "encounter": [{"reference": "Encounter/1"}]},
             authenticator={"reference": "Practitioner/1", "display": "Jane Roe"}, contained=[ROE]),
    composition(section=[{"title": SECRET, "text": {"div": f"<p>{SECRET}</p>"}, "section": [{"text": {"div": "<p>L4</p>"}}]}],
                attester=[attester()], event=[{"period": {"start": "2026-03-04"}}], encounter={"reference": "Encounter/1"}),
    CLAIM,
    ROE,
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, inner in members for place in places(inner, (*path, key)))]


def put(path: tuple[Any, ...], value: Any) -> Any:
    data = copy.deepcopy(SKELETON)
    if not path:
        return value
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return data


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(path=st.sampled_from(places(SKELETON)), value=JSON)
@example(path=("entry", 2, "resource", "item", 0, "net", "value"), value=10**400)
@example(path=("entry", 0, "resource", "id"), value="\ud800")
def test_any_value_anywhere_gives_encounters_or_rejections(path: tuple[Any, ...], value: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SourceWarning)
        items = items_of(put(path, value))
    assert items
    for found in items:
        assert isinstance(found, Encounter | Rejected)
        if isinstance(found, Encounter):
            found.model_dump_json().encode("utf-8")
        else:
            assert found.reason.startswith(found.source)
            assert SECRET not in found.reason


@settings(max_examples=200, deadline=None)
@given(
    data=st.binary(max_size=200)
    | st.binary(max_size=60).map(lambda noise: json.dumps(bundle(document())).encode() + noise)
)
def test_any_bytes_give_encounters_or_rejections(data: bytes) -> None:
    items = items_of(data)
    assert items
    assert all(isinstance(found, Encounter | Rejected) for found in items)


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=60))
def test_any_attached_text_comes_out_without_controls(text: str) -> None:
    data = f"{SECRET} {text}".encode("utf-8", "replace")
    found = note_of(document(content=[attachment(data)]))
    assert SECRET in found.text
    assert not any(character < " " and character not in "\n\t" for character in found.text)
