"""PDF documents: the text of all pages, or a refusal that names the scanned ones."""

import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from auditor.records import Encounter
from auditor.sources.documents.limits import MAX_DOCUMENT_BYTES, MAX_SECONDS, Deadline, Length, document_bytes
from auditor.sources.documents.note_text import clean, note_of
from auditor.sources.documents.page_repeats import without_repeats
from auditor.sources.documents.pdf_characters import characters_of
from auditor.sources.documents.pdf_fields import Mark
from auditor.sources.documents.pdf_lines import lines_of
from auditor.sources.documents.pdf_pages import Kind, kind_of, opened, page_of
from auditor.sources.documents.pdf_survival import check_survival
from auditor.sources.documents.plausibility import MAX_IMPLAUSIBLE, implausible_share
from auditor.sources.documents.unwrapping import PlacedLine, unwrapped
from auditor.sources.guard import guarded
from auditor.sources.records import Item, SourceWarning, UnreadableError, printable

Recognise = Callable[[Any, int, Deadline], str]
"""Reads a scanned page (pypdfium2's PdfPage, its number from 1) as text."""


@guarded
def read_pdf(path: Path, name: str) -> Iterator[Item]:
    """Read a PDF document (.pdf) as one encounter with the id ``name``; a scanned page makes it a rejection."""
    text, overlaid = pdf_text(document_bytes(path, MAX_DOCUMENT_BYTES))
    if overlaid:
        warnings.warn(f"{printable(str(path))}: {_overlaid(overlaid)}", SourceWarning, stacklevel=2)
    yield Encounter(id=printable(name), text=text)


def pdf_text(data: bytes, recognise: Recognise | None = None, seconds: float = MAX_SECONDS) -> tuple[str, list[int]]:
    """The text of a PDF document, page after page, and the pages whose text lies over a picture.

    Scanned pages go to ``recognise`` where it is given.

    Raises:
        UnreadableError: it is no PDF, asks for a password, is broken, too long, empty, or has a scanned page.
    """
    deadline, length = Deadline(seconds), Length()
    survives = cache(lambda: check_survival(data))
    pages: list[str] = []
    found: dict[Kind, list[int]] = {"text": [], "overlaid": [], "scanned": []}
    with opened(data) as document:
        for place in range(len(document)):
            deadline.check()
            with page_of(document, place, survives) as (page, filled, marks):
                text = _page_text(page, length, marks, filled=filled)
                kind = kind_of(page, text)
                if kind == "scanned":
                    text = recognise(page, place + 1, deadline) if recognise else ""
                _check_letters(text, place + 1)
            found[kind].append(place + 1)
            pages.append(text)
    if found["scanned"] and not recognise:
        raise UnreadableError(_not_text(found["scanned"], len(pages)))
    return note_of("\n".join(filter(None, without_repeats(pages)))), found["overlaid"]


def _page_text(page: Any, length: Length, marks: list[Mark], *, filled: bool) -> str:  # noqa: ANN401 - pypdfium2's PdfPage
    textpage = page.get_textpage()
    try:
        length.add(textpage.count_chars())
        characters, across = characters_of(textpage, marks)
    finally:
        textpage.close()
    placed = [
        PlacedLine(clean(line.text).strip(), line.left, line.right, line.middle, line.height)
        for line in lines_of(characters, fields=filled)
    ]
    lines = unwrapped([line for line in placed if line.text])
    return "\n".join([*lines, across] if across else lines)


def _check_letters(text: str, number: int) -> None:
    if implausible_share(text) > MAX_IMPLAUSIBLE:
        raise UnreadableError(
            f"page {number} has a font that does not say which letters its shapes are; "
            "export the note as plain text (.txt)"
        )


def _overlaid(pages: list[int]) -> str:
    what = "text lies over or beside a picture"
    return f"{what} on {_named(pages)}, perhaps as a scanner understood it; what the picture says is not read; compare"


def _named(pages: list[int]) -> str:
    numbers = ", ".join(map(str, pages[:10])) + (f" and {len(pages) - 10} more" if len(pages) > 10 else "")
    return f"page {numbers}" if len(pages) == 1 else f"pages {numbers}"


def _not_text(scanned: list[int], pages: int) -> str:
    some = "" if len(scanned) == pages else "the rest alone would be half a note; "
    what = "is a scanned picture" if len(scanned) == 1 else "are scanned pictures"
    return (
        f"{_named(scanned)} {what} without text; {some}export the note as text, or read it by the extra ocr "
        '(python -m pip install ".[ocr]") with auditor audit --ocr, and let a human check it'
    )
