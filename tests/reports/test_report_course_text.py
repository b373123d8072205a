"""The course of care in the terminal: within its width, nothing cut, readable without colour and in ASCII."""

import re
import unicodedata
from datetime import date, timedelta

import pytest
from course_samples import Pair, finding, measure, sample, visit

from auditor.reports.course import course
from auditor.reports.course_text import course_text

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = "a\x1b]0;owned\x07b\x1b[2Jc\x9b31md\x08\x7f\r\u202eevil\u2066 [bold red]x[/] :smile:"


def told(pairs: list[Pair], **how: object) -> str:
    return course_text(course(pairs), patient="p-7", **how)  # type: ignore[arg-type]


def bare(text: str) -> str:
    return "".join(ESCAPE.sub("", text).split())


def long_course() -> list[Pair]:
    """Seventy visits with many regions, measures and codes."""
    start = date(2026, 1, 2)
    found = [
        finding(f"EPI9{n}", "warning", "It says so in many words, and more than once. " * 4) for n in range(50, 58)
    ]
    facts = [measure("NPRS", 5, "upper_extremity"), measure("FUNCTION", 25, "lumbar", "minutes of sitting")]
    return [
        visit(
            start + timedelta(days=n),
            started=start,
            number=n + 1,
            kind="re_examination" if n else "initial",
            measures=facts,
            findings=found,
            treated=("cervical", "thoracic", "lumbar"),
            billed="98940",
            supported="98941",
        )
        for n in range(70)
    ]


@pytest.mark.parametrize("width", [40, 60, 80, 99, 100, 110, 120, 200])
@pytest.mark.parametrize("colour", [False, True])
def test_no_line_is_longer_than_the_width_and_nothing_is_cut(width: int, colour: bool) -> None:
    for pairs in (sample(), long_course()[:3], long_course()):
        text = told(pairs, width=width, colour=colour)
        assert max(len(ESCAPE.sub("", line)) for line in text.splitlines()) <= width
        assert "…" not in text
        for one in course(pairs).visits:
            assert str(one.date) in text
            assert all(code in bare(text) for _, codes in one.codes for code in codes)
            assert all(bare(item.message) in bare(text) for item in one.across)
    assert ("\x1b" in told(sample(), width=width, colour=colour)) == colour


@pytest.mark.parametrize(
    "said",
    [
        "Patient p-7 2 episodes, 7 visits, 2026-03-02 to 2026-07-10",
        "began 2026-03-02 with an initial visit; 5 visits; closed by discharge 2026-03-30",
        "1 2026-03-02 initial READY 100 98940 NPRS lumbar 7; ODI 44 % | cervical C5, lumbar L4 L5 | no findings",
        "3 2026-03-09 subsequent REVIEW 84 98940 NPRS lumbar 6, was 6 | cervical C5, lumbar L4 L5 | warning EPI952 PLN505",
        "4 2026-03-16 subsequent HOLD 61 98941, supported 98940 cervical C5, lumbar L4 L5 | error SUB102; info DXC814",
        "WARNING EPI952 visit 3 of 2026-03-09 It repeats the note of 2026-03-05.",
        "NPRS lumbar 0-10 ▆▅▅·▂ 7 -> 2 better, a meaningful change",
        "ODI 0-100 ▄···· 44 %, one value",
        "2 2026-07-10 subsequent READY 100 not billed, supported 98940 nothing treated | no findings",
    ],
)
def test_says_what_happened(said: str) -> None:
    assert said in " ".join(told(sample()).split())


def test_a_visit_takes_one_line_where_there_is_room() -> None:
    lines = told(sample(), width=140).splitlines()
    (line,) = [line for line in lines if " 2026-03-09  subsequent" in line]
    assert line.endswith("NPRS lumbar 6, was 6 | cervical C5, lumbar L4 L5 | 98940 | warning EPI952 PLN505")


def test_a_second_line_is_indented() -> None:
    lines = told(sample()).splitlines()
    place = next(n for n, line in enumerate(lines) if " 2026-03-05  subsequent" in line)
    assert re.match(r" {6}\S", lines[place + 1])


@pytest.mark.parametrize("width", [60, 80, 120])
def test_ascii_alone(width: int) -> None:
    pairs = [
        *sample(),
        visit(date(2026, 8, 3), started=date(2026, 8, 3), findings=[finding("EPI954", "warning", "“né” – 頸…")]),
    ]
    text = told(pairs, width=width, ascii=True)
    assert text.isascii()
    assert '"n?" - ?.' in text
    assert "766.2" in text
    assert max(map(len, text.splitlines())) <= width
    assert not told(sample(), width=width).isascii()


@pytest.mark.parametrize("colour", [False, True])
def test_nothing_can_drive_the_terminal(colour: bool) -> None:
    day = date(2026, 3, 2)
    fact = measure(HOSTILE, 5, HOSTILE, HOSTILE)
    found = finding("EPI" + HOSTILE, "error", HOSTILE)
    pairs = [visit(day, started=day, ident=HOSTILE, measures=[fact], findings=[found], billed=HOSTILE)]
    report = course_text(course(pairs), patient=HOSTILE, colour=colour)
    left = ESCAPE.sub("", report) if colour else report
    assert not [letter for letter in left if unicodedata.category(letter) in ("Cc", "Cf", "Cs") and letter != "\n"]
    assert ":smile:" in left
    report.encode("utf-8")


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [told(sample(), colour=colour) for colour in (False, True)]
    for name, value in (("NO_COLOR", "1"), ("FORCE_COLOR", "1"), ("COLUMNS", "20"), ("TERM", "dumb")):
        monkeypatch.setenv(name, value)
    assert before == [told(sample(), colour=colour) for colour in (False, True)]


def test_no_visits() -> None:
    assert told([]) == "Patient p-7  no visits\n"
