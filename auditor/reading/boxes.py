"""Check boxes: what stands behind an empty box is not said."""

import re
from bisect import bisect_right

from auditor.reading.document import Concept

_BOX = re.compile(
    r"\[(?P<mark>[ \txX*✓/_]{0,3})\]|\[(?P<no>[dDnN-])\](?=[ \t])|\((?<![A-Za-z0-9].)(?P<mark2>[ xX*•✓]{1,2})\)|☐|□|☑|☒|■|✅|✓|✔|✗|✘"
)
_ON = frozenset("☑☒■✅✓✔✗✘")
_CIRCLED = re.compile(r"\(\([^()\n]{0,60}\)\)|\((?:circled|circ)\.?(?: by [a-z]+)?\)|\[circled\]", re.IGNORECASE)
_OPTION = re.compile(r"\S+(?: \S+)*")


def unchecked_spans(text: str) -> list[tuple[int, int]]:
    """Spans of text that belong to an empty check box: up to the next box, a wide gap or the end of the line."""
    boxes = list(_BOX.finditer(text))
    spans = []
    for place, box in enumerate(boxes):
        if box.group() in _ON or (not box["no"] and (box["mark"] or box["mark2"] or "").strip(" \t_")):
            continue
        end = text.find("\n", box.end())
        end = len(text) if end == -1 else end
        if place + 1 < len(boxes):
            end = min(end, boxes[place + 1].start())
        gap = re.compile(r"(?:\S|(?<=[\])☐□]))[ \t]{3,}").search(
            text, box.end() if not text[box.end() : box.end() + 3].isspace() else box.end() - 1, end
        )
        spans.append((box.start(), gap.start() + 1 if gap else end))
    return spans


def not_circled_spans(text: str) -> list[tuple[int, int]]:
    """Options that nobody circled, in lines where others are: ``neck (circled)   mid back``, ``free   ((fixed))``."""
    if "((" not in text and "ircled" not in text.lower():
        return []
    spans = []
    start = 0
    for line in text.split("\n"):
        circled = [match.span() for match in _CIRCLED.finditer(line)]
        cells = list(_OPTION.finditer(line)) if circled else []
        for position, cell in enumerate(cells):
            chosen = any(cell.start() <= first < cell.end() + 2 for first, _ in circled)
            label = position == 0 or line[: cell.end()].rstrip().endswith(":")
            if not chosen and not label:
                spans.append((start + cell.start(), start + cell.end()))
        start += len(line) + 1
    return spans


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that lie over one another made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def without_unchecked(text: str, concepts: list[Concept]) -> list[Concept]:
    """The concepts that do not stand behind an empty box."""
    if not any(mark in text for mark in "[(☐□"):
        return concepts
    spans = _merged([*unchecked_spans(text), *not_circled_spans(text)])
    if not spans:
        return concepts
    starts = [start for start, _ in spans]

    def empty(concept: Concept) -> bool:
        place = bisect_right(starts, concept.start) - 1
        return place >= 0 and concept.start < spans[place][1]

    return [concept for concept in concepts if not empty(concept)]
