"""``auditor audit``: the files of a run, broken runs that go on, rejected records, and refusals."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from auditor.cli import batch
from auditor.records import Audit

SECRET = "Zebulon Quux"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    for name in "abcd":
        (folder / f"{name}.txt").write_text(f"Note {name}: adjusted C5 of {SECRET}.")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def ids(file: Path) -> list[str]:
    return [Audit.model_validate_json(line).id for line in file.read_text().splitlines()]


def rejected(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "rejected.jsonl").read_text().splitlines()]


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_run_writes_its_reports(auditor, stand, notes: Path, out: Path) -> None:
    result = auditor("audit", notes, "--out", out)
    assert (result.exit_code, result.stderr) == (0, "")
    assert names(out) == ["audits.jsonl", "report.html", "summary.csv"]
    assert ids(out / "audits.jsonl") == ["a", "b", "c", "d"]
    with (out / "summary.csv").open() as rows:
        assert [row["id"] for row in csv.DictReader(rows)] == ["a", "b", "c", "d"]
    assert SECRET in (out / "report.html").read_text()
    assert "4 audits, mean score 100" in result.stdout
    assert SECRET not in result.output


def test_the_same_run_gives_the_same_bytes(auditor, stand, notes: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        auditor("audit", notes, "--out", tmp_path / name)
    for file in ("audits.jsonl", "summary.csv", "report.html"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_many_kinds_of_input_in_their_order(auditor, stand, notes: Path, tmp_path: Path, out: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"id": "a", "text": "C5", "payer": "uhc"}\n')
    (tmp_path / "y.csv").write_text("id,text\ny,C5\n")
    result = auditor("audit", tmp_path / "y.csv", tmp_path / "x.jsonl", notes, notes, "--out", out, "--payer", "cigna")
    assert ids(out / "audits.jsonl") == ["y", "a", "a-2", "b", "c", "d"]
    assert [encounter.payer for encounter in stand.seen] == ["cigna", "uhc", "cigna", "cigna", "cigna", "cigna"]
    assert "the id 'a' is there more than once; this one is now 'a-2'." in result.stderr


def test_an_error_anywhere_ends_with_one(auditor, stand, notes: Path, out: Path) -> None:
    (notes / "c.txt").write_text("unsigned")
    assert auditor("audit", notes, "--out", out).exit_code == 1


def test_rejected_records_stand_in_their_file(auditor, stand, notes: Path, tmp_path: Path, out: Path) -> None:
    (notes / "b.txt").write_text(f"crash {SECRET}")
    (notes / "c.txt").write_bytes(b"%PDF-1.4")
    (tmp_path / "x.jsonl").write_text('{"id": "x", "text": "' + SECRET)
    result = auditor("audit", notes, tmp_path / "x.jsonl", "--out", out)
    assert result.exit_code == 0
    assert ids(out / "audits.jsonl") == ["a", "d"]
    assert [(item["record_id"], item["line"]) for item in rejected(out)] == [("b", None), (None, None), (None, 1)]
    assert rejected(out)[0]["reason"].startswith("encounter b: the audit failed with KeyError; please report this")
    assert "PDF document" in rejected(out)[1]["reason"]
    assert f"Rejected: 3, see {out / 'rejected.jsonl'}" in result.stdout
    assert SECRET not in (out / "rejected.jsonl").read_text() + result.output


def test_where_nothing_can_be_read_only_the_rejections_are_written(auditor, stand, tmp_path: Path, out: Path) -> None:
    (tmp_path / "nowhere.txt").write_text("")
    result = auditor("audit", tmp_path / "nowhere.txt", "--out", out)
    assert result.exit_code == 2
    assert result.stderr == (
        f"auditor: no encounter could be audited; {out / 'rejected.jsonl'} says why, record by record.\n"
    )
    assert names(out) == ["rejected.jsonl"]
    assert auditor("audit", tmp_path / "nowhere.txt", "--out", out).exit_code == 2


def test_a_finished_run_is_not_replaced_without_force(auditor, stand, notes: Path, out: Path) -> None:
    (notes / "b.txt").write_text("crash")
    auditor("audit", notes, "--out", out)
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    result = auditor("audit", notes, "--out", out)
    assert result.exit_code == 2
    assert result.stderr == (
        f"auditor: {out}: a finished run is there already; choose another folder for --out,"
        " or replace it with --force.\n"
    )
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before
    (notes / "b.txt").write_text("C5")
    assert auditor("audit", notes, "--out", out, "--force").exit_code == 0
    assert names(out) == ["audits.jsonl", "report.html", "summary.csv"]
    assert ids(out / "audits.jsonl") == ["a", "b", "c", "d"]


def stop_in(auditor, stand, notes: Path, out: Path, where: str) -> None:
    stand.interrupt = where
    result = auditor("audit", notes, "--out", out)
    assert (result.exit_code, result.stderr) == (
        130,
        "auditor: interrupted; the same command goes on where it stopped.\n",
    )
    assert "audits.jsonl" not in names(out)
    stand.interrupt = None
    stand.seen.clear()


def test_a_broken_run_goes_on_where_it_stopped(auditor, stand, notes: Path, tmp_path: Path, out: Path) -> None:
    stop_in(auditor, stand, notes, out, "Note c")
    result = auditor("audit", notes, "--out", out)
    assert [encounter.id for encounter in stand.seen] == ["c", "d"]
    assert "Kept from a run that was broken off: 2" in result.stdout
    assert names(out) == ["audits.jsonl", "report.html", "summary.csv"]
    auditor("audit", notes, "--out", tmp_path / "whole")
    for file in ("audits.jsonl", "summary.csv", "report.html"):
        assert (out / file).read_bytes() == (tmp_path / "whole" / file).read_bytes()


@pytest.mark.parametrize(
    ("spoil", "again"),
    [
        (lambda part, hashes: part.write_bytes(part.read_bytes()[:-5]), ["b", "c", "d"]),
        (lambda part, hashes: part.write_bytes(part.read_bytes() + b'{"id": "c", "vis'), ["c", "d"]),
        (lambda part, hashes: part.write_bytes(part.read_bytes() + part.read_bytes()), ["c", "d"]),
        (lambda part, hashes: part.write_bytes(b"\x00\xff\n" + part.read_bytes()), ["a", "b", "c", "d"]),
        (lambda part, hashes: hashes.write_bytes(hashes.read_bytes()[:-1]), ["b", "c", "d"]),
        (lambda part, hashes: hashes.write_bytes(b"\xff" * 64 + b"\n"), ["a", "b", "c", "d"]),
        (lambda part, hashes: hashes.unlink(), ["a", "b", "c", "d"]),
        (lambda part, hashes: part.unlink(), ["a", "b", "c", "d"]),
    ],
)
def test_only_complete_records_are_kept(
    auditor, stand, notes: Path, tmp_path: Path, out: Path, spoil: Any, again: list[str]
) -> None:
    stop_in(auditor, stand, notes, out, "Note c")
    spoil(out / "audits.jsonl.part", out / "audits.jsonl.sha256")
    assert auditor("audit", notes, "--out", out).exit_code == 0
    assert [encounter.id for encounter in stand.seen] == again
    assert ids(out / "audits.jsonl") == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("change", "again", "order"),
    [
        (lambda notes: (notes / "a.txt").write_text("Changed."), ["a", "c", "d"], ["a", "b", "c", "d"]),
        (lambda notes: (notes / "a.txt").unlink(), ["c", "d"], ["b", "c", "d"]),
        (lambda notes: (notes / "a0.txt").write_text("New."), ["a0", "c", "d"], ["a", "a0", "b", "c", "d"]),
        (lambda notes: (notes / "a.txt").rename(notes / "e.txt"), ["c", "d", "e"], ["b", "c", "d", "e"]),
    ],
)
def test_a_broken_run_with_other_inputs_audits_what_is_new(
    auditor, stand, notes: Path, out: Path, change: Any, again: list[str], order: list[str]
) -> None:
    stop_in(auditor, stand, notes, out, "Note c")
    change(notes)
    assert auditor("audit", notes, "--out", out).exit_code == 0
    assert [encounter.id for encounter in stand.seen] == again
    assert ids(out / "audits.jsonl") == order


def test_another_payer_is_another_encounter(auditor, stand, notes: Path, out: Path) -> None:
    stop_in(auditor, stand, notes, out, "Note c")
    assert auditor("audit", notes, "--out", out, "--payer", "medicare").exit_code == 0
    assert [encounter.id for encounter in stand.seen] == ["a", "b", "c", "d"]


def test_side_files_hold_hashes_only(auditor, stand, notes: Path, out: Path) -> None:
    stop_in(auditor, stand, notes, out, "Note c")
    lines = (out / "audits.jsonl.sha256").read_text().splitlines()
    assert [len(bytes.fromhex(line)) for line in lines] == [32, 32]


@pytest.mark.parametrize("most", [1, 2])
def test_the_page_shows_those_first_that_need_a_person(
    auditor, stand, notes: Path, out: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(batch, "MOST_CHARTS", most)
    for name in "bd":
        (notes / f"{name}.txt").write_text(f"Note {name} unsigned")
    result = auditor("audit", notes, "--out", out)
    html = (out / "report.html").read_text()
    assert [name for name in "abcd" if f"Note {name}" in html] == ["b", "d"][:most]
    assert f"the {most} of 4 charts that need a person first" in html
    assert f"report.html shows the {most} charts that need a person first" in result.stdout
    assert ids(out / "audits.jsonl") == ["a", "b", "c", "d"]


def test_refusals_of_the_folder(auditor, stand, notes: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for out, says in (
        (notes / "out", f"{notes / 'out'}: it lies within the input {notes}; choose a folder outside of it"),
        (notes, "it lies within the input"),
        (tmp_path / "file/out", "this folder cannot be made; choose another one"),
        (tmp_path / "file", "this folder cannot be made; choose another one"),
    ):
        result = auditor("audit", notes, "--out", out)
        assert result.exit_code == 2
        assert says in result.stderr
    assert names(notes) == ["a.txt", "b.txt", "c.txt", "d.txt"]


def test_a_full_disk_is_one_sentence(auditor, stand, notes: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(batch, "write_whole", full)
    result = auditor("audit", notes, "--out", out)
    assert result.exit_code == 2
    assert result.stderr == (
        f"auditor: {out}: it cannot be written (no space left on device); the same command tries it again.\n"
    )
    assert "audits.jsonl" not in names(out)
