"""Lines that a page broke inside a sentence, joined again; what may be a line of its own is left alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.sources.documents.rows import BAR

_FULL = 0.75
"""A broken line takes at least this share of the width of the text."""
_NEAR = 1.9
"""Lines of one paragraph are at most so many heights apart."""
_SIZE = 1.15
_WIDER = 1.5
"""Words may be so much wider than the mean of their line says, and the true margin further out than any line."""
_INDENT = 60.0
"""Points by which the lines of one paragraph begin at most apart: a list's hanging indent, a first line's indent."""
_OWN_LINE = re.compile(
    r"[-•*·▪◦–—>☐☑☒✓]|\[[ xX]?\]|\(?(?:\d{1,2}|[A-Za-z])[.)]\s"
    r"|[A-Za-z][A-Za-z /&'()-]{0,40}:|[SOAPsoap](?:\s*[-=–]\s|/)"
)
"""How a heading or an item of a list begins."""
_ENDS = re.compile(r"[.?!:;|][\"')\]]?$")
_OPEN_END = re.compile(
    r"(?:,|\b(?:a|an|the|and|or|at|of|to|in|on|with|from|by|for|than|is|was|are|were|into|between|per|her|his))$"
)
_CUT_END = re.compile(r"\w-$")


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of a page with its place in points; ``middle`` and ``height`` are those of its text."""

    text: str
    left: float
    right: float
    middle: float
    height: float


def unwrapped(lines: Sequence[PlacedLine]) -> list[str]:
    """The lines of a page with those joined that the page broke inside a sentence.

    A line is joined with the next where it is nearly full, the next one's first word had no room on it, both are of one
    paragraph by place and size, and the next goes on with the sentence. Headings, items of lists and rows never join.
    """
    joined: list[str] = []
    for place, line in enumerate(lines):
        if place and _broken_inside(lines, place - 1):
            joined[-1] += ("" if _CUT_END.search(joined[-1]) else " ") + line.text
        else:
            joined.append(line.text)
    return joined


def _broken_inside(lines: Sequence[PlacedLine], place: int) -> bool:
    line, after = lines[place], lines[place + 1]
    if BAR in line.text or BAR in after.text or _OWN_LINE.match(after.text):
        return False
    return _one_paragraph(line, after) and _had_no_room(lines, line, after) and _goes_on(line.text, after.text)


def _one_paragraph(line: PlacedLine, after: PlacedLine) -> bool:
    return (
        0 < line.middle - after.middle < _NEAR * line.height
        and max(line.height, after.height) < _SIZE * min(line.height, after.height)
        and abs(line.left - after.left) < _INDENT
    )


def _had_no_room(lines: Sequence[PlacedLine], line: PlacedLine, after: PlacedLine) -> bool:
    beside = [line, *(other for other in lines if other.left < line.right and BAR not in other.text)]
    margin, edge = max(other.right for other in beside), min(other.left for other in beside)
    word = after.text.split(" ", 1)[0]
    needed = (after.right - after.left) * (len(word) + 1) / max(len(after.text), 1)
    return line.right - edge >= _FULL * (margin - edge) and line.right + _WIDER * needed > margin


def _goes_on(text: str, after: str) -> bool:
    if _CUT_END.search(text) or _OPEN_END.search(text):
        return after[0].isalnum() or after[0] in "(\"'"
    if _ENDS.search(text):
        return False
    return after[0].islower() or after[0].isdigit() or after[0] == "("
