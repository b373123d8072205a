"""A folder: every file in it that some reader knows, in the order of their names."""

import os
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from errno import ENOENT
from pathlib import Path

from auditor.sources.guard import why
from auditor.sources.records import Item, Reader, SourceWarning, reject

PAGES = frozenset(f"{name}.md" for name in ("README", "GUIDE", "LIMITS", "DATA_CARD", "LICENSE", "CHANGELOG"))
"""Pages about a folder; a note of such a name is read where the file itself is given."""


def read_folder(folder: Path, readers: Mapping[str, Reader]) -> Iterator[Item]:
    """Read all files of a folder as :func:`read_files` does."""
    return (item for _, item in read_files(folder, readers))


def read_files(folder: Path, readers: Mapping[str, Reader]) -> Iterator[tuple[Path, Item]]:
    """Read all files of a folder and its subfolders by suffix; each record with the file it stands in.

    Hidden files and folders are skipped, and pages about the folder (README.md); linked folders are not followed. A
    bare note in a subfolder is called by its path from the folder, without the suffix.
    """
    faults: list[OSError] = []
    skipped: Counter[str] = Counter()
    found = False
    for file in _files(folder, faults):
        if reader := readers.get(file.suffix.lower()):
            found = True
            name = file.relative_to(folder).with_suffix("").as_posix()
            yield from ((file, item) for item in reader(file, name))
        else:
            skipped[file.suffix.lower() or "no suffix"] += 1
    for fault in faults:
        yield folder, reject(str(fault.filename or folder), None, why(fault))
    if skipped:
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in sorted(skipped.items()))
        warnings.warn(f"{folder}: left out files of other kinds ({kinds})", SourceWarning, stacklevel=3)
    if not found and not faults:
        known = ", ".join(sorted(readers))
        yield folder, reject(str(folder), None, f"there is no file to read in this folder; put notes there as {known}")


def _files(folder: Path, faults: list[OSError]) -> Iterator[Path]:
    for here, folders, names in os.walk(folder, onerror=faults.append, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(here, name)
            if name.startswith(".") or name in PAGES:
                continue
            if os.path.isfile(file):
                yield file
            elif os.path.islink(file) and not os.path.exists(file):
                faults.append(FileNotFoundError(ENOENT, "no such file", str(file)))
