"""Circled words: of options that stand side by side, those that nobody circled are not said.

Their numbers stay in the text (a scale is read elsewhere); only the concepts in them are dropped.
"""

import re
from bisect import bisect_right

from auditor.reading.document import Concept

_CIRCLED = re.compile(r"\(\([^()\n]{0,60}\)\)|\((?:circled|circ)\.?(?: by [a-z]+)?\)|\[circled\]", re.IGNORECASE)
_OPTION = re.compile(r"\S+(?: \S+)*")


def _not_circled_spans(text: str) -> list[tuple[int, int]]:
    """Options that nobody circled, in lines where others are: ``neck (circled)   mid back``, ``free   ((fixed))``."""
    if "((" not in text and "ircled" not in text.lower():
        return []
    spans = []
    start = 0
    for line in text.split("\n"):
        circled = [match.span() for match in _CIRCLED.finditer(line)]
        cells = list(_OPTION.finditer(line)) if circled else []
        for position, cell in enumerate(cells):
            picked = any(cell.start() <= first < cell.end() + 2 for first, _ in circled)
            label = position == 0 or line[: cell.end()].rstrip().endswith(":")
            if not picked and not label:
                spans.append((start + cell.start(), start + cell.end()))
        start += len(line) + 1
    return spans


def without_uncircled(text: str, concepts: list[Concept]) -> list[Concept]:
    """The concepts that do not stand in an option that nobody circled."""
    spans = _merged(_not_circled_spans(text))
    starts = [start for start, _ in spans]

    def left_out(concept: Concept) -> bool:
        place = bisect_right(starts, concept.start) - 1
        return place >= 0 and concept.start < spans[place][1]

    return [concept for concept in concepts if not left_out(concept)] if spans else concepts


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that lie over one another made one."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept
