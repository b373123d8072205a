"""``auditor check``: options become the encounter, exit codes, formats, and one sentence for each fault."""

import json
from datetime import date
from pathlib import Path

import pytest

from auditor.records import Audit, Claim, ClaimLine

SECRET = "Zebulon Quux"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    file = tmp_path / "visit.txt"
    file.write_text("Adjusted C5.")
    return file


@pytest.mark.parametrize(("text", "code"), [("Adjusted C5.", 0), ("Adjusted C5, unsigned.", 1)])
@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_exit_code_tells_whether_an_error_was_found(
    auditor, stand, note: Path, text: str, code: int, form: str
) -> None:
    note.write_text(text)
    result = auditor("check", note, "--format", form)
    assert (result.exit_code, result.stderr) == (code, "")


@pytest.mark.parametrize(
    ("options", "field", "value"),
    [
        ("", "claim", None),
        ("--payer medicare", "payer", "medicare"),
        ("--provider Roe", "provider", "Roe"),
        ("--visit initial", "visit", "initial"),
        ("--date 2026-03-04", "date_of_service", date(2026, 3, 4)),
        ("--care-started 2026-01-02", "care_started", date(2026, 1, 2)),
        ("--cpt 98941", "claim", Claim(lines=(ClaimLine(cpt="98941"),))),
        ("--cpt 98941-AT", "claim", Claim(lines=(ClaimLine(cpt="98941", modifiers=("AT",)),))),
        ("--cpt 98941 --modifier at", "claim", Claim(lines=(ClaimLine(cpt="98941", modifiers=("AT",)),))),
        (
            "--cpt 98941,97140-59 --cpt 97110 --modifier AT --dx M99.03,M54.50 --dx M99.01",
            "claim",
            Claim(
                diagnoses=("M99.03", "M54.50", "M99.01"),
                lines=(
                    ClaimLine(cpt="98941", modifiers=("AT",)),
                    ClaimLine(cpt="97140", modifiers=("59",)),
                    ClaimLine(cpt="97110"),
                ),
            ),
        ),
    ],
)
def test_options_become_fields(auditor, stand, note: Path, options: str, field: str, value: object) -> None:
    assert auditor("check", note, *options.split()).exit_code == 0
    [encounter] = stand.seen
    assert (encounter.id, encounter.text) == ("visit", "Adjusted C5.")
    assert getattr(encounter, field) == value


def test_options_go_before_what_the_record_says(auditor, stand, tmp_path: Path) -> None:
    file = tmp_path / "visits.jsonl"
    file.write_text(json.dumps({"text": "C5", "payer": "uhc", "provider": "Roe"}))
    assert auditor("check", file, "--payer", "medicare").exit_code == 0
    assert [(item.payer, item.provider) for item in stand.seen] == [("medicare", "Roe")]


@pytest.mark.parametrize(
    "given",
    [
        {"diagnoses": ["M99.01"], "lines": [{"cpt": "98940"}]},
        {"id": "x", "text": "another note", "claim": {"diagnoses": ["M99.01"], "lines": [{"cpt": "98940"}]}},
    ],
)
def test_a_claim_from_a_file(auditor, stand, note: Path, tmp_path: Path, given: object) -> None:
    (tmp_path / "claim.json").write_text(json.dumps(given))
    assert auditor("check", note, "--claim", tmp_path / "claim.json", "--modifier", "AT").exit_code == 0
    [encounter] = stand.seen
    assert encounter.claim == Claim(diagnoses=("M99.01",), lines=(ClaimLine(cpt="98940", modifiers=("AT",)),))
    assert encounter.text == "Adjusted C5."


def test_earlier_notes(auditor, stand, note: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("First visit.")
    (tmp_path / "b.txt").write_text("Second visit.")
    assert auditor("check", note, "--earlier", tmp_path / "a.txt", "--earlier", tmp_path / "b.txt").exit_code == 0
    assert [earlier.text for earlier in stand.seen[0].earlier] == ["First visit.", "Second visit."]


def test_standard_input(auditor, stand) -> None:
    assert auditor("check", "-", stdin="Adjusted 5°.".encode("cp1252")).exit_code == 0
    assert [(item.id, item.text) for item in stand.seen] == [("stdin", "Adjusted 5°.")]


def test_several_notes(auditor, stand, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "visit.txt").write_text("C5 unsigned" if folder == "b" else "C5")
    files = [tmp_path / "a/visit.txt", tmp_path / "b/visit.txt"]
    result = auditor("check", *files, "--format", "json")
    assert result.exit_code == 1
    assert [Audit.model_validate_json(line).id for line in result.stdout.splitlines()] == ["visit", "visit-2"]
    assert "'visit' is there more than once" in result.stderr
    html = auditor("check", *files, "--format", "html").stdout
    assert html.startswith("<!DOCTYPE html>")
    assert "visit-2" in html


def test_text_fits_eighty_columns_without_colour(auditor, stand, note: Path) -> None:
    note.write_text("unsigned")
    result = auditor("check", note)
    assert "SIG601" in result.stdout
    assert "\x1b" not in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_one_audit_as_json_is_the_record(auditor, stand, note: Path) -> None:
    assert Audit.model_validate_json(auditor("check", note, "--format", "json").stdout).id == "visit"


def test_out_is_written_whole(auditor, stand, note: Path, tmp_path: Path) -> None:
    out = tmp_path / "audit.json"
    out.write_text("old")
    result = auditor("check", note, "--format", "json", "--out", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert Audit.model_validate_json(out.read_text()).id == "visit"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["audit.json", "visit.txt"]


def test_a_note_that_cannot_be_read_does_not_stop_the_others(auditor, stand, note: Path, tmp_path: Path) -> None:
    result = auditor("check", tmp_path / "nowhere.txt", note)
    assert result.exit_code == 2
    assert "nowhere.txt: there is no such file; check its name and folder.\n" in result.stderr
    assert "visit" in result.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("nowhere.txt", "nowhere.txt: there is no such file"),
        ("visit.txt --cpt 9894", "'9894' is no CPT or HCPCS code; write five digits"),
        ("visit.txt --cpt 9894X", "'9894X' is no CPT or HCPCS code"),
        ("visit.txt --cpt 98941 --modifier ATT", "'ATT' is no modifier"),
        ("visit.txt --modifier AT", "a modifier needs a CMT line"),
        ("visit.txt --cpt 97140 --modifier AT", "a modifier needs a CMT line"),
        ("visit.txt --dx 99.03", "'99.03' is no ICD-10-CM code"),
        ("visit.txt --date 2026-02-30", "--date 2026-02-30: there is no such date; write it as YYYY-MM-DD"),
        ("visit.txt --date 03/04/2026", "--date 03/04/2026: there is no such date"),
        ("visit.txt --care-started x", "--care-started x: there is no such date"),
        ("visit.txt --claim claim.json --cpt 98940", "either with --claim or with --cpt"),
        ("visit.txt --claim nowhere.json", "nowhere.json: there is no such file"),
        ("visit.txt --claim visit.txt", "visit.txt: this is no complete JSON"),
        ("visit.txt --claim list.json", "list.json: this is no claim; write it as"),
        ("visit.txt --claim noclaim.json", "noclaim.json: this is no claim; write it as"),
        ("visit.txt --claim badcode.json", "badcode.json: field claim.lines.0.cpt"),
        ("visit.txt --earlier nowhere.txt", "correct --earlier"),
        ("visit.txt --out nowhere/audit.txt", "nowhere/audit.txt: it cannot be written (no such file or directory)"),
        ("visit.txt --out .", "it cannot be written (is a directory)"),
        ("picture.png", "seems to be a PNG picture"),
        ("empty.txt", "the note is empty"),
    ],
)
def test_a_fault_is_one_sentence(
    auditor, stand, note: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.txt").touch()
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "claim.json").write_text('{"lines": [{"cpt": "98940"}]}')
    (tmp_path / "list.json").write_text("[]")
    (tmp_path / "noclaim.json").write_text(json.dumps({"text": SECRET}))
    (tmp_path / "badcode.json").write_text(json.dumps({"lines": [{"cpt": SECRET}]}))
    result = auditor("check", *words.split())
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.startswith("auditor: ")
    assert result.stderr.endswith(".\n")
    assert SECRET not in result.stderr
    assert result.stdout == ""


def test_an_unexpected_fault_is_one_sentence_without_the_note(auditor, stand, note: Path) -> None:
    note.write_text(f"crash {SECRET}")
    result = auditor("check", note)
    assert result.exit_code == 2
    assert result.stderr.startswith("auditor: unexpected KeyError in conftest.py, line ")
    assert SECRET not in result.output


def test_an_interrupted_check_says_so(auditor, stand, note: Path) -> None:
    stand.interrupt = "C5"
    result = auditor("check", note)
    assert (result.exit_code, result.stderr) == (130, "auditor: interrupted.\n")


def test_an_input_is_never_overwritten(auditor, tmp_path) -> None:
    note = tmp_path / "keep.txt"
    note.write_text("C5 adjusted.")
    result = auditor("check", note, "--out", note)
    assert result.exit_code == 2
    assert "it is an input of this audit" in result.stderr
    assert note.read_text() == "C5 adjusted."
