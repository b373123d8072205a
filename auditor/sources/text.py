"""Bare notes: one file, or standard input, is one note."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from auditor.records import Encounter
from auditor.sources.decoding import encoding_of, read_text, too_long
from auditor.sources.guard import guarded, why
from auditor.sources.records import MAX_NOTE_BYTES, Item, UnreadableError, printable, reject

STDIN = "standard input"


@guarded
def read_note(path: Path, name: str) -> Iterator[Item]:
    """Read a bare note (.txt, .md) as one encounter with the id ``name``."""
    with path.open("rb") as stream:
        if path.stat().st_size > MAX_NOTE_BYTES:
            encoding_of(stream.peek())
            raise UnreadableError(too_long())
        yield Encounter(id=printable(name), text=read_text(stream))


def read_stream(stream: BinaryIO, name: str = "stdin") -> Iterator[Item]:
    """Read standard input as one bare note with the id ``name``."""
    try:
        yield Encounter(id=name, text=read_text(stream))
    except (OSError, UnreadableError) as fault:
        yield reject(STDIN, None, why(fault) if isinstance(fault, OSError) else str(fault))
