"""Files to encounters: one file a format, and a registry of them by suffix.

Every reader yields encounters and rejections in the order of the file. One bad record never stops the rest.
"""

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from auditor.records import Encounter
from auditor.sources.columns import Columns
from auditor.sources.csv_file import read_csv
from auditor.sources.folder import read_folder
from auditor.sources.json_file import read_json
from auditor.sources.jsonl import read_lines
from auditor.sources.records import Item, Reader, Rejected, SourceWarning
from auditor.sources.text import read_note

__all__ = ["READERS", "Item", "Reader", "Rejected", "SourceWarning", "read", "read_all", "readers_with", "unique"]

READERS: dict[str, Reader] = {
    ".csv": read_csv,
    ".json": read_json,
    ".jsonl": read_lines,
    ".md": read_note,
    ".txt": read_note,
}


def read(path: Path, readers: Mapping[str, Reader] = READERS) -> Iterator[Item]:
    """Read one file by its suffix, or a folder. A file of an unknown suffix is read as a bare note."""
    if os.path.isdir(path):
        return read_folder(path, readers)
    return readers.get(path.suffix.lower(), read_note)(path, path.stem)


def read_all(paths: Iterable[Path], readers: Mapping[str, Reader] = READERS) -> Iterator[Item]:
    """Read files and folders one after the other, each id made unique among them."""
    return unique(item for path in paths for item in read(path, readers))


def readers_with(columns: Columns) -> dict[str, Reader]:
    """The readers, with the user's headings of CSV columns."""
    return {**READERS, ".csv": partial(read_csv, given=columns)}


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
