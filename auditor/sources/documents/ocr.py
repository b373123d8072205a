"""Scanned PDF documents, read by OCR where the user asks for it; what was not read well goes to a human."""

import math
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from auditor.records import Encounter
from auditor.sources.documents.limits import MAX_DOCUMENT_BYTES, Deadline, document_bytes, not_installed
from auditor.sources.documents.note_text import clean
from auditor.sources.documents.ocr_quality import ReadLine, check_quality, unread_ink
from auditor.sources.documents.pdf import pdf_text
from auditor.sources.documents.pdf_lines import Run, in_lines
from auditor.sources.documents.unwrapping import PlacedLine, unwrapped
from auditor.sources.guard import guarded
from auditor.sources.records import Item, SourceWarning, UnreadableError, printable

MAX_SCANNED_PAGES = 20
"""Most scanned pages of one file; each takes some seconds."""
MAX_OCR_SECONDS = 300.0
MAX_PIXELS = 8_000_000
"""Most pixels of one page: letter and A4 at 180 dots an inch have half of that."""
_DOTS_PER_POINT = 180 / 72


@guarded
def read_scanned_pdf(path: Path, name: str) -> Iterator[Item]:
    """Read a PDF document (.pdf) whose scanned pages are read by OCR, as one encounter with the id ``name``.

    Pages of text are read as text. A :class:`SourceWarning` says that a human must compare; a page that was read badly
    makes it a rejection.
    """
    scans: list[int] = []

    def recognise(page: Any, number: int, deadline: Deadline) -> str:  # noqa: ANN401 - pypdfium2's PdfPage
        scans.append(number)
        if len(scans) > MAX_SCANNED_PAGES:
            raise UnreadableError(f"more than {MAX_SCANNED_PAGES} pages are scanned; split it into one file a visit")
        deadline.check()
        return recognised(page, number)

    text, overlaid = pdf_text(document_bytes(path, MAX_DOCUMENT_BYTES), recognise, MAX_OCR_SECONDS)
    if pages := sorted([*scans, *overlaid]):
        numbers = ", ".join(map(str, pages))
        warnings.warn(
            f"{printable(str(path))}: the text of page {numbers} was recognised from a picture; "
            "a human must compare it, above all scores and levels",
            SourceWarning,
            stacklevel=2,
        )
    yield Encounter(id=printable(name), text=text)


def recognised(page: Any, number: int) -> str:  # noqa: ANN401
    """The text of one scanned page; ``page`` is pypdfium2's PdfPage, ``number`` counts from 1.

    Raises:
        UnreadableError: the extra ocr is not installed, or the page was not read well.
    """
    engine = _engine()
    width, height = page.get_size()
    scale = min(_DOTS_PER_POINT, math.sqrt(MAX_PIXELS / max(width * height, 1.0)))
    picture = page.render(scale=scale).to_numpy()
    try:
        found = engine(picture)
    except Exception:  # noqa: BLE001 - on odd pictures OpenCV and ONNX raise whatever they stumble over
        raise UnreadableError(f"page {number} cannot be read by OCR; a human must read it") from None
    lines = [] if found.txts is None else list(map(_line, found.boxes, found.txts, found.scores))
    check_quality(lines, unread_ink(picture, lines), number)
    return "\n".join(unwrapped(_placed(lines, scale)))


def _placed(lines: list[ReadLine], scale: float) -> list[PlacedLine]:
    """The lines in order, in points. All get one height: that of a box depends on which letters stand in it."""
    runs = [Run(one.text, one.left / scale, one.right / scale, -one.bottom / scale, -one.top / scale) for one in lines]
    found = in_lines(runs, sort=True)
    height = median(line.height for line in found) if found else 0.0
    return [PlacedLine(line.text, line.left, line.right, line.middle, height) for line in found]


def _line(box: Any, text: str, score: float) -> ReadLine:  # noqa: ANN401 - four corners as a numpy array
    across, down = [float(corner[0]) for corner in box], [float(corner[1]) for corner in box]
    return ReadLine(clean(text).strip(), float(score), min(across), max(across), min(down), max(down))


@cache
def _engine() -> Any:  # noqa: ANN401 - rapidocr's RapidOCR
    """The recogniser with the models of its own wheel; no line is left out for its low confidence."""
    try:
        import rapidocr
        from rapidocr import RapidOCR
    except ImportError:
        raise not_installed("ocr") from None
    models = Path(rapidocr.__file__).parent / "models"
    if not all(any(models.glob(f"*_{kind}_*.onnx")) for kind in ("det", "rec", "cls")):
        # Without them rapidocr would fetch them from the network.
        raise not_installed("ocr")
    return RapidOCR(params={"Global.log_level": "critical", "Global.text_score": 0.0})
