"""HL7 version 2: messages of documents and results, their escapes and frames, and who authenticated them."""

import base64
import tempfile
import warnings
from datetime import date
from pathlib import Path

import hl7
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from auditor.auditor import Auditor
from auditor.records import Encounter
from auditor.sources import Item, Rejected
from auditor.sources.clinical.hl7v2 import read_hl7v2
from auditor.sources.clinical.hl7v2_escapes import unescaped
from auditor.sources.clinical.hl7v2_segments import Delimiters, messages
from auditor.sources.records import MAX_CHARACTERS

SAMPLES = Path(__file__).parent / "samples"
NOTE = (SAMPLES / "clinical-note.txt").read_text(encoding="utf-8")
SIGNED = NOTE + "Electronically signed by Jane Q. Roe, DC 2026-03-04\n"
SECRET = "Zebulon"
STANDARD = Delimiters("|", "^", "~", "\\", "&")
SIGNER = "77^Roe^Jane^^^^DC^^^^^^^^20260304101500"


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return Auditor()


def items_of(data: bytes | str) -> list[Item]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "notes.hl7")
        file.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
        return list(read_hl7v2(file, "notes"))


def message(
    *observations: str, kind: str = "MDM^T02", patient: str = "P7^^^C^MR", visit: str = "", document: str = ""
) -> str:
    lines = [rf"MSH|^~\&|EHR|C|A|C|20260309||{kind}|1|P|2.5.1", f"PID|1||{patient}", visit, document, *observations]
    return "\r".join(filter(None, lines)) + "\r"


def document(status: str = "", signer: str = "", activity: str = "", availability: str = "", provider: str = "") -> str:
    fields = {4: activity, 5: provider, 17: status, 19: availability, 22: signer}
    return "TXA" + "".join(f"|{fields.get(number, '')}" for number in range(1, 23))


def observation(value: str, kind: str = "TX", status: str = "F") -> str:
    return f"OBX|1|{kind}|11506-3||{value}||||||{status}"


@pytest.mark.parametrize(
    ("sample", "texts", "provider"),
    [
        ("hl7v2-mdm.hl7", [SIGNED], "Jane Q. Roe, DC"),
        ("hl7v2-mllp.hl7", [SIGNED, NOTE, NOTE], "Jane Q. Roe, DC"),
        ("hl7v2-oru.hl7", [NOTE, NOTE.replace("03/04/2026", "03/06/2026")], "Jane Q. Roe, DC"),
    ],
)
def test_the_notes_of_another_writer_come_back(sample: str, texts: list[str], provider: str) -> None:
    items = list(read_hl7v2(SAMPLES / sample, "visit"))
    assert [item.text for item in items if isinstance(item, Encounter)] == texts
    for item, day in zip(items, [4, 6 if "oru" in sample else 4, 4], strict=False):
        assert isinstance(item, Encounter)
        assert (item.date_of_service, item.patient_id, item.provider) == (date(2026, 3, day), "MRN-7", provider)


@pytest.mark.parametrize("sample", ["hl7v2-mdm.hl7", "hl7v2-mllp.hl7", "hl7v2-oru.hl7"])
def test_the_audit_agrees_with_that_of_the_note_as_it_was_written(auditor: Auditor, sample: str) -> None:
    for item in read_hl7v2(SAMPLES / sample, "visit"):
        assert isinstance(item, Encounter)
        written = NOTE.replace("03/04/2026", f"{item.date_of_service:%m/%d/%Y}")
        signed = "signed" in item.text
        written += "Electronically signed by Jane Q. Roe, DC 03/04/2026\n" if signed else ""
        here, there = auditor.audit(item), auditor.audit(item.model_copy(update={"text": written}))
        assert here.region_check.treated == there.region_check.treated == ("thoracic", "lumbar")
        statuses = {element.element: element.status for element in here.elements}
        assert statuses == {element.element: element.status for element in there.elements}
        assert statuses["signature"] == ("met" if signed else "not_met")


@pytest.mark.parametrize("sample", ["hl7v2-mdm.hl7", "hl7v2-oru.hl7"])
def test_fields_are_those_that_the_library_hl7_finds(sample: str) -> None:
    text = (SAMPLES / sample).read_bytes().decode().replace("\r\n", "\r")
    [ours] = messages(text)
    assert isinstance(ours, list)
    theirs = hl7.parse(text)
    assert [segment.name for segment in ours] == [str(segment[0]) for segment in theirs]
    for mine, other in zip(ours, theirs, strict=True):
        assert [mine.field(number) for number in range(1, len(other))] == [str(other[n]) for n in range(1, len(other))]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"6/10\.br\improved", "6/10\nimproved"),
        (r"\T\ \S\ \R\ \F\ \E\ ", "& ^ ~ | \\ "),
        (r"\H\bold\N\ text", "bold text"),
        (r"a\.sp2\b\.sp+3\c", "a\n\nb\n\n\nc"),
        (r"a\.sp9999\b", "a" + "\n" * 20 + "b"),
        (r"\.in+4\a\.ti-2\b\.sk 3\c", "ab   c"),
        (r"\.nf\a\.fi\b\.ce\c", "ab\nc"),
        (r"70\XC2B0\ \X0D0A\x \XB0\ ", "70° \r\nx ° "),
        (r"between C5\C6 and L4\L5", r"between C5\C6 and L4\L5"),
        (r"\.brx\ \Zab\ \X4\ \\", r"\.brx\ \Zab\ \X4\ \\"),
        (r"\E\.br\E\ ", r"\.br\ "),
        ("open \\", "open \\"),
    ],
)
def test_escapes(text: str, plain: str) -> None:
    assert unescaped(text, STANDARD) == plain


@pytest.mark.parametrize(
    ("observations", "text"),
    [
        ([observation("S: sore~O: L4"), observation("P: adjusted", "FT")], "S: sore\nO: L4\nP: adjusted\n"),
        ([observation("5", "NM"), observation("L4 sore", "ST")], "5\nL4 sore\n"),
        ([observation("X^P: Adjusted L4", "CWE")], "P: Adjusted L4\n"),
        ([observation("P: Adjusted L4", "")], "P: Adjusted L4\n"),
        ([observation("L4 sore"), "NTE|1||P: Adjusted L4"], "L4 sore\nP: Adjusted L4\n"),
        ([observation("L4 sore"), observation("L5 sore", status="D"), observation("T6", status="W")], "L4 sore\n"),
        ([observation("L4^sore & stiff")], "L4^sore & stiff\n"),
        ([observation("L4 sore\nROM\nC5|adjusted")], "L4 sore\nROM\nC5\n"),
        ([observation(f"EHR^text^plain^Base64^{base64.b64encode(b'L4').decode()}", "ED")], "L4\n"),
        ([observation("EHR^text^plain^A^L4 \\T\\ L5", "ED")], "L4 & L5\n"),
        ([observation(f"^TEXT^^base64^{base64.b64encode('70°'.encode()).decode()}", "ED")], "70°\n"),
    ],
)
def test_the_text_of_observations(observations: list[str], text: str) -> None:
    [item] = items_of(message(*observations))
    assert isinstance(item, Encounter)
    assert (item.id, item.text, item.patient_id) == ("notes", text, "P7")


@pytest.mark.parametrize(
    "frame",
    [
        lambda one: one,
        lambda one: one.replace("\r", "\n"),
        lambda one: one.replace("\r", "\r\n"),
        lambda one: f"\ufeff{one}",
        lambda one: f"\x0b{one}\x1c\r",
        lambda one: f"FHS|^~\\&|x\rBHS|^~\\&|x\r{one}BTS|1\rFTS|1\r",
        lambda one: one.replace("|", "#").replace("^", "!").replace("\\", "$").replace("~", "*").replace("&", "%"),
        lambda one: one.replace(r"^~\&", r"^~\&#"),
    ],
)
def test_frames_line_ends_and_delimiters(frame) -> None:
    one = message(observation(r"L4 sore~6\S\10"), document=document("LA", SIGNER))
    items = items_of(frame(one) * 2)
    assert [item.id for item in items if isinstance(item, Encounter)] == ["notes-1", "notes-2"]
    text = "L4 sore\n6^10\nElectronically signed by Jane Roe, DC 2026-03-04\n"
    expected = text.replace("^", "!") if "#" in frame(one)[:5] else text
    assert {item.text for item in items if isinstance(item, Encounter)} == {expected}


@pytest.mark.parametrize(
    ("status", "signer", "line"),
    [
        ("LA", SIGNER, "Electronically signed by Jane Roe, DC 2026-03-04"),
        ("AU", "77^Roe&van^Jane^Q^Jr", "Electronically signed by Jane Q Roe, Jr"),
        ("AU", f"{SIGNER}~78^Poe^Max^^^^DC", "Electronically signed by Max Poe, DC"),
        ("DO", SIGNER, None),
        ("IP", SIGNER, None),
        ("PA", SIGNER, None),
        ("", SIGNER, None),
        ("LA", "", None),
        ("LA", "77", None),
    ],
)
def test_a_signature_only_where_it_was_authenticated(status: str, signer: str, line: str | None) -> None:
    [item] = items_of(message(observation("L4 sore"), document=document(status, signer)))
    assert isinstance(item, Encounter)
    assert item.text.splitlines()[-1] == (line or "L4 sore")


VISIT = "PV1|1|O" + "|" * 42 + "20260304"


@pytest.mark.parametrize(
    ("visit", "activity", "order", "day"),
    [
        (VISIT, "20260305", "20260306", date(2026, 3, 4)),
        (VISIT.replace("|O", "|R"), "20260305", "20260306", date(2026, 3, 5)),
        ("", "202603051200-0500", "20260306", date(2026, 3, 5)),
        ("", "", "20260306^D", date(2026, 3, 6)),
        ("", "202603", "20260230", None),
        ("", "", "", None),
    ],
)
def test_the_date_of_service(visit: str, activity: str, order: str, day: date | None) -> None:
    given_order = f"OBR|1||||||{order}"
    [item] = items_of(message(given_order, observation("L4"), visit=visit, document=document(activity=activity)))
    assert isinstance(item, Encounter)
    assert item.date_of_service == day


def test_reports_of_two_patients_in_one_message_stay_apart() -> None:
    first = message(VISIT, "OBR|1", observation("L4"), "OBR|2", observation("L5"), kind="ORU^R01")
    second = "PID|2||P8\rOBR|1||||||20260306\r" + observation("C5") + "\r"
    items = items_of(first + second)
    found = [
        (item.id, item.patient_id, item.text, item.date_of_service) for item in items if isinstance(item, Encounter)
    ]
    assert found == [
        ("notes-1", "P7", "L4\n", date(2026, 3, 4)),
        ("notes-2", "P7", "L5\n", date(2026, 3, 4)),
        ("notes-3", "P8", "C5\n", date(2026, 3, 6)),
    ]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (message(observation(SECRET), kind="ADT^A01"), "no MDM and no ORU"),
        (message(observation("---")), "there is no text"),
        (message(), "there is no text"),
        (message(kind="ORU^R01"), "no segment OBR or OBX"),
        (message(observation(f"^AP^PDF^Base64^{SECRET}", "ED")), "of another kind than text"),
        (message(observation(f"^application/pdf^^Base64^{SECRET}", "ED")), "a PDF document"),
        (message(observation(f"^text^plain^Base64^{SECRET}!", "ED")), "no complete base64"),
        (message(observation(f"^text^plain^Hex^{SECRET}", "ED")), "neither as A nor as Base64"),
        (message(observation(SECRET), document=document("LA", SIGNER, availability="CA")), "cancelled or obsolete"),
        (message(observation(SECRET), f"PID|2||{SECRET}"), "more than one segment PID"),
        (message(observation("x" * (MAX_CHARACTERS + 1))), "more than 200,000 characters"),
        (f"MSH|\rOBX|1|TX|||{SECRET}\r", "does not name its delimiters"),
        (f"MSH|^^^^|a\rOBX|1|TX|||{SECRET}\r", "does not name its delimiters"),
        ("MSH\r", "does not name its delimiters"),
    ],
)
def test_a_bad_message_is_rejected_and_the_rest_goes_on(bad: str, says: str) -> None:
    first, item, last = items_of(message(observation("L4")) + bad + message(observation("L5")))
    assert [good.text for good in (first, last) if isinstance(good, Encounter)] == ["L4\n", "L5\n"]
    assert isinstance(item, Rejected)
    assert item.reason.startswith(f"{item.source}, message 2: ")
    assert says in item.reason
    assert SECRET not in item.reason


@pytest.mark.parametrize("data", [b"", b" \r\n", SECRET.encode(), b"PID|1\rOBX|1|TX|||L4", b"%PDF-1.7", b"\x0b\x1c\r"])
def test_a_file_without_a_message_is_one_rejection(data: bytes) -> None:
    [item] = items_of(data)
    assert isinstance(item, Rejected)
    assert SECRET not in item.reason


def test_a_social_security_number_is_not_taken() -> None:
    [item] = items_of(message(observation("L4"), patient="000000000^^^USA^SS"))
    assert isinstance(item, Encounter)
    assert item.patient_id is None


def test_too_many_segments_or_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.sources.clinical.hl7v2_segments.MAX_SEGMENTS", 5)
    monkeypatch.setattr("auditor.sources.clinical.hl7v2.MAX_MESSAGES", 2)
    many = message(*[observation("L4")] * 9)
    first, second, third = items_of(many + message(observation("L5")) + many)
    assert isinstance(first, Rejected)
    assert "more than 5 segments" in first.reason
    assert isinstance(second, Encounter)
    assert isinstance(third, Rejected)
    assert "only the first 2 messages" in third.reason


def test_a_message_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.sources.clinical.hl7v2_segments.MAX_MESSAGE_CHARACTERS", 200)
    first, second = items_of(message(observation("L4 sore " * 20)) + message(observation("L5")))
    assert isinstance(first, Rejected)
    assert "the message is longer than 200 characters" in first.reason
    assert isinstance(second, Encounter)


def test_many_bare_line_ends_cost_no_more_than_their_length() -> None:
    [item] = items_of(message(observation("a\n" * 3_000_000)))
    assert isinstance(item, Rejected)


PIECES = st.sampled_from(
    [
        "MSH|^~\\&|",
        "MSH",
        "|",
        "^",
        "~",
        "\\",
        "&",
        "\r",
        "\n",
        "\x0b",
        "\x1c",
        "PID",
        "PV1",
        "OBR",
        "OBX|1|TX|||",
        "TXA",
        "OBX|1|ED|||^text^plain^Base64^",
        "MDM^T02",
        "ORU^R01",
        "20260304",
        "LA",
        "\\.br\\",
        "\\X0",
        "�",
        "\x00",
        "é",
        "L4",
    ]
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    data=st.one_of(
        st.binary(max_size=200),
        st.binary(max_size=200).map(lambda tail: message().encode() + b"OBX|1|TX|||" + tail),
        st.lists(PIECES, max_size=40).map(
            lambda parts: ("MSH|^~\\&|" + "".join(parts)).encode("utf-8", "surrogatepass")
        ),
    )
)
@example(data=b"MSH|^~\\&|||||||MDM\rOBX|1|TX|||\\X\\ \\.sp\\")
def test_any_bytes_give_encounters_or_rejections(data: bytes) -> None:
    items = items_of(data)
    assert items
    for item in items:
        assert isinstance(item, Encounter | Rejected)
        if isinstance(item, Encounter):
            item.model_dump_json().encode("utf-8")
            assert not any(character < " " and character not in "\n\t" for character in item.text)


@settings(max_examples=200, deadline=None)
@given(
    fields=st.lists(st.text(max_size=12), min_size=23, max_size=23),
    kind=st.sampled_from(["TX", "FT", "ST", "ED", "NM", ""]),
)
def test_any_text_in_fields_never_stands_in_a_reason(fields: list[str], kind: str) -> None:
    head = rf"MSH|^~\&|EHR|C|A|C|20260309||MDM^T02|{fields[0]}|P"
    text = f"{SECRET}{fields[1]}"
    segments = [head, f"PID|1||{fields[2]}|{SECRET}", f"TXA|{'|'.join(fields)}", f"OBX|1|{kind}|||{text}|{fields[3]}"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for item in items_of("\r".join(segments)):
            assert isinstance(item, Encounter | Rejected)
            assert not isinstance(item, Rejected) or SECRET not in item.reason
