"""The audits of a run as they are made: on disk after each one, so that a broken run can go on where it stopped.

Two files stand side by side while a run goes on: ``audits.jsonl.part`` with one audit a line, and
``audits.jsonl.sha256`` with the hash of each audited encounter, line by line. The second is written after the first:
what has no hash is no complete record.
"""

import hashlib
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from pydantic import ValidationError

from auditor import __version__
from auditor.records import Audit, Encounter

HASH_LENGTH = 2 * hashlib.sha256().digest_size
"""Hexadecimal digits of a fingerprint."""


def fingerprint(encounter: Encounter, reader: str = "") -> str:
    """SHA-256 of an encounter's JSON, the package's version and its models: the same one gives the same audit."""
    return hashlib.sha256(f"{__version__}{reader}\n{encounter.model_dump_json()}".encode()).hexdigest()


@dataclass(slots=True)
class PartFile:
    """The audits of one run, kept or made. Use as a context manager; ``finish`` moves them into place."""

    target: Path
    reader: str = ""
    """What reads: the versions of its models. Audits of another reader are not recalled."""
    kept: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where in the file each audit stands, by its encounter's fingerprint: from and to which byte."""
    places: dict[int, str] = field(default_factory=dict)
    """Fingerprints of this run's audits by the place of their encounters in the input."""
    _audits: BinaryIO = field(init=False)
    _hashes: BinaryIO = field(init=False)

    @property
    def part(self) -> Path:
        """The file of audits while the run goes on."""
        return self.target.with_name(f"{self.target.name}.part")

    @property
    def hashes(self) -> Path:
        """The file of fingerprints beside it."""
        return self.target.with_name(f"{self.target.name}.sha256")

    def __enter__(self) -> "PartFile":
        """Open both files and keep their complete records."""
        self._audits, self._hashes = self.part.open("a+b"), self.hashes.open("a+b")
        self._keep_complete()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """Close both files; they stay for the next run unless ``finish`` moved them."""
        self._close()

    def recall(self, encounter: Encounter, place: int) -> Audit | None:
        """The audit of this very encounter, where it is kept from a broken run."""
        print_of = fingerprint(encounter, self.reader)
        if print_of not in self.kept:
            return None
        start, end = self.kept[print_of]
        self._audits.seek(start)
        audit = Audit.model_validate_json(self._audits.read(end - start))
        if audit.id != encounter.id:
            return None
        self.places[place] = print_of
        return audit

    def append(self, encounter: Encounter, audit: Audit, place: int) -> None:
        """Write an audit, and then the fingerprint of its encounter, to disk."""
        print_of, line = fingerprint(encounter, self.reader), f"{audit.model_dump_json()}\n".encode()
        start = self._audits.seek(0, 2)
        self._audits.write(line)
        self._audits.flush()
        self._hashes.write(f"{print_of}\n".encode())
        self._hashes.flush()
        self.kept[print_of] = (start, start + len(line))
        self.places[place] = print_of

    def finish(self) -> None:
        """Move the audits of this run into place, in the order of the encounters; drop the fingerprints."""
        order = [self.places[place] for place in sorted(self.places)]
        if order != list(self.kept):
            self._sort(order)
        self._close()
        self.part.replace(self.target)
        self.hashes.unlink(missing_ok=True)

    def discard(self) -> None:
        """Leave nothing behind, where no encounter of this run was audited."""
        self._close()
        self.part.unlink(missing_ok=True)
        self.hashes.unlink(missing_ok=True)

    def _close(self) -> None:
        self._audits.close()
        self._hashes.close()

    def _sort(self, order: list[str]) -> None:
        self._audits.flush()
        beside = self.target.with_name(f".{self.target.name}.tmp")
        with beside.open("wb") as out:
            for print_of in order:
                start, end = self.kept[print_of]
                self._audits.seek(start)
                out.write(self._audits.read(end - start))
        beside.replace(self.part)

    def _keep_complete(self) -> None:
        """Know the complete records of a broken run, and cut off what comes after them."""
        self._audits.seek(0)
        self._hashes.seek(0)
        start = 0
        for line, print_of in takewhile(_complete, zip(self._audits, self._hashes, strict=False)):
            self.kept[print_of.decode().strip()] = (start, start + len(line))
            start += len(line)
        self._audits.truncate(start)
        self._hashes.truncate(len(self.kept) * (HASH_LENGTH + 1))


def _complete(pair: tuple[bytes, bytes]) -> bool:
    line, print_of = pair
    if not (line.endswith(b"\n") and print_of.endswith(b"\n")):
        return False
    try:
        Audit.model_validate_json(line)
    except ValidationError:
        return False
    return print_of.strip().isalnum() and len(print_of) == HASH_LENGTH + 1
