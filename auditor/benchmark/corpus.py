"""Labelled notes as they lie in ``corpora/``: files of one writer each, and who belongs to which split."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from auditor.benchmark.spans import Span, SpanError, parse_spans
from auditor.records import Encounter
from auditor.sources.build import build
from auditor.sources.guard import why
from auditor.sources.jsonl import objects
from auditor.sources.records import Rejected, UnreadableError

Split = Literal["train", "dev", "test"]
SPLITS: tuple[Split, ...] = get_args(Split)
MANIFEST = "writers.toml"
LABEL_SHAPE = '{"encounter": {…}, "gold": {…}}'


class CorpusError(ValueError):
    """Labelled notes that cannot be used; the message says where and why, and never quotes a note."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A note with its labels and spans, and where it comes from."""

    encounter: Encounter
    gold: Mapping[str, Any]
    spans: tuple[Span, ...] = ()
    style: str = "unknown"
    writer: str = ""

    @property
    def label(self) -> dict[str, Any]:
        """The label as the scorer takes it."""
        return {"encounter": {"id": self.encounter.id}, "gold": self.gold}


def read_corpus(path: Path, split: Split | None = None) -> list[Labelled]:
    """The labelled notes of a file, or of a folder with its manifest of writers.

    Args:
        path: a ``.jsonl`` file, or a folder of them with ``writers.toml``.
        split: only the files of this split; None: all. A single file has no splits.

    Raises:
        CorpusError: a file cannot be read, a line is no label, or an id is there twice.
    """
    files = _files(path, split) if path.is_dir() else [path]
    found = [labelled for file in files for labelled in read_labelled(file)]
    seen: set[str] = set()
    for labelled in found:
        if labelled.encounter.id in seen:
            raise CorpusError(f"{path}: the id {labelled.encounter.id!r} is there more than once; make ids unique")
        seen.add(labelled.encounter.id)
    return found


def read_labelled(path: Path) -> Iterator[Labelled]:
    """The labelled notes of one file, ids filled in.

    Raises:
        CorpusError: it cannot be read, holds no label, or one of its lines is none.
    """
    seen: set[str] = set()
    for line, data in _lines(path):
        labelled = _labelled(path, line, data)
        if labelled.encounter.id in seen:
            name = labelled.encounter.id
            raise CorpusError(f"{path}, line {line}: the id {name!r} is there more than once; make ids unique")
        seen.add(labelled.encounter.id)
        yield labelled
    if not seen:
        raise CorpusError(f"{path}: there is no label in this file; give one a line")


def _lines(path: Path) -> Iterator[tuple[int, Any]]:
    try:
        for line, data in objects(path):
            if isinstance(data, Rejected):
                raise CorpusError(data.reason.removesuffix("."))
            yield line, data
    except OSError as fault:
        raise CorpusError(f"{path}: {why(fault)}") from None
    except UnreadableError as fault:
        raise CorpusError(f"{path}: {fault}") from None


def _labelled(path: Path, line: int, data: Any) -> Labelled:  # noqa: ANN401 - any JSON value
    if not isinstance(data, dict) or not isinstance(data.get("gold"), dict):
        raise CorpusError(f"{path}, line {line}: this is no label; write it as {LABEL_SHAPE}")
    encounter = build(data.get("encounter"), str(path), line, f"line-{line}")
    if isinstance(encounter, Rejected):
        raise CorpusError(encounter.reason.removesuffix("."))
    try:
        spans = parse_spans(data.get("spans", ()), encounter.text)
    except SpanError as fault:
        raise CorpusError(f"{path}, line {line}: {fault}; correct that span") from None
    return Labelled(encounter, data["gold"], spans, str(data.get("style", "unknown")), path.stem)


def splits_of(folder: Path) -> dict[str, Split]:
    """The split of each writer's file, by its name without the suffix.

    Raises:
        CorpusError: the manifest cannot be read, or names a split that there is not.
    """
    manifest = folder / MANIFEST
    try:
        writers = tomllib.loads(manifest.read_text(encoding="utf-8"))["writer"]
        found = {name: row["split"] for name, row in writers.items()}
    except OSError as fault:
        raise CorpusError(f"{manifest}: {why(fault)}") from None
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, UnicodeDecodeError):
        shape = '[writer.NAME] with split = "train", "dev" or "test"'
        raise CorpusError(f"{manifest}: write each writer as {shape}") from None
    for name, split in found.items():
        if split not in SPLITS:
            raise CorpusError(f"{manifest}: {name} has no split of train, dev or test; correct it")
    return found


def _files(folder: Path, split: Split | None) -> list[Path]:
    splits = splits_of(folder)
    files = sorted(folder.glob("*.jsonl"))
    unknown = [file.name for file in files if file.stem not in splits]
    if unknown:
        raise CorpusError(f"{folder / MANIFEST}: it does not name {unknown[0]}; add that writer with a split")
    chosen = [file for file in files if split in (None, splits[file.stem])]
    if not chosen:
        raise CorpusError(f"{folder}: there is no file of labelled notes{f' in the split {split}' if split else ''}")
    return chosen
