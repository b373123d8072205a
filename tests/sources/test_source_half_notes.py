"""No half a note is audited in silence: what a reader would lose is read, or the file is refused."""

import os
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from auditor.records import Encounter
from auditor.sources import Rejected, read
from auditor.sources.documents import pdf_survival
from auditor.sources.documents.html import html_text
from auditor.sources.documents.page_repeats import without_repeats
from auditor.sources.documents.unwrapping import PlacedLine, unwrapped
from auditor.sources.records import UnreadableError


def text_of(path: Path) -> str:
    [item] = read(path)
    assert isinstance(item, Encounter), item
    return item.text


def reason_of(path: Path) -> str:
    [item] = read(path)
    assert isinstance(item, Rejected), item
    return item.reason


@pytest.mark.parametrize(
    ("pages", "left"),
    [
        (["Sunrise\nAdjusted C5,\nPage 1 of 2", "Sunrise\nT6 and L4.\nPage 2 of 2"], "Sunrise\nAdjusted C5,\nT6 and L4.\nPage 2 of 2"),
        (["A: C5,\nPage 1", "T6.\nx"], "A: C5,\nT6.\nx"),
        (["C5.", "L4."], "C5.\nL4."),
        (["C5.\nC5.", "C5.\nC5."], "C5.\nC5.\nC5.\nC5."),
        (["one page\nPage 1"], "one page\nPage 1"),
        (["A\nP: L4 done\nPain 6/10", "B\nP: L5 done\nPain 5/10"], "A\nP: L4 done\nPain 6/10\nB\nP: L5 done\nPain 5/10"),
    ],
)
def test_headers_and_footers_break_no_sentence(pages: list[str], left: str) -> None:
    assert "\n".join(without_repeats(pages)) == left


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>P: Adjusted <select><option>L4</option><option>L5</option></select> and C5.", "P: Adjusted L4 and C5."),
        ("<p><select><option>L4<option selected>L5</select>", "L5"),
        ("<p>x <select multiple><option>L4<option>L5</select>y", "x y"),
        ("<style>.old, #x {display:none} p.y{}</style><p class='old'>T6<p id=x>T7<p>L4", "L4"),
        ("<style>@media print{.old{display:none}}</style><p class=old>T6</p>", "T6"),
        ("<style>.tab{display:none} .tab.on{display:block}</style><p class='tab on'>T6</p>", "T6"),
        ("<p><select><option>L4<option>None selected</select>", "L4"),
        ("<style>/* .a{} */ .old{ visibility : hidden }</style><p class='new old'>T6</p><p>L4", "L4"),
        ("<p><label>Pain now</label><input value='3/10'><label>before</label><input value='6/10'>", "Pain now 3/10 before 6/10"),
    ],
)
def test_a_page_is_read_as_it_is_shown(markup: str, text: str) -> None:
    assert html_text(markup).strip() == text


@pytest.mark.parametrize("how", ["hidden", "strike"])
def test_what_a_style_hides_or_strikes_is_left_out(tmp_path: Path, how: str) -> None:
    document = docx.Document()
    setattr(document.styles.add_style("Old", WD_STYLE_TYPE.PARAGRAPH).font, how, True)
    document.styles.add_style("Older", WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Old"]
    setattr(document.styles.add_style("Gone", WD_STYLE_TYPE.CHARACTER).font, how, True)
    document.add_paragraph("P: Adjusted L4.")
    document.add_paragraph("P: Adjusted T6.", style="Old")
    document.add_paragraph("P: Adjusted T7.", style="Older")
    document.add_paragraph("Then C5").add_run(" and T8", style="Gone")
    document.save(str(tmp_path / "note.docx"))
    assert text_of(tmp_path / "note.docx").split("\n")[:2] == ["P: Adjusted L4.", "Then C5"]


@pytest.mark.parametrize(
    "field",
    [
        rb"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres0}}}{\fldrslt }} T6",
        rb"{\field{\*\fldinst FORMDROPDOWN }{\fldrslt }}",
        rb"{\field{\*\fldinst SYMBOL 254 \\f Wingdings}{\fldrslt }} C5",
        rb"{\footnote P: Adjusted L4.}",
    ],
)
def test_rtf_that_would_lose_a_part_is_refused(tmp_path: Path, field: bytes) -> None:
    (tmp_path / "note.rtf").write_bytes(rb"{\rtf1\ansi P: Adjusted " + field + rb"\par}")
    assert "form fields, symbols or footnotes" in reason_of(tmp_path / "note.rtf")


MESSAGE = "MSH|^~\\&|A|B|C|D|20260304||ORU^R01|1|P|2.5.1\rPID|1||77\rOBR|1|||N|||20260304\r"


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("OBX|1|RP|N||pointer^x\r", "of a type that is not read"),
        ("OBX|1|TX|N||P: Adjusted L4 | C5. Continue twice.\r", "a | in the text was not escaped"),
        ("OBX|1|TX|N||P: Adjusted\rDSC|2\r", "goes on in another message"),
    ],
)
def test_a_message_that_would_lose_a_part_is_refused(tmp_path: Path, lines: str, says: str) -> None:
    (tmp_path / "note.hl7").write_text(MESSAGE + lines, "utf-8")
    assert says in reason_of(tmp_path / "note.hl7")


def test_a_line_that_only_looks_like_a_segment_is_not_lost_in_silence(tmp_path: Path) -> None:
    file = tmp_path / "note.hl7"
    file.write_text(MESSAGE + "OBX|1|TX|N||O: sore\nROM: Lumbar flexion 40\nP: Adjusted L4.", "utf-8", newline="")
    assert text_of(file).split() == ["O:", "sore", "ROM:", "Lumbar", "flexion", "40", "P:", "Adjusted", "L4."]
    file.write_text(MESSAGE + "OBX|1|TX|N||O: sore\nROM|Lumbar flexion 40\nP: Adjusted L4.", "utf-8", newline="")
    assert "a | in the text was not escaped" in reason_of(file)


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("<html><body>P: Adjusted L4.", ".html"),
        ("<?xml version='1.0'?><ClinicalDocument/>", ".xml"),
        (MESSAGE, ".hl7"),
        ('{"resourceType": "Bundle"}', ".json"),
    ],
)
def test_a_file_of_another_kind_is_no_bare_note(tmp_path: Path, text: str, suffix: str) -> None:
    (tmp_path / "note.txt").write_text(text, "utf-8", newline="")
    assert f"name it {suffix}" in reason_of(tmp_path / "note.txt")


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="there are no such pipes here")
def test_a_pipe_is_read_from_its_beginning() -> None:
    out, into = os.pipe()
    os.write(into, b"S: Neck pain 4/10. P: Adjusted C5.")
    os.close(into)
    try:
        assert text_of(Path(f"/dev/fd/{out}")) == "S: Neck pain 4/10. P: Adjusted C5."
    finally:
        os.close(out)


def test_lines_without_width_are_left_as_they_are() -> None:
    lines = [PlacedLine("Adjusted C5,", 60, 60, 700, 10), PlacedLine("and L4", 60, 60, 690, 10)]
    assert unwrapped(lines) in (["Adjusted C5,", "and L4"], ["Adjusted C5, and L4"])


def test_fields_that_would_end_pdfium_end_only_a_process_of_their_own() -> None:
    [item] = read(Path(__file__).parent / "samples" / "damaged_fields.pdf")
    assert isinstance(item, Rejected)
    assert "broken or cut off" in item.reason


@pytest.mark.parametrize(
    ("tried", "survives"),
    [
        ("import sys; sys.stdin.buffer.read()", True),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", False),
        ("import time; time.sleep(60)", False),
    ],
)
def test_survival_is_tried_in_another_process(monkeypatch: pytest.MonkeyPatch, tried: str, survives: bool) -> None:
    monkeypatch.setattr(pdf_survival, "_TRY", tried)
    monkeypatch.setattr(pdf_survival, "MOST_SECONDS", 3.0)
    if survives:
        pdf_survival.check_survival(b"x")
    else:
        with pytest.raises(UnreadableError, match="broken"):
            pdf_survival.check_survival(b"x")
