"""Pages of a PDF: opening it, and telling a page of text from a scanned picture."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from threading import RLock
from typing import Any, Literal

from auditor.sources.documents.limits import broken, not_installed, wrong_kind
from auditor.sources.documents.pdf_fields import Mark, fields_of
from auditor.sources.records import UnreadableError

Kind = Literal["text", "scanned", "overlaid"]
MAX_PAGES = 200
"""Most pages of one file: a year's chart of one patient; more is a batch, to be split by visit."""
FEW_CHARACTERS = 20
"""A page with fewer letters and digits than this has no text of its own (``Page 3 of 3`` has seven)."""
STAMP_CHARACTERS = 150
"""A page that is mostly one picture, with fewer than this, is a scanned page with a stamp of the fax or the scanner."""
_PICTURE_SHARE = 0.15
_MOST_OF_THE_PAGE = 0.5
_MANY_DRAWINGS = 50
"""So many lines and curves on a page without text are letters drawn as shapes."""
_MOST_OBJECTS = 50_000
_HEAD = 1024
_XFA = "this PDF document is an XFA form, which holds no pages; print it to a new PDF first"
_LOCK = RLock()
"""PDFium may be used by one thread at a time."""


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The pypdfium2 document that the bytes hold, with its form fields; closed afterwards.

    Raises:
        UnreadableError: it is no PDF, asks for a password, is broken, or has too many pages.
    """
    try:
        from pypdfium2 import PdfDocument, PdfiumError, raw
    except ImportError:
        raise not_installed("documents") from None
    if b"%PDF-" not in data[:_HEAD]:
        raise wrong_kind(data, "PDF document")
    end = data.rfind(b"%%EOF")
    if end < 0 or b" obj" in data[end:]:
        # PDFium mends a file whose last change is cut off, without a word, and gives the note as it was before.
        raise broken("PDF document")
    with _LOCK:
        try:
            document = PdfDocument(data)
        except PdfiumError as fault:
            raise _not_opened(str(fault), data) from None
        try:
            if not 0 < len(document) <= MAX_PAGES:
                raise _wrong_count(len(document))
            if document.get_formtype() == raw.FORMTYPE_XFA_FULL:
                raise UnreadableError(
                    "this PDF document is an XFA form, which holds no pages; print it to a new PDF first"
                )
            document.init_forms()
            yield document
        except PdfiumError:
            raise broken("PDF document") from None
        finally:
            document.close()


def _not_opened(fault: str, data: bytes) -> UnreadableError:
    # PDFium may name the fault of the file before, so the file itself must say that it is encrypted.
    if b"/Encrypt" in data and ("password" in fault.lower() or "security" in fault.lower()):
        return UnreadableError("this PDF document asks for a password; save it without one first")
    return broken("PDF document")


def _wrong_count(pages: int) -> UnreadableError:
    if not pages:
        return broken("PDF document")
    return UnreadableError(f"the document has {pages} pages, more than {MAX_PAGES}; split it into one file a visit")


@contextmanager
def page_of(
    document: Any,  # noqa: ANN401 - a PdfDocument
    place: int,
    survives: Callable[[], None],
) -> Iterator[tuple[Any, bool, list[Mark]]]:
    """One page, whether something was filled in or typed over it (now part of it), its boxes; closed afterwards.

    ``survives`` is asked before fields are drawn, and raises where PDFium would not outlive that.
    """
    from pypdfium2 import raw

    page = document[place]
    filled, marks = fields_of(document, page)
    if filled:
        survives()
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        page.close()
        page = document[place]
    try:
        yield page, filled, marks
    finally:
        page.close()


def draw_fields(data: bytes) -> None:
    """Draw the fields of a document into its pages, and read it no further; damaged ones may end the process."""
    with opened(data) as document:
        for place in range(len(document)):
            with page_of(document, place, lambda: None) as (page, _, _):
                page.get_textpage().close()


def kind_of(page: Any, text: str) -> Kind:  # noqa: ANN401 - pypdfium2's PdfPage
    """Whether the page is text, a scanned picture, or text over or beside a picture that may say more.

    A scanned page holds a picture or drawn shapes, and no text to speak of.
    """
    letters = sum(map(str.isalnum, text))
    share, drawings = _pictures(page)
    if letters < FEW_CHARACTERS:
        return "scanned" if share > _PICTURE_SHARE or drawings > _MANY_DRAWINGS else "text"
    if share <= _PICTURE_SHARE:
        return "text"
    return "scanned" if share > _MOST_OF_THE_PAGE and letters < STAMP_CHARACTERS else "overlaid"


def _pictures(page: Any) -> tuple[float, int]:  # noqa: ANN401
    """Share of the page that pictures take, and the number of lines and curves."""
    from pypdfium2 import raw

    width, height = page.get_size()
    kinds = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING)
    share, drawings = 0.0, 0
    for one in islice(page.get_objects(filter=kinds), _MOST_OBJECTS):
        if one.type != raw.FPDF_PAGEOBJ_IMAGE:
            drawings += 1
            continue
        left, bottom, right, top = one.get_bounds()
        share += abs((right - left) * (top - bottom)) / max(width * height, 1.0)
    return share, drawings
