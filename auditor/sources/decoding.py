"""Bytes to text: UTF-8, UTF-16 and UTF-32 by their byte order mark, and what is left over as Windows-1252."""

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from auditor.sources.records import MAX_CHARACTERS, MAX_NOTE_BYTES, MAX_RECORD_CHARACTERS, UnreadableError

LENIENT = "auditor.windows1252"
"""Name of the error handler that reads each byte that is no UTF-8 as Windows-1252, then Latin-1."""
HEAD = 65_536
"""How many bytes are looked at to tell text from something else."""
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document such as .docx or .xlsx"),
    (b"\xd0\xcf\x11\xe0", "an old Office document such as .doc or .xls"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet table"),
)
FEW_NULS = 8
"""So many NUL characters are taken for dirt in a text, however short it is."""
NUL_SHARE = 0.002
"""A larger share of NUL bytes than this makes it binary."""
_LINE_ENDS = ("\n", "\r")
_SURROGATE = re.compile("[\ud800-\udfff]")


def _byte_of_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(_one_byte(bytes([byte])) for byte in bad), error.end


def _one_byte(byte: bytes) -> str:
    try:
        return byte.decode("cp1252")
    except UnicodeDecodeError:
        return byte.decode("latin-1")


codecs.register_error(LENIENT, _byte_of_windows)


def encoding_of(head: bytes) -> tuple[str, str]:
    """Encoding and error handler for a file that begins so.

    Raises:
        UnreadableError: it is no text.
    """
    if kind := next((kind for magic, kind in MAGIC if head.startswith(magic)), None):
        raise UnreadableError(f"this seems to be {kind}, not text; {_way_out(kind)}")
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding, "replace"
    nuls = head.count(0)
    if nuls > FEW_NULS and nuls > NUL_SHARE * len(head):
        raise UnreadableError(
            "this seems to be a binary file, not text; save or export the note as UTF-8 text (.txt) first"
        )
    return "utf-8-sig", LENIENT


def _way_out(kind: str) -> str:
    """A document that another reader reads needs only its own suffix."""
    suffix = {"a PDF document": ".pdf", "an RTF document": ".rtf"}.get(kind)
    return f"name it {suffix}" if suffix else "save or export the note as plain text (.txt) first"


def writable(text: str) -> str:
    """The text with each NUL as a blank and each lone surrogate as U+FFFD: nothing moves, so offsets stay true."""
    return _SURROGATE.sub("\ufffd", text.replace("\0", " "))


def open_text(path: Path, *, newline: str | None) -> io.TextIOWrapper:
    """Open a file of records as text. ``newline`` is that of ``open()``.

    Raises:
        OSError: it cannot be opened.
        UnreadableError: it is no text.
    """
    binary = path.open("rb")
    try:
        encoding, errors = encoding_of(binary.peek(HEAD)[:HEAD])
    except BaseException:
        binary.close()
        raise
    return io.TextIOWrapper(binary, encoding=encoding, errors=errors, newline=newline)


def numbered_lines(stream: TextIO) -> Iterator[tuple[int, str | None]]:
    """Lines numbered from 1, in bounded memory; None in place of one that is too long."""
    number = 0
    while line := stream.readline(MAX_RECORD_CHARACTERS):
        number += 1
        if line.endswith(_LINE_ENDS) or len(line) < MAX_RECORD_CHARACTERS:
            yield number, line
            continue
        while line and not line.endswith(_LINE_ENDS):
            line = stream.readline(MAX_RECORD_CHARACTERS)
        yield number, None


def read_text(stream: BinaryIO) -> str:
    """Read one whole note, in bounded memory; line ends stay as they are.

    Raises:
        OSError: it cannot be read.
        UnreadableError: it is no text, too long, or empty.
    """
    data = stream.read(MAX_NOTE_BYTES + 1)
    encoding, errors = encoding_of(data[:HEAD])
    if len(data) > MAX_NOTE_BYTES:
        raise UnreadableError(too_long())
    text = data.decode(encoding, errors)
    if len(text) > MAX_CHARACTERS:
        raise UnreadableError(too_long())
    if not any(character.isalnum() for character in text):
        raise UnreadableError("the note is empty; give a file that holds the note's text")
    return writable(text)


def too_long() -> str:
    """What is said of a note above the limit."""
    return f"the note is longer than {MAX_CHARACTERS:,} characters; split it into one file for each visit"
