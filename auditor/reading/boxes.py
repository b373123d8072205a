"""Check boxes: what stands behind an empty box is not said."""

import re
from bisect import bisect_right

from auditor.reading.document import Concept

_BOX = re.compile(
    r"\[(?P<mark>[ \txX*✓/_]{0,3})\]|(?<![A-Za-z0-9])\((?P<mark2>[ xX*•✓]{1,2})\)|(?P<glyph>[☐□])|(?P<on>[☑☒■✅✓✔✗✘])"
)
_LABEL_AFTER = re.compile(r"[ \t]*(?:\n|\[|\(|$)")


def unchecked_spans(text: str) -> list[tuple[int, int]]:
    """Spans of text that belong to an empty check box: up to the next box, a wide gap or the end of the line."""
    boxes = list(_BOX.finditer(text))
    spans = []
    for place, box in enumerate(boxes):
        if box["on"] or (box["mark"] or box["mark2"] or "").strip(" \t_"):
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


def without_unchecked(text: str, concepts: list[Concept]) -> list[Concept]:
    """The concepts that do not stand behind an empty box."""
    if not any(mark in text for mark in "[(☐□"):
        return concepts
    spans = unchecked_spans(text)
    if not spans:
        return concepts
    starts = [start for start, _ in spans]

    def empty(concept: Concept) -> bool:
        place = bisect_right(starts, concept.start) - 1
        return place >= 0 and concept.start < spans[place][1]

    return [concept for concept in concepts if not empty(concept)]
