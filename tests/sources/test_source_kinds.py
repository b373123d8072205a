"""Which reader a file gets: by its suffix, else by how it begins."""

from pathlib import Path

import pytest

from auditor.records import Encounter
from auditor.sources import READERS, read

SAMPLES = Path(__file__).parent / "samples"
NAMES = ("follow_up.pdf", "follow_up.rtf", "follow_up.html", "ccda-plain.xml", "hl7v2-mdm.hl7")


def texts(path: Path) -> list[str]:
    return [item.text for item in read(path) if isinstance(item, Encounter)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("other", ["export", "export.dat", "export.2026"])
def test_a_file_of_an_unknown_suffix_is_known_by_how_it_begins(tmp_path: Path, name: str, other: str) -> None:
    (tmp_path / other).write_bytes((SAMPLES / name).read_bytes())
    assert texts(tmp_path / other) == texts(SAMPLES / name) != []


@pytest.mark.parametrize("name", [*NAMES, "follow_up.docx", "fhir-document.json"])
def test_every_sample_is_read_by_its_suffix(name: str) -> None:
    assert Path(name).suffix in READERS
    assert texts(SAMPLES / name)


def test_a_folder_is_read_whatever_it_holds(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).write_bytes((SAMPLES / name).read_bytes())
    assert len(texts(tmp_path)) == len(NAMES)


def test_a_bare_note_stays_one(tmp_path: Path) -> None:
    (tmp_path / "visit").write_text("MSH is how we call it. Adjusted C5.", "utf-8")
    assert texts(tmp_path / "visit") == ["MSH is how we call it. Adjusted C5."]
