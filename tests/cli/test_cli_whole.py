"""The command line with the real auditor, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.records import Audit

pytest.importorskip("auditor.auditor", reason="the auditor is not there yet")
COMMON = Path(__file__).resolve().parents[3] / "shared"
UNSIGNED = (
    "DOS 03/04/2026\nS: Neck pain 4/10, was 6/10.\nO: C5 restricted and tender.\nA: C5 subluxation.\nP: Adjusted C5."
)


def run(*words: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
    code = "from auditor.cli import main; main()"
    everything = [sys.executable, "-c", code, *(str(word) for word in words)]
    return subprocess.run(everything, input=stdin, capture_output=True, text=True, check=False)


def test_a_note_without_signature_has_an_error() -> None:
    result = run("check", "-", "--format", "json", "--cpt", "98940-AT", "--dx", "M99.01", stdin=UNSIGNED)
    assert (result.returncode, result.stderr) == (1, "")
    audit = Audit.model_validate_json(result.stdout)
    assert "SIG601" in {finding.code for finding in audit.findings}
    assert audit.region_check.billed == "98940"


def test_a_folder_gives_its_reports(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    for name in "ab":
        (tmp_path / "notes" / f"{name}.txt").write_text(UNSIGNED)
    result = run("audit", tmp_path / "notes", "--out", tmp_path / "out", "--payer", "medicare")
    assert (result.returncode, result.stderr) == (1, "")
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["audits.jsonl", "report.html", "summary.csv"]


@pytest.mark.skipif(not COMMON.exists(), reason="the common ground is not present")
def test_evaluate_prints_what_the_common_scorer_prints(tmp_path: Path) -> None:
    labels, audits = COMMON / "corpus/dev.jsonl", tmp_path / "audits.jsonl"
    notes = tmp_path / "notes.jsonl"
    with labels.open() as lines:
        notes.write_text("".join(f"{json.dumps(json.loads(line)['encounter'])}\n" for line in lines))
    assert run("audit", notes, "--out", tmp_path / "out").returncode in {0, 1}
    (tmp_path / "out" / "audits.jsonl").rename(audits)
    scorer = [sys.executable, str(COMMON / "scoring/score.py"), str(labels), str(audits), "--misses"]
    theirs = subprocess.run(scorer, capture_output=True, text=True, check=True)
    assert run("evaluate", labels, "--misses").stdout == theirs.stdout
