"""RTF documents (.rtf): paragraphs, items of lists, rows of tables; headers before the text, footers behind it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from auditor.records import Encounter
from auditor.sources.documents.limits import (
    MAX_DOCUMENT_BYTES,
    MAX_SECONDS,
    Deadline,
    broken,
    document_bytes,
    not_installed,
    wrong_kind,
)
from auditor.sources.documents.note_text import clean, note_of
from auditor.sources.documents.rows import row_lines
from auditor.sources.documents.rtf_groups import CELL_ENDS, ROW_BEGINS, ROW_ENDS, RtfGroups
from auditor.sources.guard import guarded
from auditor.sources.records import Item, UnreadableError, printable

_NOT_READ = re.compile(rb"FORMCHECKBOX|FORMDROPDOWN|SYMBOL\s+\d|\\footnote\b")
_BULLET = re.compile(r"^[ \t]*[·•▪◦§][ \t]+", re.MULTILINE)
_NUMBER = re.compile(r"^[ \t]*(\d{1,3}[.)])\t[ \t]*", re.MULTILINE)


@guarded
def read_rtf(path: Path, name: str) -> Iterator[Item]:
    """Read an RTF document (.rtf) as one encounter with the id ``name``."""
    yield Encounter(id=printable(name), text=rtf_text(document_bytes(path, MAX_DOCUMENT_BYTES)))


def rtf_text(data: bytes, seconds: float = MAX_SECONDS) -> str:
    """The text of an RTF document.

    Raises:
        UnreadableError: it is no RTF document, cut off, nested too deep, too long or empty.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        raise wrong_kind(data, "RTF document")
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError:
        raise not_installed("documents") from None
    convert: Callable[..., str] = rtf_to_text
    if _NOT_READ.search(data):
        raise UnreadableError("it has form fields, symbols or footnotes, lost in RTF; save it as .docx or .pdf")
    deadline = Deadline(seconds)
    visible = RtfGroups(data[data.index(b"{") :].decode("latin-1"), deadline).visible()
    deadline.check()
    try:
        text = convert(visible, errors="replace")
    except Exception:  # noqa: BLE001 - on broken marks striprtf raises whatever it stumbles over
        raise broken("RTF document") from None
    lines = "\n".join(_lines(clean(text)))
    return note_of(_NUMBER.sub(r"\1 ", _BULLET.sub("- ", lines)))


def _lines(text: str) -> Iterator[str]:
    """Lines of the text; what stands between the marks of a row is one row."""
    *rows, rest = text.split(ROW_ENDS)
    for chunk in rows:
        if CELL_ENDS not in chunk:
            yield _unmarked(chunk)
            continue
        before, row = _at_row(chunk)
        yield from filter(None, [before.strip("\n")])
        yield from row_lines([_unmarked(cell).split("\n") for cell in row.split(CELL_ENDS)])
    yield _unmarked(rest)


def _at_row(chunk: str) -> tuple[str, str]:
    """What stands before a row, and the row: it begins at its mark, or else at the line of its first cell's end."""
    first = chunk.index(CELL_ENDS)
    begins = chunk.find(ROW_BEGINS, 0, first)
    if begins < 0:
        begins = chunk.rfind("\n", 0, first)
    return chunk[: max(begins, 0)], chunk[max(begins, 0) :]


def _unmarked(text: str) -> str:
    return text.replace(ROW_BEGINS, "").replace(CELL_ENDS, "\n")
