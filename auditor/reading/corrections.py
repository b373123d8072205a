"""Corrections that a note makes of itself: "Correction: it should read L3, not L4"."""

import re

from auditor.anatomy import region_of
from auditor.reading.document import Concept

_BONE = r"[CTLScts]\d{1,2}"
_CORRECTION = re.compile(
    rf"\b(?:correct(?:ion|ed|ing)|errat\w+|amend(?:ed|ment)?|should (?:read|be|say)|typo)\b[^\n]{{0,120}}?\b(?P<right>{_BONE})\b,?\s+(?:and\s+)?(?:not|rather than|instead of)\s+(?P<wrong>{_BONE})\b",
    re.IGNORECASE,
)
_CUES = ("orrect", "mend", "rrat", "hould", "ypo")


def corrected(text: str, concepts: list[Concept]) -> list[Concept]:
    """The concepts with single bones as the note corrects them; the correction itself names no bone of its own."""
    if not any(cue in text for cue in _CUES):
        return concepts
    for match in _CORRECTION.finditer(text):
        wrong, right = match["wrong"].upper(), match["right"].upper()
        for concept in concepts:
            if concept.levels == (wrong,) and concept.end <= match.start():
                concept.levels, concept.regions = (right,), (region_of(right),)
        concepts = [c for c in concepts if not (c.levels and match.start() <= c.start < match.end())]
    return concepts
