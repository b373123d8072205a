"""C-CDA: sections and attached notes, header, signature, and documents that are broken or hostile."""

import base64
import sys
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from auditor.auditor import Auditor
from auditor.records import Encounter
from auditor.sources import Item, Rejected
from auditor.sources.clinical.ccda import read_ccda
from auditor.sources.records import MAX_CHARACTERS

SAMPLES = Path(__file__).parent / "samples"
NOTE = (SAMPLES / "clinical-note.txt").read_text(encoding="utf-8")
LINES = NOTE.splitlines()
SIGNATURE = "Electronically signed by Jane Q. Roe, DC 2026-03-04"
SECRET = "Zebulon"
PERSON = "<assignedPerson><name><given>Jane</given><family>Roe</family><suffix>DC</suffix></name></assignedPerson>"


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return Auditor()


def items_of(data: bytes | str) -> list[Item]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "visit.xml")
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        return list(read_ccda(file, "visit"))


def document(body: str = "<section><text>L4 sore</text></section>", header: str = "", prolog: str = "") -> str:
    inner = f"<structuredBody><component>{body}</component></structuredBody>" if "<section" in body else body
    return f'{prolog}<ClinicalDocument xmlns="urn:hl7-org:v3">{header}<component>{inner}</component></ClinicalDocument>'


def encounter(data: bytes | str) -> Encounter:
    [item] = items_of(data)
    assert isinstance(item, Encounter), item
    return item


@pytest.mark.parametrize(
    ("sample", "last"),
    [("ccda-sections.xml", SIGNATURE), ("ccda-unsigned.xml", LINES[-1]), ("ccda-plain.xml", SIGNATURE)],
)
def test_the_note_of_another_writer_comes_back(auditor: Auditor, sample: str, last: str) -> None:
    [item] = read_ccda(SAMPLES / sample, "visit")
    assert isinstance(item, Encounter)
    assert (item.id, item.date_of_service, item.patient_id, item.provider) == (
        "visit",
        date(2026, 3, 4),
        "MRN-7",
        "Jane Q. Roe, DC",
    )
    found = [line for line in item.text.splitlines() if line not in ("", "Finding", SIGNATURE)]
    written = LINES if sample == "ccda-plain.xml" else LINES[1:]
    assert found == written
    assert item.text.endswith(f"{last}\n")
    signed = "\n".join([*written, *[SIGNATURE.replace("2026-03-04", "03/04/2026")] * (last == SIGNATURE)])
    here, there = auditor.audit(item), auditor.audit(item.model_copy(update={"text": signed}))
    assert here.region_check.treated == there.region_check.treated == ("thoracic", "lumbar")
    statuses = {element.element: element.status for element in here.elements}
    assert statuses == {element.element: element.status for element in there.elements}
    dated = "met" if sample == "ccda-plain.xml" else "partial"  # where the sections do not repeat the header's date
    assert statuses["signature"] == (dated if last == SIGNATURE else "not_met")


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        ("<paragraph>L4 sore</paragraph><paragraph>L5 <content>stiff</content></paragraph>", ["L4 sore", "L5 stiff"]),
        ("S: sore<br/>O: L4<br/>\n  P: adjusted", ["S: sore", "O: L4", "P: adjusted"]),
        ("S: sore\nO: L4\n\n   A: better", ["S: sore", "O: L4", "A: better"]),
        ("<paragraph>S: sore\nO: L4</paragraph>", ["S: sore", "O: L4"]),
        ("<list><caption>Plan</caption><item>ice</item><item>walk<list><item>daily</item></list></item></list>",
         ["Plan", "ice", "walk", "daily"]),
        ("<table><thead><tr><th>Level</th><th>Side</th></tr></thead><tbody><tr><td>L4</td><td>left,\n tender</td></tr>"
         "<tr><td/><td><list><item>a</item><item>b</item></list></td></tr><tr><td> </td></tr></tbody></table>after",
         ["Level | Side", "L4 | left, tender", " | a b", "after"]),
        ('L4 <content revised="delete">not </content>adjusted<footnote>left</footnote>', ["L4 adjusted", "left"]),
        ('<table><tbody><tr revised="delete"><td>L5</td></tr><tr><td>L4</td></tr></tbody></table>', ["L4"]),
        ("<!-- hidden -->C5 &amp; C6 &#8211; 70&#176;<?hidden x?>", ["C5 & C6 – 70°"]),
        ("<paragraph>L4<sub>a</sub> sore</paragraph><renderMultiMedia referencedObject='x'/>", ["L4a sore"]),
    ],
)  # fmt: skip
def test_a_narrative_block_comes_out_as_lines(block: str, lines: list[str]) -> None:
    text = encounter(document(f"<section><title>Exam</title><text>{block}</text></section>")).text
    assert [line.strip() for line in text.splitlines()] == ["Exam", *[line.strip() for line in lines]]


def test_sections_have_headings_and_may_hold_sections() -> None:
    inner = '<component><section><code displayName="Plan"/><text>Adjust L4</text></section></component>'
    empty = "</component><component><section><title>Allergies</title><text/></section>"
    body = f"<section><title>Visit</title><text>Sore</text>{inner}<entry><act><text>coded</text></act></entry></section>{empty}"
    assert encounter(document(body)).text == "Visit\nSore\nPlan\nAdjust L4\n"


SERVICE = "<documentationOf><serviceEvent><effectiveTime>{}</effectiveTime></serviceEvent></documentationOf>"
VISIT = "<componentOf><encompassingEncounter><effectiveTime>{}</effectiveTime></encompassingEncounter></componentOf>"
MADE = '<effectiveTime value="20260309"/>'


@pytest.mark.parametrize(
    ("header", "day"),
    [
        (
            VISIT.format('<low value="202603040910-0500"/>') + SERVICE.format('<low value="20260305"/>'),
            date(2026, 3, 4),
        ),
        (VISIT.replace("<effectiveTime>", '<effectiveTime value="20260304">').format(""), date(2026, 3, 4)),
        (SERVICE.format('<low value="20260305"/><high value="202603051000"/>'), date(2026, 3, 5)),
        (SERVICE.format('<low value="19610517"/><high value="20260305"/>'), None),
        (SERVICE.format('<low nullFlavor="UNK"/>'), None),
        (VISIT.format('<low value="202602300910"/>'), None),
        (VISIT.format('<low value="202603"/>'), None),
        (MADE, None),
    ],
)
def test_the_date_of_service(header: str, day: date | None) -> None:
    assert encounter(document(header=header)).date_of_service == day


def legal(code: str = '<signatureCode code="S"/>', time: str = '<time value="20260304"/>', person: str = PERSON) -> str:
    return f"<legalAuthenticator>{time}{code}<assignedEntity>{person}</assignedEntity></legalAuthenticator>"


@pytest.mark.parametrize(
    ("header", "provider", "line"),
    [
        (legal(), "Jane Roe, DC", "Electronically signed by Jane Roe, DC 2026-03-04"),
        (legal(time='<time nullFlavor="UNK"/>'), "Jane Roe, DC", "Electronically signed by Jane Roe, DC"),
        (legal(code='<signatureCode code="X"/>'), "Jane Roe, DC", None),
        (legal(code='<signatureCode nullFlavor="NI"/>'), "Jane Roe, DC", None),
        (legal(code=""), "Jane Roe, DC", None),
        (legal(person=""), None, None),
        (legal(person="<assignedPerson><name>Jane\n Roe, DC</name></assignedPerson>"), "Jane Roe, DC",
         "Electronically signed by Jane Roe, DC 2026-03-04"),
        (legal(person="<assignedPerson><name>" + "x" * 200 + "</name></assignedPerson>"), None, None),
        (f"<author><assignedAuthor>{PERSON}</assignedAuthor></author>", "Jane Roe, DC", None),
        ("<author><assignedAuthor><assignedAuthoringDevice/></assignedAuthor></author>", None, None),
        (legal().replace("legalAuthenticator", "authenticator"), None, None),
    ],
)  # fmt: skip
def test_provider_and_signature(header: str, provider: str | None, line: str | None) -> None:
    item = encounter(document(header=header))
    assert item.provider == provider
    assert item.text == f"L4 sore\n{line}\n" if line else "L4 sore\n"


@pytest.mark.parametrize(
    ("ids", "patient"),
    [
        ('<id root="1.2"/><id root="1.3" extension="P7"/>', "P7"),
        ('<id root="2.16.840.1.113883.4.1" extension="000-00-0000"/><id root="1.2" extension=" P8 "/>', "P8"),
        ('<id root="2.16.840.1.113883.4.1" extension="000-00-0000"/>', None),
    ],
)
def test_the_patient_id_is_no_social_security_number(ids: str, patient: str | None) -> None:
    header = f"<recordTarget><patientRole>{ids}</patientRole></recordTarget>"
    assert encounter(document(header=header)).patient_id == patient


def attached(content: str, attributes: str = 'mediaType="text/plain" representation="B64"') -> str:
    return document(f"<nonXMLBody><text {attributes}>{content}</text></nonXMLBody>")


PLAIN = base64.b64encode("L4 sore, 70°".encode()).decode()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (attached(f"\n {PLAIN[:4]}\n{PLAIN[4:]} "), "L4 sore, 70°\n"),
        (attached("L4 sore", 'mediaType="text/plain"'), "L4 sore\n"),
        (attached(base64.b64encode(b"<p>L4</p><p>sore</p>").decode(), 'mediaType="text/html" representation="B64"'),
         "L4\nsore\n"),
        (document().encode("utf-16"), "L4 sore\n"),
        (document("<section><text>70°</text></section>", prolog='<?xml version="1.0" encoding="windows-1252"?>')
         .encode("cp1252"), "70°\n"),
        (document().replace(' xmlns="urn:hl7-org:v3"', ""), "L4 sore\n"),
    ],
)  # fmt: skip
def test_attached_notes_and_encodings(data: str | bytes, text: str) -> None:
    assert encounter(data).text == text


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
DEEP = "<paragraph>" * 120 + SECRET + "</paragraph>" * 120


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (document()[:-9] + SECRET, "line 1: this is no complete XML, perhaps it is cut off"),
        ("", "no complete XML"),
        (SECRET, "no complete XML"),
        (f"<html><body>{SECRET}</body></html>", "no clinical document"),
        (b"%PDF-1.7", "a PDF document"),
        (document(prolog=f'<!DOCTYPE x [<!ENTITY a0 "{SECRET}">{BOMB}]>'), "document type or entities"),
        (document(prolog='<!DOCTYPE x SYSTEM "file:///etc/hostname">'), "document type or entities"),
        (document("<section><text>&x;</text></section>", prolog='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
         "document type or entities"),
        (document(f"<section><text>{DEEP}</text></section>"), "nested too deeply"),
        ("<a>" * 500_000, "nested too deeply"),
        (document(prolog='<?xml version="1.0" encoding="none-such"?>'), "unknown encoding"),
        (document("<section><text> -- </text></section>"), "there is no text"),
        (document("<section><title>Plan</title><text/></section>"), "there is no text"),
        (document("<structuredBody/>", header=legal()), "there is no text"),
        (document(f"<section><text>{'x' * (MAX_CHARACTERS + 1)}</text></section>"), "more than 200,000 characters"),
        (attached(f"{PLAIN}{SECRET}!"), "no complete base64"),
        (attached(PLAIN[:-1]), "no complete base64"),
        (attached(""), "empty"),
        (attached(SECRET, 'mediaType="application/pdf" representation="B64"'), "is a PDF document; export the note as text"),
        (attached(SECRET, 'mediaType="image/png" representation="B64"'), "is a picture"),
        (attached(SECRET, f'mediaType="{SECRET}/x" representation="B64"'), "of another kind than text"),
        (attached(PLAIN, 'mediaType="text/plain" representation="B64" compression="DF"'), "compressed"),
        (attached(base64.b64encode(b"%PDF-1.7").decode()), "a PDF document"),
        (attached("TDQg" * 500_000), "longer than 200,000 characters"),
    ],
)  # fmt: skip
def test_a_bad_document_is_one_rejection(data: str | bytes, says: str) -> None:
    [item] = items_of(data)
    assert isinstance(item, Rejected)
    assert says in item.reason
    assert item.reason.startswith(item.source)
    assert SECRET not in item.reason


@pytest.mark.parametrize(("bound", "value"), [("MAX_BYTES", 100), ("MAX_ELEMENTS", 5), ("MAX_DEPTH", 4)])
def test_bounds(monkeypatch: pytest.MonkeyPatch, bound: str, value: int) -> None:
    monkeypatch.setattr(f"auditor.sources.clinical.ccda_xml.{bound}", value)
    [item] = items_of(document())
    assert isinstance(item, Rejected)


def test_a_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "defusedxml.ElementTree", None)
    [item] = items_of(document())
    assert isinstance(item, Rejected)
    assert 'pip install ".[documents]"' in item.reason


TAGS = [
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</tr>",
    "</table>",
    "<br/>",
    "<list>",
    "<item>",
    "</item>",
    "</list>",
    "&#10;",
    "&lt;",
]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=80).map(
            lambda noise: document(f"<section><text>{SECRET}</text></section>").encode() + noise
        ),
        st.lists(st.sampled_from(TAGS) | st.text(max_size=5), max_size=20).map(
            lambda parts: document(f"<section><text>{SECRET}{''.join(parts)}</text></section>").encode(
                "utf-8", "replace"
            )
        ),
        st.tuples(st.integers(0, 400), st.binary(max_size=3)).map(
            lambda cut: (
                document(header=legal()).encode()[: cut[0]] + cut[1] + document(header=legal()).encode()[cut[0] :]
            )
        ),
    )
)
@example(data=b'<?xml version="1.0" encoding="\xff"?><a/>')
@example(data=b"<ClinicalDocument><component><nonXMLBody><text>\xed\xa0\x80</text></nonXMLBody></component>")
def test_any_bytes_give_encounters_or_rejections(data: bytes) -> None:
    [item] = items_of(data)
    assert isinstance(item, Encounter | Rejected)
    if isinstance(item, Encounter):
        item.model_dump_json().encode("utf-8")
        assert not any(character < " " and character not in "\n\t" for character in item.text)
    else:
        assert SECRET not in item.reason
        assert "\n" not in item.reason
