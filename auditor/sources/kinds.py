"""Which reader a file needs: by its suffix, and where that says nothing by how it begins."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from auditor.sources.clinical.ccda import read_ccda
from auditor.sources.clinical.hl7v2 import read_hl7v2
from auditor.sources.columns import Columns
from auditor.sources.csv_file import read_csv
from auditor.sources.documents.docx import read_docx
from auditor.sources.documents.html import read_html
from auditor.sources.documents.pdf import read_pdf
from auditor.sources.documents.rtf import read_rtf
from auditor.sources.json_kinds import read_any_json
from auditor.sources.jsonl import read_lines
from auditor.sources.records import Reader
from auditor.sources.text import read_note

READERS: dict[str, Reader] = {
    ".csv": read_csv,
    ".docx": read_docx,
    ".hl7": read_hl7v2,
    ".htm": read_html,
    ".html": read_html,
    ".json": read_any_json,
    ".jsonl": read_lines,
    ".md": read_note,
    ".pdf": read_pdf,
    ".rtf": read_rtf,
    ".txt": read_note,
    ".xml": read_ccda,
}
"""The reader of each suffix."""
BEGINNINGS = (
    (b"%PDF-", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"MSH|", ".hl7"),
    (b"\x0bMSH|", ".hl7"),
    (b"FHS|", ".hl7"),
    (b"BHS|", ".hl7"),
    (b"<?xml", ".xml"),
    (b"<ClinicalDocument", ".xml"),
    (b"<!doctype html", ".html"),
    (b"<html", ".html"),
)
"""How files begin whose suffix says nothing, and the suffix that would say it."""
HEAD = 512


def reader_of(path: Path, readers: Mapping[str, Reader]) -> Reader:
    """The reader of a file; of one that nothing tells of, the reader of bare notes."""
    suffix = path.suffix.lower()
    return readers.get(suffix) or readers.get(_kind(path)) or read_note


def readers_with(columns: Columns, *, ocr: bool = False) -> dict[str, Reader]:
    """The readers, with the user's headings of CSV columns, and with scanned pages read by OCR where that is wanted."""
    readers: dict[str, Reader] = {**READERS, ".csv": partial(read_csv, given=columns)}
    if ocr:
        from auditor.sources.documents.ocr import read_scanned_pdf

        readers[".pdf"] = read_scanned_pdf
    return readers


def _kind(path: Path) -> str:
    try:
        if not path.is_file():
            return ""  # a pipe can be read only once
        with path.open("rb") as stream:
            head = stream.read(HEAD).removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    except (OSError, ValueError):
        return ""
    return next((suffix for begins, suffix in BEGINNINGS if head[: len(begins)].lower() == begins.lower()), "")
