"""The signature that an exchange format states, as a line under the note; nothing else makes such a line."""

from collections.abc import Iterable
from datetime import date

from auditor.sources.documents.note_text import note_of


def signature_line(name: str, day: date | None) -> str:
    """The line for a signature: "Electronically signed by Jane Roe, DC 2026-03-04"; the day only where it is given."""
    return f"Electronically signed by {name} {day.isoformat()}" if day else f"Electronically signed by {name}"


def signed_text(text: str, signatures: Iterable[str]) -> str:
    """The final text of a note with the lines of its signatures at the end.

    Raises:
        UnreadableError: the note itself is empty, or all of it is too long.
    """
    note = note_of(text)
    return note_of("\n".join([note.removesuffix("\n"), *dict.fromkeys(signatures)]))
