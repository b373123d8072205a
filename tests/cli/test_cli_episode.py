"""``auditor episode``, and episodes within ``auditor audit``."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from auditor.cli import app
from auditor.records import Audit

VISITS = [
    (
        "2026-03-02",
        "New patient. Low back pain 7/10.\nO: L4 restricted and tender.\nP: Adjusted L4. 2x/week for 4 weeks, goal: pain 2/10.",
    ),
    (
        "2026-03-05",
        "S: Low back pain 6/10, slept better after raking.\nO: L4 restricted and tender.\nP: Adjusted L4. Visit 2 of 8.",
    ),
    (
        "2026-03-09",
        "S: Low back pain 4/10, drove to the coast.\nO: L4 restricted, spasm gone.\nP: Adjusted L4. Visit 3 of 8.",
    ),
]
LONG = (
    "S: Neck pain {pain}/10, worse at the sewing machine and on looking over the right shoulder in the car. Sleeps badly.\n"
    "O: C5 restricted in right rotation and tender, right trapezius in spasm, rotation 50 of 80 degrees.\nP: Adjusted C5."
)


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def chart(tmp_path: Path) -> Path:
    file = tmp_path / "chart.jsonl"
    rows = [
        {
            "id": f"{patient}-{day}",
            "patient_id": patient,
            "provider": "Jane Roe, DC",
            "date_of_service": day,
            "text": text,
        }
        for patient in ("P1", "P2")
        for day, text in reversed(VISITS)
    ]
    rows += [
        {
            "id": "a-1",
            "patient_id": "A",
            "provider": "Jane Roe, DC",
            "date_of_service": "2026-03-02",
            "text": LONG.format(pain=5),
        },
        {
            "id": "b-1",
            "patient_id": "B",
            "provider": "Jane Roe, DC",
            "date_of_service": "2026-03-03",
            "text": LONG.format(pain=5),
        },
    ]
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return file


def test_the_course_of_one_patient(chart: Path) -> None:
    result = run("episode", chart, "--patient", "p1")
    assert result.exit_code == 1
    assert "3 visits" in result.stdout
    lines = [line for line in result.stdout.splitlines() if "HOLD" in line or "REVIEW" in line or "READY" in line]
    assert [day for line in lines for day, _ in VISITS if day in line] == [day for day, _ in VISITS]
    assert "7 -> 4" in result.stdout


def test_a_repeated_note_is_shown_beside_the_earlier_one(tmp_path: Path) -> None:
    rows = [
        {"patient_id": "A", "id": f"a{pain}", "date_of_service": f"2026-03-0{9 - pain}", "text": LONG.format(pain=pain)}
        for pain in (5, 4)
    ]
    (tmp_path / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    shown = run("episode", tmp_path / "a.jsonl", "--diff").stdout
    assert "Visit of 2026-03-05 against 2026-03-04" in shown
    assert "[-5/10" in shown
    assert "{+4/10" in shown
    assert "[-5/10" not in run("episode", tmp_path / "a.jsonl").stdout


def test_as_json_the_audits_in_order_of_their_dates(chart: Path) -> None:
    audits = [
        Audit.model_validate_json(line)
        for line in run("episode", chart, "--patient", "P2", "--format", "json").stdout.splitlines()
    ]
    assert [audit.id for audit in audits] == [f"P2-{day}" for day, _ in VISITS]
    assert [audit.episode.visit_number for audit in audits if audit.episode] == [1, 2, 3]


def test_the_page_goes_to_a_file(chart: Path, tmp_path: Path) -> None:
    out = tmp_path / "course.html"
    run("episode", chart, "--patient", "P1", "--format", "html", "--out", out)
    assert "<svg" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("patient", "told"), [(["--patient", "P9"], "no encounter names that patient"), ([], "the notes are of 4 patients")]
)
def test_which_patient_must_be_clear(chart: Path, patient: list[str], told: str) -> None:
    result = run("episode", chart, *patient)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "P1" not in result.stderr


def test_a_note_without_patient_has_no_course(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(VISITS[0][1], encoding="utf-8")
    result = run("episode", tmp_path / "note.txt", "--patient", "P1")
    assert result.exit_code == 2
    assert "patient_id" in result.stderr


def codes(out: Path) -> dict[str, set[str]]:
    lines = (out / "audits.jsonl").read_text(encoding="utf-8").splitlines()
    audits = [Audit.model_validate_json(line) for line in lines]
    return {audit.id: {finding.code for finding in audit.findings} for audit in audits}


def test_a_run_binds_episodes_and_keeps_the_order_of_the_input(chart: Path, tmp_path: Path) -> None:
    run("audit", chart, "--out", tmp_path / "out")
    found = codes(tmp_path / "out")
    assert list(found)[:3] == [f"P1-{day}" for day, _ in reversed(VISITS)]
    assert "PRG402" not in found["P1-2026-03-05"]


def test_another_patients_note_is_found_in_one_run_and_over_two(chart: Path, tmp_path: Path) -> None:
    run("audit", chart, "--out", tmp_path / "one", "--seen", tmp_path / "seen.sqlite")
    found = codes(tmp_path / "one")
    assert "EPI953" in found["b-1"]
    assert "EPI953" not in found["a-1"]
    later = {
        "id": "c-1",
        "patient_id": "C",
        "provider": "Jane Roe, DC",
        "date_of_service": "2026-04-03",
        "text": LONG.format(pain=4),
    }
    (tmp_path / "april.jsonl").write_text(json.dumps(later), encoding="utf-8")
    run("audit", tmp_path / "april.jsonl", "--out", tmp_path / "two", "--seen", tmp_path / "seen.sqlite")
    assert "EPI953" in codes(tmp_path / "two")["c-1"]
    assert b"trapezius" not in (tmp_path / "seen.sqlite").read_bytes()


def test_a_file_of_another_kind_is_no_index(chart: Path, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("not an index", encoding="utf-8")
    result = run("audit", chart, "--out", tmp_path / "out", "--seen", other)
    assert result.exit_code == 2
    assert other.read_text(encoding="utf-8") == "not an index"
