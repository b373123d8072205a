"""What a code is worth on a date of service: billable, a category that needs more characters, or unknown.

A date that no release holds for is judged kindly: the releases on both sides of it are asked, and a code that either of
them has as billable counts as billable. So a code is called a category or unknown only where both sides say so, or
where there is but one side; ``within`` and ``agreed`` tell how far the answer may be trusted.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from auditor.judging.icd import CATEGORY, normal
from auditor.judging.icd10cm.table import Release, Row, releases, row_of, rows_below, splits

Kind = Literal["billable", "category", "unknown"]

FULL = 7
"""Characters of the longest code, without its dot."""

FEW = 6
"""So many of the codes below a category are named."""

KINDS: tuple[Kind, ...] = ("billable", "category", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the table says of one code on one date of service."""

    code: str
    """The code in upper case, with its dot."""
    kind: Kind
    """``category``: a true beginning of billable codes. ``unknown``: in the release there is no such code."""
    release: Release
    """The release whose word ``kind`` is."""
    within: bool
    """Whether that release holds for the date of service; False without a date."""
    agreed: bool
    """``within``, or the date lies between two releases that say the same."""
    needs: tuple[str, ...] = ()
    """Of a category: the first few billable codes below it in ``release``."""
    needed: int = 0
    """Of a category: how many billable codes there are below it in ``release``."""
    seventh: bool = False
    """Of a category: all that lacks is the seventh character, after X in any empty places."""
    known_in: tuple[str, str] | None = None
    """Names of the first and last release that has the code as billable; None where none of those held does."""


def release_on(day: date | None) -> tuple[Release, bool]:
    """The release in force on a date of service, and whether it truly holds for it.

    Where no release holds for the date, the nearest in days comes with False (of two as near, the newer). Without a
    date the newest one comes, with False: nothing is known of when it was used.
    """
    place = _places(day)[0]
    return releases()[place], _holds(place, day)


@lru_cache(maxsize=10_000)
def standing(code: str, on: date | None) -> Standing:
    """What a code is worth on a date of service. Any text may be asked for: what is no code is ``unknown``."""
    plain = normal(code)
    bare = plain.replace(".", "")
    places = _places(on)
    found = [(_kind(bare, place), place) for place in _after_splits(bare, on, places)]
    kind, place = min(found, key=lambda pair: KINDS.index(pair[0]))
    within = _holds(place, on)
    below = _codes_below(bare, place) if kind == "category" else ()
    row = row_of(bare)
    return Standing(
        code=plain,
        kind=kind,
        release=releases()[place],
        within=within,
        agreed=within or (len(places) > 1 and len({one for one, _ in found}) == 1),
        needs=tuple(normal(one.bare) for one in below[:FEW]),
        needed=len(below),
        seventh=bool(below) and _lacks_seventh(bare, below),
        known_in=(releases()[row.first].name, releases()[row.last].name) if row else None,
    )


def _after_splits(bare: str, day: date | None, places: tuple[int, ...]) -> tuple[int, ...]:
    """Of two releases around a date the one that holds, where it is known when the code was divided between them."""
    if day is None or len(places) == 1:
        return places
    for split in splits():
        if bare.startswith(split.code):
            return (max(places) if day >= split.on else min(places),)
    return places


def _places(day: date | None) -> tuple[int, ...]:
    """The places of the releases to ask, nearest first: the one in force, or those on either side of the date."""
    held = releases()
    if day is None:
        return (len(held) - 1,)
    if now := [place for place, release in enumerate(held) if release.valid_from <= day <= release.valid_to]:
        return (now[-1],)
    older = [((day - release.valid_to).days, -place) for place, release in enumerate(held) if release.valid_to < day]
    newer = [
        ((release.valid_from - day).days, -place) for place, release in enumerate(held) if release.valid_from > day
    ]
    return tuple(-place for _, place in sorted([*older[-1:], *newer[:1]]))


def _holds(place: int, day: date | None) -> bool:
    release = releases()[place]
    return day is not None and release.valid_from <= day <= release.valid_to


def _kind(bare: str, place: int) -> Kind:
    if len(bare) < CATEGORY:
        return "unknown"
    row = row_of(bare)
    if row and row.first <= place <= row.last:
        return "billable"
    return "category" if _codes_below(bare, place) else "unknown"


def _codes_below(bare: str, place: int) -> tuple[Row, ...]:
    return tuple(row for row in rows_below(bare) if row.bare != bare and row.first <= place <= row.last)


def _lacks_seventh(bare: str, below: tuple[Row, ...]) -> bool:
    filled = bare.ljust(FULL - 1, "X")
    return all(len(row.bare) == FULL and row.bare.startswith(filled) for row in below)
