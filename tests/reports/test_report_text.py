"""The terminal report: within its width, readable without colour, harmless to the terminal."""

import re
import unicodedata
from collections.abc import Callable

import pytest

from auditor.records import Audit, Encounter
from auditor.reports.summary import summarise
from auditor.reports.text import folder_text, text_report

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")

Pair = tuple[Encounter, Audit]


def columns(line: str) -> int:
    """Columns that a line takes in a terminal."""
    plain = ESCAPE.sub("", line)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in plain)


@pytest.mark.parametrize("width", [40, 60, 80, 132])
@pytest.mark.parametrize("colour", [False, True])
def test_no_line_is_longer_than_the_width(pairs: list[Pair], width: int, colour: bool) -> None:
    for encounter, audit in pairs:
        report = text_report(audit, encounter.text, width=width, colour=colour)
        assert max(columns(line) for line in report.splitlines()) <= width
    summary = folder_text(summarise([audit for _, audit in pairs]), width=width, colour=colour)
    assert max(columns(line) for line in summary.splitlines()) <= width


def test_long_words_and_wide_letters_are_folded(marked: Callable[..., Pair]) -> None:
    text = "A" * 400 + " " + "頸椎" * 100
    encounter, audit = marked(text, [(0, 300), (250, 500)], ident="x" * 200)
    for colour in (False, True):
        report = text_report(audit, encounter.text, colour=colour)
        assert max(columns(line) for line in report.splitlines()) <= 80


def test_says_what_was_decided_and_why(follow_up: Pair, thin: Pair) -> None:
    encounter, audit = follow_up
    report = text_report(audit, encounter.text)
    joined = " ".join(report.split())
    for said in (
        "a-016 subsequent visit",
        "HOLD score 83 of 100 2 errors, 2 warnings",
        "documentation elements drawn from CMS requirements",
        "PARTIAL 1 Subluxation with its level",
        "the lumbar region was treated with no level.",
        "MET 6 Signature and date of service",
        "treated C1 T9 yes - -",
        "supported yes yes no - -",
        "possible - - - yes -",
        "billed 98941 (3-4 spinal regions); supported 98940 (1-2 spinal regions)",
        "OVERCODED: the billed code is higher",
        "“lumbar spine” (plan)",
        "remedy Was a level recorded at the time?",
    ):
        assert said in joined, said
    assert "CMS's six" not in report
    assert joined.index("SUB102") < joined.index("PLN505")
    other = " ".join(text_report(thin[1], thin[0].text).split())
    assert "searched in plan, assessment for frequency, duration; no near miss" in other
    assert "nearest miss: “Neck stiff”" in other
    assert "NOT MET" in other
    assert "n/a" in other


def test_without_colour_no_escape_and_no_note(follow_up: Pair) -> None:
    encounter, audit = follow_up
    report = text_report(audit, encounter.text)
    assert "\x1b" not in report
    assert "kitchen floor" not in report


def test_with_colour_the_note_and_a_legend(follow_up: Pair) -> None:
    encounter, audit = follow_up
    report = text_report(audit, encounter.text, colour=True)
    plain = ESCAPE.sub("", report)
    assert "kitchen floor" in plain
    assert "an error rests on it" in plain
    assert "".join(encounter.text.split()) in "".join(plain.split())


HOSTILE = "a\x1b]0;owned\x07b\x1b[2Jc\x9b31md\x08\x7f\r\u202eevil\u2066 [bold red]x[/] :smile:\ud800"


@pytest.mark.parametrize("colour", [False, True])
def test_a_note_cannot_drive_the_terminal(marked: Callable[..., Pair], colour: bool) -> None:
    encounter, audit = marked(HOSTILE, [(0, 12), (3, 30)], ident=HOSTILE)
    findings = tuple(
        f.model_copy(update={"message": HOSTILE, "remedy": HOSTILE, "code": HOSTILE}) for f in audit.findings
    )
    report = text_report(audit.model_copy(update={"findings": findings}), encounter.text, colour=colour)
    left = ESCAPE.sub("", report) if colour else report
    assert not [letter for letter in left if unicodedata.category(letter) in ("Cc", "Cf", "Cs") and letter != "\n"]
    assert "[bold red]x[/] :smile:" in left
    report.encode("utf-8")


def test_the_environment_changes_nothing(follow_up: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    encounter, audit = follow_up
    before = [text_report(audit, encounter.text, colour=colour) for colour in (False, True)]
    for name, value in (("NO_COLOR", "1"), ("FORCE_COLOR", "1"), ("COLUMNS", "20"), ("TERM", "dumb")):
        monkeypatch.setenv(name, value)
    assert before == [text_report(audit, encounter.text, colour=colour) for colour in (False, True)]


def test_windows_lines_are_not_doubled(marked: Callable[..., Pair]) -> None:
    encounter, audit = marked("one\r\ntwo\r\n", [(0, 3)])
    report = ESCAPE.sub("", text_report(audit, Encounter(text=encounter.text).text, colour=True))
    assert report.endswith("  one\n  two\n")


def test_the_folder(pairs: list[Pair]) -> None:
    report = " ".join(folder_text(summarise([audit for _, audit in pairs])).split())
    assert "3 audits, mean score 61 of 100" in report
    assert "2 hold 0 review 1 ready" in report
    assert "Subluxation with its level 1 1 1 0 33 %" in report
    assert "1 overcoded 1 unsupported" in report
    assert folder_text(summarise([])).startswith("0 audits\n")
