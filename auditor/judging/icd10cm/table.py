"""The data files of this package, each read once and when it is first asked for: releases, codes, titles, notes.

``scripts/icd10cm_table.py`` writes the files and says what their columns are. Codes stand there without dot, in order,
so that a code is found by bisection and the codes below it follow it; no line is taken apart before it is needed.
"""

import gzip
import tomllib
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class Release:
    """One release of ICD-10-CM and the dates of service that its code list holds for (both ends inclusive)."""

    name: str
    """Such as ``April 2026``."""
    valid_from: date
    valid_to: date
    source: str


@dataclass(frozen=True, slots=True)
class Row:
    """One code that is billable in some release."""

    bare: str
    """The code without its dot."""
    first: int
    last: int
    """First and last release that has it, as places in :func:`releases`."""
    unspecified: bool
    sides: str
    """Place and characters of the codes by side, such as ``5:12``; empty where there are none."""


@dataclass(frozen=True, slots=True)
class Note:
    """One Excludes1 note."""

    bearer: str
    """Code without dot, or range of categories (``M50-M54``)."""
    level: str
    conditional: bool
    targets: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Split:
    """A code that was divided into longer ones on a date of service that lies between two releases held."""

    code: str
    on: date
    source: str


@cache
def splits() -> tuple[Split, ...]:
    """Codes whose division is dated by another source than the releases themselves."""
    given = tomllib.loads(_folder().joinpath("releases.toml").read_text("utf-8")).get("split", [])
    return tuple(Split(row["code"].replace(".", ""), row["on"], row["source"]) for row in given)


@cache
def releases() -> tuple[Release, ...]:
    """The releases that the table holds, oldest first; days between two of them may lie in none."""
    given = tomllib.loads(_folder().joinpath("releases.toml").read_text("utf-8"))["release"]
    return tuple(Release(row["name"], row["valid_from"], row["valid_to"], row["source"]) for row in given)


def rows_below(bare: str) -> tuple[Row, ...]:
    """The code itself, where it is billable in any release, and all such codes below it, in order."""
    return tuple(_row(line) for line in _below(bare, "codes.tsv.gz"))


def row_of(bare: str) -> Row | None:
    """The row of one code; None where no release has it as billable."""
    line = _line(bare, "codes.tsv.gz")
    return _row(line) if line else None


def title_of(bare: str) -> str | None:
    """The title of one code in the newest tabular list, where titles are kept; without that of a 7th character."""
    line = _line(bare, "titles.tsv.gz")
    return line.partition("\t")[2] if line else None


@cache
def notes() -> dict[str, tuple[Note, ...]]:
    """The Excludes1 notes of the newest release, by their bearer."""
    by_bearer: dict[str, list[Note]] = {}
    for line in _lines("excludes1.tsv.gz"):
        bearer, level, flag, targets, words = line.split("\t")
        by_bearer.setdefault(bearer, []).append(Note(bearer, level, flag == "c", tuple(targets.split()), words))
    return {bearer: tuple(borne) for bearer, borne in by_bearer.items()}


@cache
def wide_bearers() -> tuple[str, ...]:
    """The bearers of notes that are ranges of categories: blocks and chapters."""
    return tuple(bearer for bearer in notes() if "-" in bearer)


def _folder() -> Traversable:
    return files("auditor.judging.icd10cm")


@cache
def _lines(name: str) -> list[str]:
    return gzip.decompress(_folder().joinpath(name).read_bytes()).decode("utf-8").splitlines()


def _line(bare: str, name: str) -> str | None:
    lines = _lines(name)
    place = bisect_left(lines, f"{bare}\t")
    return lines[place] if place < len(lines) and lines[place].startswith(f"{bare}\t") else None


def _below(bare: str, name: str) -> list[str]:
    lines = _lines(name)
    return lines[bisect_left(lines, bare) : bisect_left(lines, f"{bare}\x7f")]


def _row(line: str) -> Row:
    bare, first, last, flag, sides = line.split("\t")
    return Row(bare, int(first), int(last), flag == "u", sides)
