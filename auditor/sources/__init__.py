"""Files to encounters: one file a format, and a registry of them by suffix.

Every reader yields encounters and rejections in the order of the file. One bad record never stops the rest.
"""

import os
import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from auditor.records import Encounter
from auditor.sources.folder import read_files, read_folder
from auditor.sources.kinds import READERS, reader_of, readers_with
from auditor.sources.records import Item, Reader, Rejected, SourceWarning

__all__ = [
    "READERS",
    "Item",
    "Reader",
    "Rejected",
    "SourceWarning",
    "read",
    "read_all",
    "read_with_files",
    "readers_with",
    "unique",
]


def read(path: Path, readers: Mapping[str, Reader] = READERS) -> Iterator[Item]:
    """Read one file by its suffix, else by how it begins, or a folder. What nothing tells of is read as a bare note."""
    if os.path.isdir(path):
        return read_folder(path, readers)
    return reader_of(path, readers)(path, path.stem)


def read_with_files(paths: Iterable[Path], readers: Mapping[str, Reader] = READERS) -> Iterator[tuple[Path, Item]]:
    """Read files and folders as :func:`read_all` does; each record with the file it stands in."""
    files: deque[Path] = deque()

    def items() -> Iterator[Item]:
        for path in paths:
            for file, item in read_files(path, readers) if os.path.isdir(path) else _of(path, readers):
                files.append(file)
                yield item

    for item in unique(items()):
        yield files.popleft(), item


def _of(path: Path, readers: Mapping[str, Reader]) -> Iterator[tuple[Path, Item]]:
    return ((path, item) for item in read(path, readers))


def read_all(paths: Iterable[Path], readers: Mapping[str, Reader] = READERS) -> Iterator[Item]:
    """Read files and folders one after the other, each id made unique among them."""
    return unique(item for path in paths for item in read(path, readers))


def unique(items: Iterable[Item]) -> Iterator[Item]:
    """Make every id unique: the second of a name gets ``-2``, and a :class:`SourceWarning` says so."""
    counts: dict[str, int] = {}
    for item in items:
        if isinstance(item, Rejected):
            yield item
            continue
        name = _free(item.id, counts)
        counts[name] = 1
        yield item if name == item.id else _renamed(item, name)


def _free(name: str, counts: dict[str, int]) -> str:
    if name not in counts:
        return name
    while (other := f"{name}-{counts[name] + 1}") in counts:
        counts[name] += 1
    counts[name] += 1
    return other


def _renamed(item: Encounter, name: str) -> Encounter:
    warnings.warn(f"the id {item.id!r} is there more than once; this one is now {name!r}", SourceWarning, stacklevel=3)
    return item.model_copy(update={"id": name})
