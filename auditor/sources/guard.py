"""One bad file never stops the rest: whatever a reader meets becomes a rejected record."""

from collections.abc import Iterator
from functools import wraps
from pathlib import Path

from auditor.sources.records import Item, Reader, UnreadableError, reject


def guarded(reader: Reader) -> Reader:
    """Make a reader yield a rejection where the whole file cannot be opened or read."""

    @wraps(reader)
    def safe(path: Path, name: str) -> Iterator[Item]:
        try:
            if "\0" in str(path):
                raise UnreadableError("this is no path of a file; check its name")
            yield from reader(path, name)
        except UnreadableError as fault:
            yield reject(str(path), None, str(fault))
        except OSError as fault:
            yield reject(str(path), None, why(fault))

    return safe


def why(fault: OSError) -> str:
    """What is wrong with a file or folder that cannot be read, and the way out."""
    match fault:
        case FileNotFoundError():
            return "there is no such file; check its name and folder"
        case PermissionError():
            return "it may not be read; ask for leave to read it, or copy it to a folder of yours"
        case IsADirectoryError():
            return "this is a folder; give a file, or use the command audit for folders"
        case _:
            cause = (fault.strerror or type(fault).__name__).lower()
            return f"it cannot be read ({cause}); check the disk and the name"
