"""What a reader yields: an encounter, or a record that was rejected with one sentence that says why."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from auditor.records import Encounter

MAX_CHARACTERS = 200_000
"""Longest note that is read, in characters; a year's paper chart of one patient has about a tenth of that."""
MAX_NOTE_BYTES = 4 * MAX_CHARACTERS
"""Largest file of one bare note: a character takes at most four bytes in UTF-8 and UTF-16."""
MAX_RECORD_CHARACTERS = 32_000_000
"""Longest line of JSON Lines, and largest JSON file: one note in escapes (six characters each) and a claim."""


class SourceWarning(UserWarning):
    """Something about the input that the user should know; the record was read all the same."""


class UnreadableError(ValueError):
    """A whole source that cannot be read; the message says why and the way out, and never quotes the note."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that could not be read.

    Attributes:
        source: The file it stands in, or ``standard input``.
        line: Its first line in that file, counted from 1; None where the whole file is meant.
        reason: One sentence naming file, line or field and the way out; never the note's text.
        record_id: Its id, where one could be read.
    """

    source: str
    line: int | None
    reason: str
    record_id: str | None = None


Item = Encounter | Rejected
Reader = Callable[[Path, str], Iterator[Item]]
"""Reads the file given; the name given stands in for ids that are missing."""


def reject(source: str, line: int | None, what: str, record_id: str | None = None) -> Rejected:
    """Reject a record for the fault ``what``, a sentence without its full stop; the place is put before it."""
    source = printable(source)
    place = source if line is None else f"{source}, line {line}"
    return Rejected(source, line, f"{place}: {what}.", record_id)


def printable(name: str) -> str:
    """A file's name as text that can be shown anywhere: what is no printable character becomes a question mark."""
    return "".join(character if character.isprintable() else "?" for character in name)
