"""The command line as a process of its own: terminals, signals, closed pipes."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SECRET = "Zebulon Quux"
START = f"""
import sys, time, types
sys.path.insert(0, {str(Path(__file__).parent)!r})
import conftest
class Slow(conftest.Stand):
    def audit(self, encounter):
        if "slow" in encounter.text and not {{resumed}}:
            print("slow now", flush=True)
            time.sleep(60)
        return super().audit(encounter)
sys.modules["auditor.auditor"] = module = types.ModuleType("auditor.auditor")
module.Auditor = lambda **_: Slow()
from auditor.cli import main
main()
"""


def command(*words: object, resumed: bool = False) -> list[str]:
    return [sys.executable, "-c", START.format(resumed=resumed), *(str(word) for word in words)]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(f"{SECRET}, C5{' slow' * (name == 'c')}")
    return folder


def in_terminal(words: list[str], **environment: str) -> tuple[int, str]:
    """Run with standard output and error on a pseudo terminal; the exit code and what it showed."""
    ours, theirs = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM"}}
    process = subprocess.Popen(words, stdout=theirs, stderr=theirs, env={"TERM": "xterm", **clean, **environment})
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:  # how Linux ends a pseudo terminal
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    return process.wait(timeout=60), shown.decode()


@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colour_on_a_terminal_only_where_it_is_wanted(notes: Path, environment: dict[str, str], coloured: bool) -> None:
    code, shown = in_terminal(command("check", notes / "a.txt"), **environment)
    assert code == 0
    assert "READY" in shown
    assert ("\x1b[" in shown) is coloured


def test_progress_on_a_terminal_counts_and_shows_no_note(notes: Path, tmp_path: Path) -> None:
    code, shown = in_terminal(command("audit", notes, "--out", tmp_path / "out", resumed=True))
    assert code == 0
    assert "3 audited, 0 rejected" in shown
    assert SECRET not in shown


def test_no_progress_where_there_is_no_terminal(notes: Path, tmp_path: Path) -> None:
    words = command("audit", notes, "--out", tmp_path / "out", resumed=True)
    result = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("sent", "code", "says"),
    [
        (signal.SIGINT, 130, "auditor: interrupted; the same command goes on where it stopped.\n"),
        (signal.SIGKILL, -signal.SIGKILL, ""),
    ],
)
def test_a_killed_run_goes_on_where_it_stopped(
    notes: Path, tmp_path: Path, sent: signal.Signals, code: int, says: str
) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen(
        command("audit", notes, "--out", out), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "slow now\n"
    process.send_signal(sent)
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (code, says)
    assert (out / "audits.jsonl.part").read_bytes().count(b"\n") == 2
    again = subprocess.run(
        command("audit", notes, "--out", out, resumed=True), capture_output=True, text=True, check=False
    )
    assert again.returncode == 0
    assert "Kept from a run that was broken off: 2" in again.stdout
    assert sorted(file.name for file in out.iterdir()) == ["audits.jsonl", "report.html", "summary.csv"]


def test_standard_input_and_output_are_utf8(notes: Path) -> None:
    result = subprocess.run(
        command("check", "-", "--format", "json"),
        input="C5 5°".encode("utf-16"),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert result.returncode == 0
    assert '"id": "stdin"' in result.stdout.decode("utf-8")


def test_a_huge_note_is_refused_quickly_in_little_memory(tmp_path: Path) -> None:
    (tmp_path / "huge.txt").write_bytes(b"Adjusted C5. " * 4_000_000)
    limited = ["bash", "-c", 'ulimit -v 400000; exec "$@"', "x", *command("check", tmp_path / "huge.txt")]
    start = time.perf_counter()
    result = subprocess.run(limited, capture_output=True, text=True, check=False)
    assert time.perf_counter() - start < 60
    assert result.returncode == 2
    assert result.stderr.endswith(
        "the note is longer than 200,000 characters; split it into one file for each visit.\n"
    )


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_a_huge_record_is_refused_in_bounded_memory(tmp_path: Path, suffix: str) -> None:
    head = b'{"text": "' if suffix == "jsonl" else b'text\n"'
    (tmp_path / f"huge.{suffix}").write_bytes(head + b"Adjusted C5. " * 20_000_000)
    limited = ["bash", "-c", 'ulimit -v 900000; exec "$@"', "x", *command("check", tmp_path / f"huge.{suffix}")]
    result = subprocess.run(limited, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "longer than" in result.stderr
    assert "Adjusted" not in result.stderr
