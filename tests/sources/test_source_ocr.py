"""Scanned PDF documents: well read pages come out with a warning, badly read ones go to a human."""

import sys
from pathlib import Path

import pytest
from round_trip import SAMPLES, original, reason_of, text_of, verdict

from auditor.sources import SourceWarning
from auditor.sources.documents import ocr
from auditor.sources.documents.ocr import read_scanned_pdf
from auditor.sources.documents.ocr_quality import ReadLine, check_quality, unread_ink
from auditor.sources.records import UnreadableError

GOOD = ReadLine("L4 is tender and restricted", 0.995, 10, 90, 10, 20)


def needs_ocr() -> None:
    pytest.importorskip("rapidocr", reason="the extra ocr is not installed")
    pytest.importorskip("onnxruntime", reason="the extra ocr is not installed")


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize(
    ("name", "page", "text"),
    [
        ("scanned", 1, original("follow_up")),
        ("half_scanned", 2, original("findings_table") + original("follow_up")),
        ("stamped_scan", 1, "FAX 03/12/2026 11:02 FROM 5550100 PAGE 1 OF 1\n" + original("follow_up")),
    ],
)
def test_a_clean_scan_is_read_with_a_warning(name: str, page: int, text: str) -> None:
    needs_ocr()
    with pytest.warns(SourceWarning, match=f"the text of page {page} was recognised from a picture; a human must"):
        found = text_of(read_scanned_pdf, SAMPLES / f"{name}.pdf")
    assert words(found) == words(text)
    if name == "scanned":
        assert verdict(found) == verdict(text)


def test_a_poor_scan_goes_to_a_human() -> None:
    needs_ocr()
    reason = reason_of(read_scanned_pdf, SAMPLES / "poor_scan.pdf")
    assert "OCR could not read page 1 well" in reason
    assert "a human must read it" in reason


def test_a_document_of_text_needs_no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_engine", lambda: pytest.fail("the recogniser was loaded"))
    assert text_of(read_scanned_pdf, SAMPLES / "follow_up.pdf") == original("follow_up")


def test_scanned_pages_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "MAX_SCANNED_PAGES", 0)
    assert "more than 0 pages are scanned; split" in reason_of(read_scanned_pdf, SAMPLES / "scanned.pdf")


def test_time_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "MAX_OCR_SECONDS", 0)
    assert "longer than 0 seconds" in reason_of(read_scanned_pdf, SAMPLES / "scanned.pdf")


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    ocr._engine.cache_clear()
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    assert 'pip install ".[ocr]"' in reason_of(read_scanned_pdf, SAMPLES / "scanned.pdf")


def test_missing_models_are_not_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    needs_ocr()
    import rapidocr

    ocr._engine.cache_clear()
    monkeypatch.setattr(rapidocr, "__file__", str(tmp_path / "__init__.py"))
    assert 'pip install ".[ocr]"' in reason_of(read_scanned_pdf, SAMPLES / "scanned.pdf")


@pytest.mark.parametrize(
    ("lines", "unread", "says"),
    [
        ([], 0.0, "no line was found"),
        ([ReadLine("L4 is tender", 0.97, 0, 9, 0, 9)] * 9, 0.0, "mean confidence 0.970 is below 0.988"),
        ([GOOD] * 4 + [ReadLine("L4 is tender and restricted", 0.97, 0, 9, 0, 9)], 0.3, "30% of the ink was not read"),
        ([GOOD] * 5 + [ReadLine("L4 is tender and restricted", 0.955, 0, 9, 0, 9)], 0.0, "17% of the text is of low"),
        ([GOOD, ReadLine("汉字", 0.999, 0, 9, 0, 9)], 0.0, "of the characters are odd"),
    ],
)
def test_a_page_that_was_read_badly_is_refused(lines: list[ReadLine], unread: float, says: str) -> None:
    with pytest.raises(UnreadableError, match=says) as fault:
        check_quality(lines, unread, 3)
    assert "page 3" in str(fault.value)
    assert "tender" not in str(fault.value)


def test_a_page_that_was_read_well_is_let_through() -> None:
    check_quality([GOOD] * 9, 0.1, 1)


def test_unread_ink() -> None:
    numpy = pytest.importorskip("numpy")
    picture = numpy.full((100, 100, 3), 255, dtype=numpy.uint8)
    picture[12:18, 20:80] = 0
    picture[50:56, 20:40] = 0
    assert unread_ink(picture, [GOOD]) == pytest.approx(0.25)
    assert unread_ink(picture, []) == 1.0
    assert unread_ink(picture[:, :, 0] * 0 + 255, []) == 0.0
