"""Bounds that every reader of documents keeps: size of the file, length of the text, time."""

from pathlib import Path
from time import monotonic

from auditor.sources.decoding import MAGIC
from auditor.sources.records import MAX_CHARACTERS, UnreadableError

MAX_DOCUMENT_BYTES = 50_000_000
"""Largest document of pages or of pictures (PDF, DOCX)."""
MAX_MARKUP_BYTES = 10_000_000
"""Largest document of markup (RTF, HTML): the longest note, fifty bytes a character."""
MAX_SECONDS = 30.0
"""Longest time for one document; a note of ten pages takes less than one second."""


class Deadline:
    """The time by which one document must be read; asked between its pages or blocks."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = monotonic() + seconds

    def check(self) -> None:
        """Go on while there is time.

        Raises:
            UnreadableError: the time is over.
        """
        if monotonic() > self._end:
            raise UnreadableError(
                f"reading it took longer than {self._seconds:g} seconds; export the note as plain text (.txt)"
            )


class Length:
    """Characters read so far, so that no reader gathers more than one note may have."""

    def __init__(self) -> None:
        self._characters = 0

    def add(self, characters: int) -> None:
        """Count so many characters more.

        Raises:
            UnreadableError: it is more than one note may have, four times over (blanks and marks are counted here).
        """
        self._characters += characters
        if self._characters > 4 * MAX_CHARACTERS:
            raise UnreadableError(too_long())


def too_long() -> str:
    """What is said of a document with too much text."""
    return f"the document has more than {MAX_CHARACTERS:,} characters of text; split it into one file for each visit"


def document_bytes(path: Path, most: int) -> bytes:
    """The bytes of a document, in bounded memory.

    Raises:
        OSError: it cannot be read.
        UnreadableError: it is larger than ``most`` bytes, or empty.
    """
    with path.open("rb") as stream:
        if path.stat().st_size > most:
            raise UnreadableError(_too_large(most))
        data = stream.read(most + 1)
    if len(data) > most:
        raise UnreadableError(_too_large(most))
    if not data:
        raise UnreadableError("the file is empty; export the note again")
    return data


def _too_large(most: int) -> str:
    return f"the file is larger than {most // 1_000_000} MB; split it, or export it as plain text (.txt)"


def wrong_kind(data: bytes, wanted: str) -> UnreadableError:
    """What is said of a file that is not what its name says. ``wanted`` is such as ``PDF document``."""
    kind = next((kind for magic, kind in MAGIC if data.startswith(magic)), None)
    if kind is None:
        return UnreadableError(f"this is no {wanted}, or only a part of one; export the note again")
    return UnreadableError(f"this is no {wanted} but seems to be {kind}; give it the suffix of what it is")


def broken(wanted: str) -> UnreadableError:
    """What is said of a document whose inside cannot be read."""
    return UnreadableError(
        f"this {wanted} is broken or cut off; open and save it again, or export it as plain text (.txt)"
    )


def not_installed(extra: str) -> UnreadableError:
    """What is said where the library of an optional extra is missing."""
    return UnreadableError(
        f'the reader for it is not installed; in the folder of the project: python -m pip install ".[{extra}]"'
    )
