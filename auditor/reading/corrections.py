"""Corrections that a note makes of itself: "Correction: it should read L3, not L4"; "L4, correction, L5"."""

import re

from auditor.anatomy import region_of
from auditor.reading.document import Concept

_BONE = r"[CTLScts]\d{1,2}"
_CORRECTION = re.compile(
    rf"\b(?:correct(?:ion|ed|ing)|errat\w+|amend(?:ed|ment)?|should (?:read|be|say)|typo)\b[^\n]{{0,120}}?\b(?P<right>{_BONE})\b,?\s+(?:and\s+)?(?:not|rather than|instead of)\s+(?P<wrong>{_BONE})\b",
    re.IGNORECASE,
)
_SAID_ANEW = re.compile(
    r"\s*,\s*(?:correction|scratch that|strike that|make that|i mean|sorry|excuse me)\s*,\s*(?:the\s+)?",
    re.IGNORECASE,
)
"""Between what a dictation said wrong and what it meant: "the right sacroiliac, correction, the left"."""
_OTHER_SIDE = re.compile(r"(?P<side>left|right)\b", re.IGNORECASE)
_SPOKEN_CUES = ("correction", "scratch that", "strike that", "make that", "i mean", "sorry", "excuse me")
_CUES = ("orrect", "mend", "rrat", "hould", "ypo")


def corrected(text: str, concepts: list[Concept]) -> list[Concept]:
    """The concepts with single bones as the note corrects them; the correction itself names no bone of its own."""
    lowered = text.lower()
    if any(cue in lowered for cue in _SPOKEN_CUES):
        concepts = _said_anew(text, concepts)
    if not any(cue in text for cue in _CUES):
        return concepts
    for match in _CORRECTION.finditer(text):
        wrong, right = match["wrong"].upper(), match["right"].upper()
        for concept in concepts:
            if concept.levels == (wrong,) and concept.end <= match.start():
                concept.levels, concept.regions = (right,), (region_of(right),)
        concepts = [c for c in concepts if not (c.levels and match.start() <= c.start < match.end())]
    return concepts


def _said_anew(text: str, concepts: list[Concept]) -> list[Concept]:
    """Without the bones that a dictation took back at once, and with the side that it meant."""
    places = [c for c in concepts if c.family == "place" and c.levels]
    taken_back: list[Concept] = []
    for place in places:
        anew = _SAID_ANEW.match(text, place.end)
        if anew is None:
            continue
        if any(other.start == anew.end() and other.kind == place.kind for other in places):
            taken_back.append(place)
        elif (side := _OTHER_SIDE.match(text, anew.end())) and place.levels[0][-2:] in ("-L", "-R"):
            place.levels = (f"{place.levels[0][:-1]}{side['side'][0].upper()}",)
    return [c for c in concepts if c not in taken_back]
