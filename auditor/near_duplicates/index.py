"""Notes seen so far, and which of them a note repeats that is another patient's of the same provider."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from auditor.near_duplicates.hashed_notes import UNDATED, HashedNote, SeenNote, hashed
from auditor.near_duplicates.opening import open_index, said, salt_of, transaction
from auditor.near_duplicates.packed_words import NEARLY, NUMBERS, repeats, shares, unpack

if TYPE_CHECKING:
    from auditor.near_duplicates.packed_words import Words

AT_ONCE = 5_000
"""Notes of one transaction: the more at once, the fewer pages are written for each."""
NEWEST = 20
"""Notes of a bucket that are looked at: a template's bucket may hold thousands."""
WAIT = 30.0
_LAST_DAY = date.max.toordinal()
_BUCKET = f"""SELECT note FROM bands WHERE key = ? AND day <= ? AND patient <> ?
ORDER BY day DESC, note DESC LIMIT {NEWEST}"""
_NOTES = """SELECT encounter_id, day, words FROM notes
WHERE id IN (SELECT value FROM json_each(?)) AND provider = ?"""
"""All candidates by one statement: one each takes twice the time."""


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier note that a note repeats; ``share`` of their words is not in common, 0 to 0.06."""

    encounter_id: str
    date_of_service: date | None
    share: float


class SeenNotes:
    """An index of notes over one SQLite file, or in memory; many processes may use one file, each opens it itself.

    The file holds, for each note, its encounter id and date as they are, provider and patient as hashes with a random
    salt of the file, and hashes of the words of what must change, and of its numbers, sorted. It names nobody, but who
    has the file and a list of names can try them all: keep it where the notes are kept, and give encounter ids that are
    no names.

    Kept are notes with provider, patient and at least 18 words of what must change; ``len()`` counts them.
    """

    def __init__(self, path: Path | None = None, *, wait: float = WAIT) -> None:
        """Open an index, and make it where there is none.

        Args:
            path: the file; None keeps all in memory.
            wait: seconds to wait while another process writes.

        Raises:
            SeenNotesError: the file is no such index, is of another version, is locked or cannot be opened.
        """
        self._path = path
        self._latest: tuple[SeenNote, list[HashedNote]] | None = None
        self._connection = open_index(path, wait)
        with said(path):
            self._salt = salt_of(self._connection)

    def add(self, note: SeenNote) -> None:
        """Keep a note; many are kept much faster by :meth:`add_many`.

        Raises:
            SeenNotesError: the index is locked or damaged, or may not be written to.
        """
        found = self._hashed(note)
        with said(self._path), transaction(self._connection):
            _write(self._connection, found)

    def add_many(self, notes: Iterable[SeenNote]) -> None:
        """Keep notes, 5,000 in a transaction; those before stay where a later transaction fails.

        A note of the same encounter id, provider, patient and print as one that is kept is not kept again.

        Raises:
            SeenNotesError: the index is locked or damaged, or may not be written to.
        """
        remaining = iter(notes)
        while batch := list(islice(remaining, AT_ONCE)):
            found = hashed(batch, self._salt)
            with said(self._path), transaction(self._connection):
                _write(self._connection, found)

    def like(self, note: SeenNote) -> tuple[Match, ...]:
        """Notes of the same provider and another patient that this one repeats, best first, then newest.

        Looked at are notes of the same day or before and those without date; all, for a note without date. Their
        words are compared one by one, so no match is wrong. Some may be missed: a note that shares 0.9 of its pairs of
        words is found with the chance 0.999, at 0.8 with 0.89. Of each bucket (one of the 12 keys, or all words) only
        the 20 newest of other patients are looked at, 260 at most, so that a template of thousands of notes stays
        cheap. A note with exactly the same words is found, unless 20 newer ones are.

        Raises:
            SeenNotesError: the index is locked or damaged.
        """
        found = self._hashed(note)
        with said(self._path):
            return tuple(match for one in found for match in _confirmed(self._connection, one))

    def _hashed(self, note: SeenNote) -> list[HashedNote]:
        """The note's hashes; those of the latest are at hand, for a note is mostly looked for and then kept."""
        if self._latest is None or self._latest[0] is not note:
            self._latest = note, hashed((note,), self._salt)
        return self._latest[1]

    def __len__(self) -> int:
        """How many notes are kept; none is ever taken out."""
        with said(self._path):
            return _last_id(self._connection)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        """The index itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()


def _write(connection: sqlite3.Connection, notes: Iterable[HashedNote]) -> None:
    new = {note.identity: note for note in notes if not _is_kept(connection, note)}
    numbered = list(enumerate(new.values(), _last_id(connection) + 1))
    connection.executemany(
        "INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?)",
        ((at, one.identity, one.provider, _as_bytes(one.encounter_id), one.day, one.words) for at, one in numbered),
    )
    rows = ((bucket, one.day, at, one.patient) for at, one in numbered for bucket in one.buckets)
    # In order of their keys, neighbours are written to one page while it is at hand.
    connection.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?, ?, ?)", sorted(rows))


def _is_kept(connection: sqlite3.Connection, note: HashedNote) -> bool:
    return connection.execute("SELECT 1 FROM notes WHERE identity = ?", (note.identity,)).fetchone() is not None


def _last_id(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM notes").fetchone()[0])


def _confirmed(connection: sqlite3.Connection, note: HashedNote) -> list[Match]:
    latest = note.day if note.day != UNDATED else _LAST_DAY
    ids = {row[0] for key in note.buckets for row in connection.execute(_BUCKET, (key, latest, note.patient))}
    rows = connection.execute(_NOTES, (json.dumps(sorted(ids)), note.provider)).fetchall()
    mine, others = unpack(note.words), [unpack(words) for *_, words in rows]
    found = zip(shares(_words(mine), [_words(other) for other in others]), rows, others, strict=True)
    alike = (
        (share, -day, _as_text(name))
        for share, (name, day, _), other in found
        if share <= NEARLY and repeats(mine, other)
    )
    return [Match(name, date.fromordinal(-day) if day else None, share) for share, day, name in sorted(alike)]


def _words(packed: "Words") -> "Words":
    """What is packed, without the numbers."""
    return packed[packed < NUMBERS]


def _as_bytes(name: str) -> bytes:
    """An encounter id as it is kept: SQLite refuses texts that are no valid Unicode."""
    return name.encode("utf-8", "surrogatepass")


def _as_text(kept: bytes) -> str:
    return kept.decode("utf-8", "surrogatepass")
