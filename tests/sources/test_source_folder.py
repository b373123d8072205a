"""Folders, standard input, and ids that are there more than once."""

import io
import os
import warnings
from pathlib import Path

import pytest

from auditor.records import Encounter
from auditor.sources import Rejected, SourceWarning, read, read_all, unique
from auditor.sources.text import read_stream


def ids(*paths: Path) -> list[str]:
    return [
        item.id if isinstance(item, Encounter) else f"rejected {Path(item.source).name}" for item in read_all(paths)
    ]


def fill(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text({".jsonl": '{"text": "C5"}', ".csv": "text\nC5"}.get(Path(name).suffix, "C5"))


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    fill(tmp_path, "b.txt", "a.md", "c.jsonl", "B.csv", "2026/03/x.txt", "10/x.txt", "2026/y.v2.TXT")
    assert ids(tmp_path) == ["B-2", "a", "b", "c-1", "10/x", "2026/y.v2", "2026/03/x"]


def test_hidden_files_and_linked_folders_are_left_out(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", ".hidden.txt", ".git/x.txt", "sub/b.txt")
    (tmp_path / "sub/loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "sub/dangling.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "sub/linked.txt").symlink_to(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert ids(tmp_path) == ["a", "sub/b", "sub/linked", "rejected dangling.txt"]


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "c.txt")
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.4")
    assert ids(tmp_path, tmp_path / "nowhere.txt") == ["a", "rejected b.txt", "c", "rejected nowhere.txt"]


def test_a_folder_with_nothing_to_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.xyz").write_text("x")
    with pytest.warns(SourceWarning, match=r"left out files of other kinds \(1 \.xyz\)"):
        [item] = read(tmp_path)
    assert isinstance(item, Rejected)
    assert "no file to read in this folder; put notes there as .csv, .docx" in item.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_locked_subfolder_is_rejected(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "locked/b.txt")
    (tmp_path / "locked").chmod(0)
    assert ids(tmp_path) == ["a", "rejected locked"]
    (tmp_path / "locked").chmod(0o700)


def test_a_locked_subfolder_does_not_stop_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "a.txt", "locked/b.txt", "open/c.txt")
    scan = os.scandir

    def guarded(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert ids(tmp_path) == ["a", "open/c", "rejected locked"]


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text("C5")
    [item] = read(tmp_path)
    assert isinstance(item, Encounter)
    assert item.id == "caf?"


@pytest.mark.parametrize(
    ("given", "made"),
    [
        (["a", "b"], ["a", "b"]),
        (["a", "a", "a"], ["a", "a-2", "a-3"]),
        (["a", "a-2", "a"], ["a", "a-2", "a-3"]),
        (["a", "a", "a-2", "a-2"], ["a", "a-2", "a-2-2", "a-2-3"]),
    ],
)
def test_ids_are_made_unique(given: list[str], made: list[str]) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        items = list(unique(Encounter(id=name, text="C5") for name in given))
    assert [item.id for item in items if isinstance(item, Encounter)] == made
    assert len(caught) == sum(old != new for old, new in zip(given, made, strict=True))


def test_standard_input_is_one_note() -> None:
    assert list(read_stream(io.BytesIO("70°".encode()))) == [Encounter(id="stdin", text="70°")]
    [item] = read_stream(io.BytesIO(b""))
    assert isinstance(item, Rejected)
    assert item.reason == "standard input: the note is empty; give a file that holds the note's text."


def test_pages_about_a_folder_are_no_notes(tmp_path):
    for name in ("README.md", "GUIDE.md", "note.md"):
        (tmp_path / name).write_text("C5 adjusted.")
    assert [item.id for item in read(tmp_path)] == ["note"]
    assert [item.id for item in read(tmp_path / "README.md")] == ["README"]
