"""Spinal regions, vertebral levels, joints, junctions and the CMT code by count.

Pure functions on normalised names (``C0`` to ``C7``, ``T1`` to ``T12``, ``L1`` to ``L5``, ``S1`` to ``S5``, ``SAC``,
``COC``, ``SI-L`` …, ``IL-R`` …, ``PUB``). Sources: CPT region map (CPT Assistant, February 1997), Medicare Benefit
Policy Manual chapter 15 §240.1.4; the junction rule is the project's own conservative one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

SPINAL = ("cervical", "thoracic", "lumbar", "sacral", "pelvic")
EXTRASPINAL = ("head", "upper_extremity", "lower_extremity", "rib_cage", "abdomen")
REGIONS = SPINAL + EXTRASPINAL
SIDES = ("L", "R", "B")

COLUMN: tuple[str, ...] = (
    *(f"C{n}" for n in range(8)),
    *(f"T{n}" for n in range(1, 13)),
    *(f"L{n}" for n in range(1, 6)),
    *(f"S{n}" for n in range(1, 6)),
)
"""The bones of the column from the occiput down, in order."""

_POSITION = {bone: place for place, bone in enumerate(COLUMN)}
_REGION_OF_LETTER = {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "sacral"}
_REGION_OF_NAME = {
    "SAC": "sacral",
    "COC": "sacral",
    "PUB": "pelvic",
    **{f"{joint}{side}": "pelvic" for joint in ("SI", "IL") for side in ("", "-L", "-R", "-B")},
}
LEVELS: tuple[str, ...] = (*COLUMN, *_REGION_OF_NAME)

ICD_REGION = {
    "M99.00": "cervical",
    "M99.01": "cervical",
    "M99.02": "thoracic",
    "M99.03": "lumbar",
    "M99.04": "sacral",
    "M99.05": "pelvic",
}
"""Region of each subluxation code that Medicare takes as primary (M99.00 is read as cervical)."""

CMT_BY_COUNT = {0: None, 1: "98940", 2: "98940", 3: "98941", 4: "98941", 5: "98942"}
SPINAL_CMT = ("98940", "98941", "98942")
EXTRASPINAL_CMT = "98943"


@dataclass(frozen=True, slots=True)
class Counted:
    """What a treated range or joint counts for: regions that are certain, and regions it leaves open."""

    certain: tuple[str, ...]
    possible: tuple[str, ...] = ()


def region_of(level: str) -> str:
    """The spinal region of a normalised level.

    Raises:
        KeyError: the name is no level.
    """
    if level in _POSITION:
        return _REGION_OF_LETTER[level[0]]
    return _REGION_OF_NAME[level]


def in_order(regions: Iterable[str]) -> tuple[str, ...]:
    """The regions once each, from the neck down, extraspinal ones last."""
    wanted = set(regions)
    return tuple(region for region in REGIONS if region in wanted)


def level_order(level: str) -> tuple[int, str]:
    """A sort key that puts levels in the order of the column, joints after it."""
    return (_POSITION.get(level, len(COLUMN)), level)


def expand(first: str, last: str) -> tuple[str, ...]:
    """Every bone from ``first`` to ``last``: ``expand("C4", "C6")`` is C4, C5, C6. Empty where one is no bone of the
    column or the order is reversed; ``SAC`` counts as S1.
    """
    start, end = (_POSITION.get("S1" if bone == "SAC" else bone) for bone in (first, last))
    if start is None or end is None or start > end:
        return ()
    return COLUMN[start : end + 1]


def count_range(bones: tuple[str, ...]) -> Counted:
    """The junction rule for a treated range or joint.

    A region counts where the range holds two neighbouring bones of it; where it holds no such pair at all, the upper
    region counts. The others are possible, no more.
    """
    tally: dict[str, int] = {}
    for bone in bones:
        tally[region_of(bone)] = tally.get(region_of(bone), 0) + 1
    certain = tuple(region for region, bones_in_it in tally.items() if bones_in_it > 1) or tuple(tally)[:1]
    return Counted(certain, tuple(region for region in tally if region not in certain))


def motion_segments(bones: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The motion segments of a run of bones: neighbours two by two."""
    return tuple(pairwise(bones))


def contiguous(one: str, other: str) -> bool:
    """Whether two spinal regions lie next to each other (cervical, thoracic, lumbar, sacral, pelvic in a row)."""
    return one in SPINAL and other in SPINAL and abs(SPINAL.index(one) - SPINAL.index(other)) == 1


def code_by_count(spinal: int, extraspinal: int = 0) -> str | None:
    """The CMT code that so many supported regions carry; 98943 where only extraspinal ones were manipulated."""
    code = CMT_BY_COUNT[spinal]
    return EXTRASPINAL_CMT if code is None and extraspinal else code


def regions_of_code(code: str) -> tuple[str, ...]:
    """The treated regions that an M99.0x code agrees with: M99.04 also takes the sacroiliac joint. Empty for others."""
    region = ICD_REGION.get(code)
    if region == "sacral":
        return ("sacral", "pelvic")
    return (region,) if region else ()
