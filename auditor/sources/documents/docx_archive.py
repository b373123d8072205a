"""The ZIP archive of a DOCX document, looked at before anything in it is parsed: bombs and entities are refused."""

import io
import zlib
from zipfile import BadZipFile, ZipFile, ZipInfo

from auditor.sources.documents.limits import broken, wrong_kind
from auditor.sources.records import UnreadableError

MAX_ENTRIES = 2_000
"""Most files in the archive; a long chart with pictures has some hundred."""
MAX_UNPACKED = 200_000_000
"""Most bytes of all files unpacked."""
MAX_PART = 20_000_000
"""Most bytes of one XML part unpacked: the longest note, a hundred bytes a character."""
KIND = "Word document (.docx)"
_BODY = "word/document.xml"
_PACKED = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_XML = (".xml", ".rels")
_ENCRYPTED = 0x1


def check_archive(data: bytes) -> None:
    """Look at the archive that is a DOCX document.

    Raises:
        UnreadableError: it is no such archive, asks for a password, unpacks to too much, or holds a document type, the
            place where XML declares entities (ECMA-376 part 2, 6.2.5 forbids it).
    """
    if data.startswith(_OLD_OFFICE):
        raise UnreadableError(
            "this is an old Word document (.doc) or asks for a password; save it as .docx without a password first"
        )
    if not data.startswith(_PACKED):
        raise wrong_kind(data, KIND)
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive.infolist())
            for entry in archive.infolist():
                if entry.filename.lower().endswith(_XML):
                    _check_part(archive.read(entry))
    except UnreadableError:
        raise
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise broken(KIND) from None


def _check_entries(entries: list[ZipInfo]) -> None:
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise UnreadableError("this Word document asks for a password; save it without one first")
    if len(entries) > MAX_ENTRIES:
        raise UnreadableError(f"the document has more than {MAX_ENTRIES:,} parts; export it as plain text (.txt)")
    too_large = any(entry.file_size > MAX_PART for entry in entries if entry.filename.lower().endswith(_XML))
    if too_large or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UnreadableError("the document unpacks to far more than a note; export it as plain text (.txt)")
    if _BODY not in {entry.filename for entry in entries}:
        raise UnreadableError(f"this ZIP archive is no {KIND}, or keeps its text in an unusual place; save it again")


def _check_part(part: bytes) -> None:
    if b"<!DOCTYPE" in part.replace(b"\0", b""):
        raise UnreadableError("the document declares a document type, as no Word document does; save it again in Word")
