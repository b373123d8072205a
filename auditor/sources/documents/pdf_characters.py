"""Characters of a PDF page with their places, turned so that the text runs from left to right."""

import math
from collections import Counter
from collections.abc import Sequence
from ctypes import byref
from dataclasses import dataclass
from typing import Any

from auditor.sources.documents.pdf_fields import Mark

_TURN = math.tau / 4
_SLANT = 0.2
"""Text that runs more than this (radians, 11 degrees) off the page's way is a stamp across it or in its margin."""


@dataclass(frozen=True, slots=True)
class Character:
    """One character and its box in points; up and right are larger, and text runs to the right."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


BREAK = Character("\n", 0.0, 0.0, 0.0, 0.0)
"""Stands where PDFium sees the end of a line."""


def characters_of(textpage: Any, marks: Sequence[Mark] = ()) -> tuple[list[Character], str]:  # noqa: ANN401
    """The characters of a page in the order in which they were drawn, and the text that runs across their way.

    The marks of its boxes stand behind them, in place of what is drawn inside the boxes. ``textpage`` is pypdfium2's.
    """
    from pypdfium2 import raw

    codes = [raw.FPDFText_GetUnicode(textpage, place) for place in range(textpage.count_chars())]
    angles = [raw.FPDFText_GetCharAngle(textpage, place) for place in range(len(codes))]
    turns = Counter(_turns(angle) for code, angle in zip(codes, angles, strict=True) if code > 32)
    turn = turns.most_common(1)[0][0] if turns else 0
    boxes = [Character(text, *_turned(place, turn)) for text, *place in marks]
    found: list[Character] = []
    across: list[str] = []
    for place, (code, angle) in enumerate(zip(codes, angles, strict=True)):
        if code in {10, 13}:
            found.append(BREAK)
        elif code > 32 and _off(angle, turn):
            across.append(chr(code))
        else:
            one = Character(_shown(code), *_turned(_box(raw, textpage, place), turn))
            found.append(BREAK if any(_inside(one, box) for box in boxes) else one)
    return [*found, *(one for box in boxes for one in (BREAK, box, BREAK))], "".join(across)


def _turns(angle: float) -> int:
    return round(angle / _TURN) % 4


def _off(angle: float, turn: int) -> bool:
    return abs((angle - turn * _TURN + math.pi) % math.tau - math.pi) > _SLANT


def _shown(code: int) -> str:
    """PDFium writes U+0002 or U+FFFE for a hyphen at the end of a line: most are true ones (L4-L5, follow-up)."""
    return "-" if code in {0x2, 0xFFFE} else chr(code) if code else ""


def _box(raw: Any, textpage: Any, place: int) -> tuple[float, float, float, float]:  # noqa: ANN401
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(textpage, place, byref(box)):
        return 0.0, 0.0, 0.0, 0.0
    return box.left, box.right, box.bottom, box.top


def _turned(box: Sequence[float], turn: int) -> tuple[float, float, float, float]:
    """Left, right, bottom and top of a box after the page is turned so that its text runs to the right."""
    left, right, bottom, top = box
    match turn:
        case 1:
            return -top, -bottom, left, right
        case 2:
            return -right, -left, -top, -bottom
        case 3:
            return bottom, top, -right, -left
        case _:
            return left, right, bottom, top


def _inside(one: Character, box: Character) -> bool:
    across, up = (one.left + one.right) / 2, (one.bottom + one.top) / 2
    return box.left <= across <= box.right and box.bottom <= up <= box.top
