"""The SQLite file of seen notes: its tables, how it is opened, and what is said where that fails."""

import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

VERSION = 1
_OURS = 0x5EE2_0735
"""Application id in the head of the file: tells it from other SQLite files."""
IN_MEMORY = ":memory:"
_TABLES = (
    "CREATE TABLE salt (value BLOB NOT NULL)",
    """CREATE TABLE notes (id INTEGER PRIMARY KEY, identity INTEGER NOT NULL UNIQUE, provider INTEGER NOT NULL,
    encounter_id BLOB NOT NULL, day INTEGER NOT NULL, words BLOB NOT NULL)""",
    # Without rowid the table is its own covering index: a bucket's newest are read in one place.
    """CREATE TABLE bands (key INTEGER NOT NULL, day INTEGER NOT NULL, note INTEGER NOT NULL, patient INTEGER NOT NULL,
    PRIMARY KEY (key, day, note)) WITHOUT ROWID""",
)
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-65536", "wal_autocheckpoint=16384")
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH)
_BETWEEN_TRIES = 0.01
_OTHER_NAME = "give another file name, or move this file away"


class SeenNotesError(ValueError):
    """An index of seen notes cannot be used. The message is one sentence with the file's name and the way out."""


def open_index(path: Path | None, wait: float) -> sqlite3.Connection:
    """Open the index, and make it where there is no file; nothing is written to a file that is none.

    Raises:
        SeenNotesError: the file is no such index, is of another version, is locked or cannot be opened.
    """
    with said(path):
        connection = sqlite3.connect(path or IN_MEMORY, timeout=wait, isolation_level=None)
        try:
            _prepare_patiently(connection, path, time.monotonic() + wait)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare_patiently(connection: sqlite3.Connection, path: Path | None, deadline: float) -> None:
    """Prepare the file; SQLite itself does not wait where two processes change its journal at once."""
    while True:
        try:
            return _prepare(connection, path)
        except sqlite3.OperationalError as fault:
            if _code(fault) not in _BUSY or time.monotonic() > deadline:
                raise
        time.sleep(_BETWEEN_TRIES)


def _prepare(connection: sqlite3.Connection, path: Path | None) -> None:
    with transaction(connection, "DEFERRED"):
        new = _is_new(connection, path)
    if new:
        with transaction(connection):
            _make(connection, path)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _is_new(connection: sqlite3.Connection, path: Path | None) -> bool:
    """Whether the file is empty; asked within a transaction, for another process may be making it.

    Raises:
        SeenNotesError: it is no such index, or of another version.
    """
    ours, version = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    if ours == _OURS and version != VERSION:
        known = f"made by another version of the auditor (its layout {version}, here {VERSION})"
        raise SeenNotesError(f"{name_of(path)}: this index was {known}; {_OTHER_NAME} and add the notes again")
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if ours != _OURS and (tables or ours or version):
        raise SeenNotesError(f"{name_of(path)}: this is no index of seen notes; {_OTHER_NAME}")
    return not tables


def _make(connection: sqlite3.Connection, path: Path | None) -> None:
    """Make the tables, unless another process has made them meanwhile."""
    if _is_new(connection, path):
        for statement in _TABLES:
            connection.execute(statement)
        connection.execute("INSERT INTO salt VALUES (?)", (secrets.token_bytes(16),))
        connection.execute(f"PRAGMA application_id={_OURS}")
        connection.execute(f"PRAGMA user_version={VERSION}")


@contextmanager
def transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """All or nothing; ``IMMEDIATE`` takes the lock for writing at once, so that two writers wait for each other."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def said(path: Path | None) -> Iterator[None]:
    """What SQLite complains of, and values that cannot be read, said in one sentence."""
    try:
        yield
    except (sqlite3.ProgrammingError, SeenNotesError):
        raise
    except (sqlite3.DatabaseError, ValueError) as fault:
        raise SeenNotesError(f"{name_of(path)}: {_sentence(fault, path)}") from fault


def _sentence(fault: Exception, path: Path | None) -> str:
    code = _code(fault)
    if code in _BUSY:
        return "another program is writing to this index; wait until it has finished and try again"
    if code in _BROKEN:
        return f"this is no index of seen notes, or a damaged one; {_OTHER_NAME} and add the notes again"
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return "this index may not be written to; allow it, or give another file name"
    if code == sqlite3.SQLITE_FULL:
        return "the disk is full; make room and add the notes again"
    if path is not None and not os.path.isdir(path.parent):
        return "its folder is not there; make the folder, or give another file name"
    return f"this index cannot be opened or used; check that it is a file that you may write, or {_OTHER_NAME}"


def _code(fault: Exception) -> int:
    """SQLite's primary result code; that of a damaged file where a value cannot be read."""
    return int(getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)) & 0xFF


def name_of(path: Path | None) -> str:
    """The file's name for a message."""
    return "index in memory" if path is None else str(path)


def salt_of(connection: sqlite3.Connection) -> bytes:
    """The random bytes that every name in this file is hashed with."""
    with closing(connection.execute("SELECT value FROM salt")) as rows:
        return bytes(next(rows)[0])
