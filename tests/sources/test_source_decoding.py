"""What bytes become text, and what is refused."""

from pathlib import Path

import pytest

from auditor.records import Encounter
from auditor.sources import Rejected, read
from auditor.sources.records import MAX_CHARACTERS, MAX_NOTE_BYTES

NOTE = "Adjusted C5 – 70° of rotation, naïve é.\r\nSigned: J. Roe, DC"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(NOTE.encode(), NOTE, id="utf-8"),
        pytest.param(NOTE.encode("utf-8-sig"), NOTE, id="utf-8 with mark"),
        pytest.param(NOTE.encode("utf-16"), NOTE, id="utf-16"),
        pytest.param(b"\xfe\xff" + NOTE.encode("utf-16-be"), NOTE, id="utf-16 big endian"),
        pytest.param(NOTE.encode("utf-32"), NOTE, id="utf-32"),
        pytest.param(NOTE.encode("cp1252"), NOTE, id="windows-1252"),
        pytest.param("“L4” 5°".encode("cp1252"), "“L4” 5°", id="windows quotes"),
        pytest.param(b"L4 \x81 ok", "L4 \x81 ok", id="latin-1 where windows-1252 has nothing"),
        pytest.param("ROM 70°, ".encode() + b"caf\xe9", "ROM 70°, café", id="both in one file"),
        pytest.param(b"C5\0adjusted", "C5 adjusted", id="a NUL is a blank"),
        pytest.param(b"\0" * 3 + b"C5", "   C5", id="a few NULs in a short text"),
    ],
)
def test_bytes_become_text(tmp_path: Path, data: bytes, text: str) -> None:
    (tmp_path / "visit.txt").write_bytes(data)
    assert list(read(tmp_path / "visit.txt")) == [Encounter(id="visit", text=text)]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7\n1 0 obj", "PDF document"),
        (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", ".docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Office document"),
        (b"\x89PNG\r\n\x1a\n", "PNG picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG picture"),
        (b"\x1f\x8b\x08", "gzip archive"),
        ("Adjusted C5 and L4".encode("utf-16-le"), "binary file"),
        (bytes(range(256)) * 40, "binary file"),
        (b"", "empty"),
        (b" \r\n\t \xef\xbb\xbf\0\0", "empty"),
        (b"--- ... ---", "empty"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md", ""])
def test_what_is_no_note_is_refused_with_what_it_seems_to_be(
    tmp_path: Path, data: bytes, says: str, suffix: str
) -> None:
    file = tmp_path / f"visit{suffix}"
    file.write_bytes(data)
    [item] = read(file)
    assert isinstance(item, Rejected)
    assert says in item.reason
    assert item.reason.startswith(f"{file}: ")
    assert item.reason.endswith(".")


@pytest.mark.parametrize(("data", "suffix"), [(rb"{\rtf1\ansi Adjusted C5}", ".rtf"), (b"%PDF-1.7\n1 0 obj", ".pdf")])
def test_a_document_under_the_name_of_a_text_is_told_its_own(tmp_path: Path, data: bytes, suffix: str) -> None:
    file = tmp_path / "visit.txt"
    file.write_bytes(data)
    [item] = read(file)
    assert isinstance(item, Rejected)
    assert item.reason.endswith(f"not text; name it {suffix}.")


@pytest.mark.parametrize("name", ["visits.csv", "visits.jsonl", "visits.json"])
def test_a_binary_file_with_the_suffix_of_records_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04\x14\0\x06\0xl/workbook.xml")
    [item] = read(tmp_path / name)
    assert isinstance(item, Rejected)
    assert "ZIP archive or an Office document" in item.reason


@pytest.mark.parametrize(
    ("character", "count", "refused"),
    [("a", MAX_CHARACTERS, False), ("a", MAX_CHARACTERS + 1, True), ("é", MAX_CHARACTERS, False)],
)
def test_the_limit_counts_characters(tmp_path: Path, character: str, count: int, refused: bool) -> None:
    (tmp_path / "long.txt").write_text(character * count, encoding="utf-8")
    [item] = read(tmp_path / "long.txt")
    assert isinstance(item, Rejected) is refused
    if isinstance(item, Rejected):
        assert "longer than 200,000 characters; split it" in item.reason


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as out:
        out.write(b"Adjusted C5.")
        out.truncate(MAX_NOTE_BYTES * 100)
    monkeypatch.setattr("auditor.sources.text.read_text", lambda _: pytest.fail("the file was read"))
    [item] = read(file)
    assert isinstance(item, Rejected)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nowhere.txt", "there is no such file; check its name"),
        ("nowhere.jsonl", "there is no such file; check its name"),
        ("a\0b.txt", "no path of a file"),
        ("x" * 300, "file name too long"),
    ],
)
def test_what_cannot_be_opened_is_rejected(tmp_path: Path, name: str, says: str) -> None:
    [item] = read(tmp_path / name)
    assert isinstance(item, Rejected)
    assert says in item.reason
    assert item.line is None
