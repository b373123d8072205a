"""Bare notes: one file, or standard input, is one note."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from auditor.records import Encounter
from auditor.sources.decoding import encoding_of, read_text, too_long
from auditor.sources.guard import guarded, why
from auditor.sources.records import MAX_NOTE_BYTES, Item, UnreadableError, printable, reject

STDIN = "standard input"
HEAD = 2_000
"""Characters that are looked at to tell a note from markup."""


@guarded
def read_note(path: Path, name: str) -> Iterator[Item]:
    """Read a bare note (.txt, .md) as one encounter with the id ``name``."""
    with path.open("rb") as stream:
        if path.stat().st_size > MAX_NOTE_BYTES:
            encoding_of(stream.peek())
            raise UnreadableError(too_long())
        text = read_text(stream)
    _refuse_other_kinds(text)
    yield Encounter(id=printable(name), text=text)


def _refuse_other_kinds(text: str) -> None:
    """Refuse markup and messages under the name of a bare note: their marks would be read as the note's words."""
    head = text[:HEAD].lstrip("\ufeff\x0b \t\r\n").lower()
    kinds = ((("<!doctype html", "<html"), ".html"), (("<?xml", "<clinicaldocument"), ".xml"), (("msh|",), ".hl7"))
    suffix = next((suffix for beginnings, suffix in kinds if head.startswith(beginnings)), "")
    if head.startswith(("{", "[")) and '"resourcetype"' in head:
        suffix = ".json"
    if suffix:
        raise UnreadableError(f"this seems to be no bare note but a file of another kind; name it {suffix}")


def read_stream(stream: BinaryIO, name: str = "stdin") -> Iterator[Item]:
    """Read standard input as one bare note with the id ``name``."""
    try:
        text = read_text(stream)
        _refuse_other_kinds(text)
        yield Encounter(id=name, text=text)
    except (OSError, UnreadableError) as fault:
        yield reject(STDIN, None, why(fault) if isinstance(fault, OSError) else str(fault))
