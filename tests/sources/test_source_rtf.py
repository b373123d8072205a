"""RTF: paragraphs, rows and items come back; hidden and deleted text does not; nesting and time are bounded."""

import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from round_trip import SAMPLES, check_any, original, reason_of, text_of, verdict

from auditor.sources.documents import limits
from auditor.sources.documents.rtf import read_rtf, rtf_text
from auditor.sources.records import UnreadableError

GOOD = (SAMPLES / "findings_table.rtf").read_bytes()
ROW = r"\trowd\cellx1\cellx2 L4\cell tender\cell\row "
LAST_MARKS = r"{\trowd\cellx1\cellx2\row}"


def rtf(
    body: str, *, before: str = r"\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset2 Symbol;}}"
) -> bytes:
    return f"{{\\rtf1{before}\n{body}}}".encode("latin-1")


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "visit.rtf"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["follow_up", "findings_table"])
def test_a_note_comes_back(name: str) -> None:
    text = text_of(read_rtf, SAMPLES / f"{name}.rtf")
    assert text.replace("\n\n", "\n") == original(name)
    assert verdict(text) == verdict(original(name))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(r"L4 {\b tender}\par L5\line T4", "L4 tender\nL5\nT4", id="lines"),
        pytest.param("L4\\\nL5", "L4\nL5", id="line ends of TextEdit"),
        pytest.param("L4 is\r\n tender", "L4 is tender", id="line ends of the file"),
        pytest.param(r"70\'b0 caf\'e9 \u8211?  \u-3913? x", "70° café –  • x", id="characters"),
        pytest.param("70\xb0", "70°", id="raw bytes"),
        pytest.param(r"L4\~6/10 mid\_back ad\-just", "L4 6/10 mid-back adjust", id="blanks and hyphens"),
        pytest.param(r"\u-10179?\u-8704? L4", "\U0001f600 L4", id="two halves"),
        pytest.param(r"{\v T4} L4 \v T5 \v0 L5", "L4 L5", id="hidden"),
        pytest.param(r"{\deleted T4\tab\'b0\u8211?}{\revised L4}", "L4", id="tracked changes"),
        pytest.param(r"{\strike T4} L4", " L4", id="struck"),
        pytest.param(r"{\v T4 \plain L4}", "L4", id="plain"),
        pytest.param(
            r"{\header Jane Roe}{\footer Signed: A. Doe, DC}L4\par ", "Jane Roe\nL4\nSigned: A. Doe, DC", id="margins"
        ),
        pytest.param(
            r"L4\par{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt in a box}}{\shprslt in a box}}L5\par ",
            "L4\nL5\nin a box",
            id="text box",
        ),
        pytest.param(r'{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt L4}} moved', "L4 moved", id="link"),
        pytest.param(r"{\pict\pngblip 89504e47}{\*\unknown T4}{\info{\author Roe}}L4", "L4", id="left out"),
        pytest.param(r"{\pict\bin5 }}{{\}L4", "L4", id="binary data"),
        pytest.param(r"{\listtext\f1\'b7\tab}L4\par{\pntext 2.\tab}L5", "- L4\n2. L5", id="items"),
        pytest.param(r"O:\par " + ROW + ROW + r"\pard A: x", "O:\nL4 | tender\nL4 | tender\nA: x", id="rows"),
        pytest.param(
            r"O:\par " + ROW.replace(r"\row ", LAST_MARKS) + "A: x", "O:\nL4 | tender\nA: x", id="marks behind"
        ),
        pytest.param(r"\trowd L4\par L5\cell tender\par\cell\row", "L4 L5 | tender", id="lines in a cell"),
        pytest.param(r"\trowd O:\cell a\par b\par c\par d\cell\row", "O:\na\nb\nc\nd", id="a table for layout"),
        pytest.param(r"x | y\par " + ROW, "x | y\nL4 | tender", id="a bar in the text"),
        pytest.param(r"L4 \u57345? tender\uc99999 x", "L4 \ufffd tenderx", id="marks of our own are not let in"),
    ],
)
def test_what_the_page_shows(tmp_path: Path, body: str, text: str) -> None:
    assert text_of(read_rtf, saved(tmp_path, rtf(body))).strip() == text.strip()


def test_a_code_page_of_its_own(tmp_path: Path) -> None:
    path = saved(tmp_path, rtf(r"\'8a L4", before=r"\ansi\ansicpg1250"))
    assert text_of(read_rtf, path) == "Š L4\n"


def nested(depth: int) -> bytes:
    return rtf("{" * depth + "L4" + "}" * depth)


def test_nested_groups_are_bounded(tmp_path: Path) -> None:
    assert text_of(read_rtf, saved(tmp_path, nested(150))) == "L4\n"
    assert "nested more than 200 deep" in reason_of(read_rtf, saved(tmp_path, nested(250)))
    assert "nested more than 200 deep" in reason_of(read_rtf, saved(tmp_path, b"{\\rtf1" + b"{" * 5_000_000))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(GOOD[: len(GOOD) // 2], "broken or cut off", id="truncated"),
        pytest.param(rtf("L4")[:-1], "broken or cut off", id="end missing"),
        pytest.param(rtf(r"L4 {\bin9999999 x}"), "broken or cut off", id="binary data without end"),
        pytest.param(b"S: low back pain", "this is no RTF document", id="text"),
        pytest.param(b"%PDF-1.7", "but seems to be a PDF document", id="PDF"),
        pytest.param(rtf(""), "no text in the document", id="no text"),
        pytest.param(rtf(r"{\v L4 tender}"), "no text in the document", id="all hidden"),
        pytest.param(rtf(r"{\pict " + "89504e47" * 1_000 + "}"), "no text in the document", id="a picture"),
        pytest.param(rtf("L4 " * 70_000), "more than 200,000 characters", id="long"),
        pytest.param(rtf("L4 " * 300_000), "more than 200,000 characters", id="very long"),
        pytest.param(rtf(r"\b1\b0" * 2_000_000), "far more marks than a note", id="marks"),
        pytest.param(
            rtf(r"\'8a L4", before=r"{\fonttbl{\f0\fcharset78 x;}}\f0"), "broken or cut off", id="no such charset"
        ),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    assert says in reason_of(read_rtf, saved(tmp_path, data))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(rtf("L4", before=r"{\fonttbl" + r"\f0" * 200_000 + "}"), id="fonts"),
        pytest.param(rtf("L4" + r"{\field{\*\fldinst{HYPERLINK " * 90), id="links"),
        pytest.param(rtf("L4" + r"{\field{\*\fldinst{x}{HYPERLINK }}}" * 20_000), id="closed links"),
        pytest.param(rtf("L4" + r"{\pict\bin0 }" * 100_000), id="pictures"),
        pytest.param(rtf("L4" + "\\" * 1_000_001), id="backslashes"),
        pytest.param(rtf("L4 {\\pict\n" + ("89504e47" * 16 + "\n") * 150_000 + "}"), id="a large picture"),
    ],
)
def test_time_is_bounded(data: bytes) -> None:
    start = time.monotonic()
    with suppress(UnreadableError):
        assert rtf_text(data).startswith("L4")
    assert time.monotonic() - start < limits.MAX_SECONDS / 2


def test_a_document_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(UnreadableError, match="longer than 0 seconds"):
        rtf_text(GOOD, seconds=0)


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    path = saved(tmp_path, GOOD)
    with path.open("r+b") as stream:
        stream.truncate(limits.MAX_DOCUMENT_BYTES + 1)
    assert "larger than 50 MB" in reason_of(read_rtf, path)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "striprtf.striprtf", None)
    assert 'pip install ".[documents]"' in reason_of(read_rtf, SAMPLES / "follow_up.rtf")


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    check_any(read_rtf, ".rtf", data)
    check_any(read_rtf, ".rtf", b"{\\rtf1 qqzebulonqq " + data + b"}")


WORDS = r"\ansicpg \ansicpg0 \ansicpg99 \fonttbl \f \f0 \fcharset78 \uc \uc-1 \u \u55296 \u-1 \u99999 \'ff \'8 \* \v \bin \bin3 \cell \row \trowd \nestcell \header \footer \shptxt \par \field \pict { } ; x L4"


@settings(max_examples=300, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS.split()), max_size=25))
@example(words=[r"\row", r"\cell"])
@example(words=[r"\trowd", "x", r"\trowd", r"\cell"])
def test_any_words(words: list[str]) -> None:
    check_any(read_rtf, ".rtf", rtf("qqzebulonqq " + " ".join(words)))
    check_any(read_rtf, ".rtf", rtf("".join(words)))


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, len(GOOD) - 1), bytes_=st.binary(min_size=1, max_size=12), cut=st.integers(0, 40))
def test_a_damaged_file(place: int, bytes_: bytes, cut: int) -> None:
    check_any(read_rtf, ".rtf", GOOD[:place] + bytes_ + GOOD[place + cut :])
