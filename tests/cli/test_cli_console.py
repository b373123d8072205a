"""What all commands share: warnings in few lines, files whole or not at all."""

import warnings
from pathlib import Path

import pytest

from auditor.cli.console import exit_code, sources_heard, write_whole
from auditor.records import UnknownFieldWarning
from auditor.sources import SourceWarning


def test_warnings_about_the_input_are_few_lines_and_others_are_silent(capsys: pytest.CaptureFixture[str]) -> None:
    with sources_heard():
        for number in range(13):
            warnings.warn(f"the id {number} is there twice", SourceWarning, stacklevel=1)
        warnings.warn("left out unknown field x", UnknownFieldWarning, stacklevel=1)
        warnings.warn("of a library", UserWarning, stacklevel=1)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "auditor: warning: the id 0 is there twice."
    assert lines[9:] == [
        "auditor: warning: the id 9 is there twice.",
        "auditor: warning: left out unknown field x.",
        "auditor: warning: 3 more of these were left out here.",
    ]


def test_a_file_is_there_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.html"
    write_whole(file, "old\r\n")
    assert file.read_bytes() == b"old\r\n"

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    for step in ("write_text", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(Path, step, fail)
            with pytest.raises(OSError, match="No space left"):
                write_whole(file, "new")
        assert [item.name for item in tmp_path.iterdir()] == ["report.html"]
        assert file.read_bytes() == b"old\r\n"


def test_a_device_is_written_to_and_stays_a_device() -> None:
    write_whole(Path("/dev/null"), "text")
    assert Path("/dev/null").is_char_device()


def test_no_audit_no_error() -> None:
    assert exit_code([]) == 0
