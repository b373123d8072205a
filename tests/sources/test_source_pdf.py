"""PDF: text in the order of reading, broken lines joined, scanned pages and broken files refused."""

import warnings
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from round_trip import SAMPLES, check_any, original, reason_of, text_of, verdict

from auditor.sources import SourceWarning
from auditor.sources.documents import limits, pdf_pages
from auditor.sources.documents.pdf import pdf_text, read_pdf
from auditor.sources.documents.pdf_characters import BREAK, Character
from auditor.sources.documents.pdf_lines import lines_of
from auditor.sources.documents.plausibility import implausible_share
from auditor.sources.documents.unwrapping import PlacedLine, unwrapped
from auditor.sources.records import UnreadableError

FORM = (
    "Subjective: Low back pain 4/10, it was 6/10.\nObjective: L4 tender and restricted in flexion.\n"
    "Assessment: Improving, M99.03.\nPlan: Adjusted L4, side posture.\n"
)
BOXES = (
    "O: Findings of the lumbar spine by palpation:\n[x] L4 tender on the left\n[ ] L5 tender on the right\n"
    "[x] L4 restricted in flexion\n[ ] spasm of the paraspinal muscles\nSide: left\n"
)


def pdf_of(*objects: str, trailer: str = "") -> bytes:
    """A PDF file written by hand; its first object is the catalogue."""
    body = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size} /Root 1 0 R {trailer}>>\n"
    return body + f"{end}startxref\n{len(body)}\n%%EOF\n".encode()


def drawn(content: str, *, pages: int = 1) -> bytes:
    page = "<</Type/Page /Parent 2 0 R /MediaBox[0 0 612 792] /Contents 4 0 R /Resources<</Font<</F 5 0 R>>>> >>"
    return pdf_of(
        "<</Type/Catalog /Pages 2 0 R>>",
        f"<</Type/Pages /Count {pages} /Kids[{'3 0 R ' * pages}]>>",
        page,
        f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        "<</Type/Font /Subtype/Type1 /BaseFont/Helvetica>>",
    )


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "visit.pdf"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["follow_up", "findings_table"])
def test_a_note_comes_back(name: str) -> None:
    text = text_of(read_pdf, SAMPLES / f"{name}.pdf")
    assert text == original(name)
    assert verdict(text) == verdict(original(name))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("two_pages", original("follow_up")),
        ("turned", original("findings_table") + "COPY\n"),
        ("labels_first", FORM),
        ("form", FORM.replace("ubjective", "").replace("bjective", "").replace("ssessment", "").replace("lan", "")),
        ("boxes", BOXES),
    ],
)
def test_pages_that_are_drawn_otherwise(name: str, text: str) -> None:
    assert text_of(read_pdf, SAMPLES / f"{name}.pdf") == text


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("scanned", "page 1 is a scanned picture without text; export"),
        ("half_scanned", "page 2 is a scanned picture without text; the rest alone would be half a note; export"),
        ("stamped_scan", "page 1 is a scanned picture without text; export"),
    ],
)
def test_scanned_pages_are_refused_by_name(name: str, says: str) -> None:
    reason = reason_of(read_pdf, SAMPLES / f"{name}.pdf")
    assert reason.startswith(says)
    assert ".[ocr]" in reason


def test_letters_drawn_as_shapes_are_a_picture(tmp_path: Path) -> None:
    shapes = "".join(f"{10 + n} 700 m {12 + n} 710 l S\n" for n in range(200))
    assert "scanned picture" in reason_of(read_pdf, saved(tmp_path, drawn(shapes)))


def test_text_over_a_picture_is_read_with_a_warning(tmp_path: Path) -> None:
    words = " ".join(["Adjusted L4 and L5 in side posture."] * 3)
    picture = "q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q"
    text = "".join(f"BT /F 10 Tf 60 {700 - 14 * n} Td ({words}) Tj ET\n" for n in range(3))
    with pytest.warns(SourceWarning, match="text lies over or beside a picture on page 1, perhaps"):
        assert "Adjusted L4" in text_of(read_pdf, saved(tmp_path, drawn(f"{picture}\n{text}")))


GOOD = (SAMPLES / "findings_table.pdf").read_bytes()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b"%PDF-", "broken or cut off"),
        (b"%PDF-1.7\n%%EOF", "broken or cut off"),
        (GOOD[: len(GOOD) // 2], "broken or cut off"),
        (GOOD[:-40], "broken or cut off"),
        (GOOD + b"\n9 0 obj\n<</Length 99>>\nstream\n", "broken or cut off"),
        ((SAMPLES / "findings_table.docx").read_bytes(), "no PDF document but seems to be a ZIP archive"),
        (b"S: low back pain", "this is no PDF document"),
        ((SAMPLES / "password.pdf").read_bytes(), "asks for a password; save it without one first"),
        (drawn(""), "no text in the document"),
        (drawn("BT /F 10 Tf 60 700 Td (L4) Tj ET", pages=201), "has 201 pages, more than 200"),
        (drawn("BT /F 1 Tf 60 700 Td " + f"({'L4 ' * 30_000}) Tj " * 9 + "ET"), "more than 200,000 characters"),
        (pdf_of("<</Type/Catalog /Pages 2 0 R>>", "<</Type/Pages /Count 0 /Kids[]>>"), "broken or cut off"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    assert says in reason_of(read_pdf, saved(tmp_path, data))


def test_bytes_behind_the_end_do_no_harm(tmp_path: Path) -> None:
    assert text_of(read_pdf, saved(tmp_path, GOOD + b"\r\n\0\0\x1a")) == original("findings_table")


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    path = saved(tmp_path, GOOD)
    with path.open("r+b") as stream:
        stream.truncate(limits.MAX_DOCUMENT_BYTES + 1)
    assert "larger than 50 MB" in reason_of(read_pdf, path)


def test_a_document_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(UnreadableError, match="longer than 0 seconds"):
        pdf_text(GOOD, seconds=0)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    assert 'pip install ".[documents]"' in reason_of(read_pdf, SAMPLES / "form.pdf")


@pytest.mark.parametrize(
    ("text", "share"),
    [("L4 tender, 6/10.", 0.0), ("\ue001\ue002\ue003 \ufffd", 1.0), ("ab\ue001\ue002", 0.5), ("", 0.0)],
)
def test_letters_of_a_font_without_names_are_implausible(text: str, share: float) -> None:
    assert implausible_share(text) == share


def placed(*lines: tuple[str, float, float]) -> list[PlacedLine]:
    """Lines of (text, left, right), twelve points apart."""
    return [PlacedLine(text, left, right, 700 - 12 * place, 10) for place, (text, left, right) in enumerate(lines)]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ([("pain of the low", 60, 500), ("back since May.", 60, 140)], ["pain of the low back since May."]),
        ([("tender at L4 and", 60, 480), ("L5 on the left.", 60, 140)], ["tender at L4 and L5 on the left."]),
        ([("Adjusted C5, T4,", 60, 490), ("L5 in side posture.", 60, 150)], ["Adjusted C5, T4, L5 in side posture."]),
        ([("- pain of the low", 60, 500), ("back.", 70, 90)], ["- pain of the low back."]),
        ([("restricted at L4-", 60, 500), ("L5 today.", 60, 140)], ["restricted at L4-L5 today."]),
        (
            [("extension is 15", 60, 500), ("degrees.", 60, 100), ("Tone is", 60, 99)],
            ["extension is 15 degrees.", "Tone is"],
        ),
    ],
)
def test_lines_broken_inside_a_sentence_are_joined(lines: list[tuple[str, float, float]], joined: list[str]) -> None:
    assert unwrapped(placed(*lines)) == joined


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([("low back pain is", 60, 500), ("O: L4 tender", 60, 140)], id="heading"),
        pytest.param([("low back pain is", 60, 500), ("plan of care: weekly", 60, 160)], id="heading in small letters"),
        pytest.param([("low back pain is", 60, 500), ("o - tender", 60, 140)], id="letter and dash"),
        pytest.param([("adjusted with", 60, 500), ("- side posture", 60, 140)], id="item"),
        pytest.param([("adjusted with", 60, 500), ("2. side posture", 60, 140)], id="numbered item"),
        pytest.param([("adjusted with", 60, 500), ("[ ] side posture", 60, 140)], id="box"),
        pytest.param([("L4 | tender and", 60, 500), ("restricted", 60, 140)], id="row"),
        pytest.param([("tender and", 60, 500), ("l4 | restricted", 60, 140)], id="before a row"),
        pytest.param([("tender at L4,", 60, 300), ("restricted.", 60, 140), ("x" * 80, 60, 540)], id="half a line"),
        pytest.param([("tender at L4", 60, 460), ("restricted.", 60, 120), ("x" * 80, 60, 560)], id="had room"),
        pytest.param(
            [("tender at L4", 60, 320), ("hypertonic/hypomobile/fixated", 60, 220), ("X" * 80, 60, 540)], id="short"
        ),
        pytest.param([("He is improving.", 60, 500), ("he goes on.", 60, 140)], id="sentence ended"),
        pytest.param([("tender at L4", 60, 500), ("Adjusted L4", 60, 140)], id="capital"),
        pytest.param([("tender at L4", 60, 500), ("adjusted L4", 200, 300)], id="other column"),
    ],
)
def test_lines_of_their_own_are_left_alone(lines: list[tuple[str, float, float]]) -> None:
    assert unwrapped(placed(*lines)) == [text for text, _, _ in lines]


@pytest.mark.parametrize(("middle", "height"), [(670.0, 10.0), (688.0, 14.0), (712.0, 10.0)])
def test_lines_of_other_paragraphs_are_left_alone(middle: float, height: float) -> None:
    lines = [PlacedLine("pain of the low", 60, 500, 700, 10), PlacedLine("back", 60, 90, middle, height)]
    assert unwrapped(lines) == ["pain of the low", "back"]


def characters(*words: tuple[str, float, float]) -> list[Character]:
    """Words of (text, left, middle) as characters five points wide and ten high."""
    found = []
    for text, left, middle in words:
        found += [Character(c, left + 5 * n, left + 5 * n + 5, middle - 5, middle + 5) for n, c in enumerate(text)]
        found.append(BREAK)
    return found


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ([("L4", 60, 700), ("tender", 100, 700)], ["L4 | tender"]),
        ([("L4", 60, 700), ("tender", 74, 701)], ["L4 tender"]),
        ([("1", 60, 700), ("st", 65, 703)], ["1st"]),
        ([("Plan:", 60, 700), ("adjusted", 200, 700)], ["Plan: adjusted"]),
        (
            [("left", 60, 700), ("left", 60, 688), ("right", 300, 700), ("right", 300, 688)],
            ["left", "left", "right", "right"],
        ),
        ([("S:", 60, 700), ("O:", 60, 680), ("pain", 90, 700), ("tender", 90, 680)], ["S: pain", "O: tender"]),
        ([(str(n), 60, 600 + 20 * n) for n in range(8)], [str(n) for n in reversed(range(8))]),
    ],
)
def test_the_order_of_reading(words: list[tuple[str, float, float]], lines: list[str]) -> None:
    assert [line.text for line in lines_of(characters(*words))] == lines


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=600))
@example(data=b"%PDF-1.4\n%%EOF")
def test_any_bytes(data: bytes) -> None:
    check_any(read_pdf, ".pdf", data)
    check_any(read_pdf, ".pdf", b"%PDF-1.4\n" + data + b"\n%%EOF")


@settings(max_examples=250, deadline=None)
@given(place=st.integers(0, len(GOOD) - 1), bytes_=st.binary(min_size=1, max_size=12), cut=st.integers(0, 40))
def test_a_damaged_file(place: int, bytes_: bytes, cut: int) -> None:
    check_any(read_pdf, ".pdf", GOOD[:place] + bytes_ + GOOD[place + cut :])


@settings(max_examples=150, deadline=None)
@given(content=st.text(st.sampled_from("BTETfqQcm()<>[]/F 0123456789.-TdTjTJ'\"\\\n"), max_size=200))
def test_any_drawing(content: str) -> None:
    check_any(read_pdf, ".pdf", drawn(f"BT /F 10 Tf 60 700 Td (qqzebulonqq hurts) Tj ET {content}"))


def test_pages_are_bounded() -> None:
    assert pdf_pages.MAX_PAGES == 200
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert pdf_text(drawn("BT /F 10 Tf 60 700 Td (Adjusted L4) Tj ET", pages=200))[0].count("Adjusted L4") == 200
