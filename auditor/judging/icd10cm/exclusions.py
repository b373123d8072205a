"""Excludes1 notes: two codes that the tabular list says not to use together. Notes are those of the newest release.

A note stands at a code, a category, a block or a chapter, and binds every code below it. One that names a code under
its own bearer (block M26-M27 names M27.8) sorts conditions within that family; it says nothing of pairs and is passed
over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from auditor.judging.icd import CATEGORY, normal
from auditor.judging.icd10cm.table import Note, notes, wide_bearers

Level = Literal["code", "category", "block", "chapter"]

LEVELS: tuple[Level, ...] = ("code", "category", "block", "chapter")
"""The level of a note's bearer, from the firmest note to the most arguable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excludes1:
    """An Excludes1 note between two codes."""

    code: str
    """The one of the two that stands under the note."""
    other: str
    """The one that the note names."""
    bearer: str
    """The code, category, or range of categories whose note it is, as the tabular list has it: ``M54.5``."""
    level: Level
    conditional: bool
    """The note does not bind every use of the two: it excludes the other code only where one condition comes from the
    other ("lumbago due to intervertebral disc displacement (M51.2-)"), or it means a part of the family it names
    ("rupture or displacement of lumbar disc (M51.-)"). A claim with both is then likely, not surely, in conflict."""
    words: str
    """The note's own words, with the codes it names."""


@lru_cache(maxsize=10_000)
def excludes1(one: str, other: str) -> Excludes1 | None:
    """The firmest Excludes1 note between two codes, in whichever direction; None where there is none.

    Firmest is a note without condition before one with, then the level nearest to the code; of two as firm, the note of
    the first code. Whether the codes are billable is not asked: see :func:`auditor.judging.icd10cm.standing`.
    """
    found = [*_found(normal(one), normal(other)), *_found(normal(other), normal(one))]
    return min(found, key=lambda note: (note.conditional, LEVELS.index(note.level)), default=None)


def _found(code: str, other: str) -> Iterator[Excludes1]:
    bare, named = code.replace(".", ""), other.replace(".", "")
    if len(bare) < CATEGORY or len(named) < CATEGORY:
        return
    for note in _notes_over(bare):
        if not _covers(note.bearer, named) and any(_names(target, named) for target in note.targets):
            yield Excludes1(
                code=code,
                other=other,
                bearer=note.bearer if "-" in note.bearer else normal(note.bearer),
                level=cast("Level", note.level),
                conditional=note.conditional,
                words=note.words,
            )


def _notes_over(bare: str) -> Iterator[Note]:
    known = notes()
    for length in range(len(bare), CATEGORY - 1, -1):
        yield from known.get(bare[:length], ())
    for bearer in wide_bearers():
        if _covers(bearer, bare):
            yield from known[bearer]


def _covers(bearer: str, bare: str) -> bool:
    first, _, last = bearer.partition("-")
    return first <= bare[:CATEGORY] <= last if last else bare.startswith(first)


def _names(target: str, bare: str) -> bool:
    """Whether a target (``M512``, ``M543~M544``, ``M51?4``) names a code or a family above it."""
    low, _, high = target.partition("~")
    if high:
        return bare[: len(low)] >= low and bare[: len(high)] <= high
    return len(bare) >= len(low) and all(wanted in ("?", found) for wanted, found in zip(low, bare, strict=False))
