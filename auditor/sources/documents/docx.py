"""Word documents (.docx): headers, paragraphs and tables in their order, footers."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from auditor.records import Encounter
from auditor.sources.documents.docx_archive import KIND, check_archive
from auditor.sources.documents.docx_text import DocxText
from auditor.sources.documents.limits import (
    MAX_DOCUMENT_BYTES,
    MAX_SECONDS,
    Deadline,
    broken,
    document_bytes,
    not_installed,
)
from auditor.sources.documents.note_text import note_of
from auditor.sources.guard import guarded
from auditor.sources.records import Item, UnreadableError, printable

MOST_BASES = 20
"""Styles based on one another."""
_ID = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId"


@guarded
def read_docx(path: Path, name: str) -> Iterator[Item]:
    """Read a Word document (.docx) as one encounter with the id ``name``."""
    yield Encounter(id=printable(name), text=docx_text(document_bytes(path, MAX_DOCUMENT_BYTES)))


def docx_text(data: bytes, seconds: float = MAX_SECONDS) -> str:
    """The text of a Word document.

    Raises:
        UnreadableError: it is no Word document, asks for a password, is broken, too long or empty.
    """
    deadline = Deadline(seconds)
    check_archive(data)
    try:
        from docx import Document
    except ImportError:
        raise not_installed("documents") from None
    try:
        return note_of("\n".join(_lines(Document(io.BytesIO(data)), deadline)))
    except UnreadableError:
        raise
    except Exception:  # noqa: BLE001 - on broken XML python-docx raises whatever it stumbles over
        raise broken(KIND) from None


def _lines(document: Any, deadline: Deadline) -> Iterator[str]:  # noqa: ANN401 - python-docx's Document
    if _has_footnotes(document):
        raise UnreadableError("it has footnotes, which are not read; move them into the text, or save it as .pdf")
    text = DocxText(_listed(document), deadline, _unseen(document))
    for margin in _margins(document, "header"):
        yield from text.lines(margin)
    yield from text.lines(document.element.body)
    for margin in _margins(document, "footer"):
        yield from text.lines(margin)


def _margins(document: Any, kind: str) -> list[Any]:  # noqa: ANN401
    """The headers or footers that are shown on some page, each once, as lxml elements."""
    found: list[Any] = []
    for section in document.sections:
        shown = [getattr(section, kind)]
        if section.different_first_page_header_footer:
            shown.insert(0, getattr(section, f"first_page_{kind}"))
        if document.settings.odd_and_even_pages_header_footer:
            shown.append(getattr(section, f"even_page_{kind}"))
        parts = [margin.part.element for margin in shown if not margin.is_linked_to_previous]
        found += [part for part in parts if part not in found]
    return found


def _has_footnotes(document: Any) -> bool:  # noqa: ANN401
    """Whether the text points to a footnote or endnote."""
    return bool(document.element.body.xpath("(//w:footnoteReference | //w:endnoteReference)[1]"))


def _unseen(document: Any) -> frozenset[str]:  # noqa: ANN401
    """Ids of the styles that hide or strike their text, and of those based on one of them."""
    styles = document.styles.element
    marks = "w:rPr/w:vanish or w:rPr/w:strike or w:rPr/w:dstrike"
    off = "w:rPr/w:*[self::w:vanish or self::w:strike or self::w:dstrike][@w:val='0' or @w:val='false']"
    found = set(map(str, styles.xpath(f"w:style[({marks}) and not({off})]/@w:styleId")))
    based = [(str(one.get(_ID)), str(one.xpath("string(w:basedOn/@w:val)"))) for one in styles.xpath("w:style")]
    for _ in range(MOST_BASES):
        more = {name for name, base in based if base in found}
        if more <= found:
            break
        found |= more
    return frozenset(found)


def _listed(document: Any) -> frozenset[str]:  # noqa: ANN401
    """Ids of the paragraph styles that carry numbers or bullets of their own."""
    styles = document.styles.element
    names = styles.xpath("w:style[w:pPr/w:numPr]/@w:styleId")
    return frozenset(map(str, names))
