"""Lines that tell the adjustment by its technique and no other word: "Tx diversified C5, L4", "R ilium on drop piece"."""

import re

from auditor.reading.document import Concept, Sentence

_ADJUSTMENT = "adjustment"
"""Criterion of techniques that nothing but an adjustment uses; "prone" or "seated" may be a position of the examination."""
_CLAUSE_ENDS = re.compile(r";|,\s+(?:and|then)\b|\.\s")
_LEADS_IN = re.compile(
    r"[\W\d_]*(?:(?:[SOAP]|plan|tx|tmt|trt|treatment|treated|rx|today|given|rendered|provided|performed|then|also|and|did|used|gave|"
    r"applied|delivered|received|with|by|via|using|manual|specific|light|the|an?|prone|supine|seated|patient|pt|hands-on)\b[\W_]*)*",
    re.IGNORECASE,
)
"""What may stand before the technique of a line of treatment: "P: Tx today: diversified L4"."""
_TO_ITS_PLACE = re.compile(
    r"\s*(?:technique|protocol|method|instrument|thrusts?|table)?\s*[:,–-]?\s*(?:to|at|on|of|for|over)?\s*(?:the\s+|both\s+|bilat\w*\s+)?(?:[LRB]|left|right|lt|rt)?\.?\s*",
    re.IGNORECASE,
)
_BY_MEANS = re.compile(
    r"\s*(?:(?:P|A|B|R|L)[A-Za-z-]{1,7})?\s*,?\s*\(?(?:on|with|w/|via|using|by|in)?\s*(?:the\s+|a\s+)?(?:[LR]\s+)?"
)
_POINTS_TO = re.compile(r"\s*(?:technique|protocol|method|adjust\w*|instrument)?\s*(?:to|at|on|:|-)\s")
VISITS = re.compile(
    r"\b(?:\d|one|two|three|once|twice)\s?(?:x|times|-)?\s?(?:/|per|a|an|every|each)\s?(?:wk|week|month|mo)\b|\bweekly\b",
    re.IGNORECASE,
)
"""Visits a week or month: what stands beside them is planned."""
_OPENS_TREATMENT = re.compile(
    r"[\W_]*(?:[SOAP]\s?[:.)-]\s*)?(?:tx|tmt|trt|treatment|treated)\b(?:\s+(?:today|given|rendered|provided|performed|done|with|by|at|to|was))*[\s:=>-]*(?:(?:the|left|right|[LR])\b\s*)?",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset("SHIGXN")
"""Zones in which a line that begins with "Tx" tells of no act of today."""


def adjusts(technique: Concept) -> bool:
    """Whether nothing but an adjustment uses this technique."""
    return technique.entry.criterion == _ADJUSTMENT


def stands_behind(text: str, sentence: Sentence, technique: Concept, place: Concept) -> bool:
    """Whether a technique that only an adjustment uses stands right behind its place: "C6 PL cerv chair"."""
    if not adjusts(technique) or VISITS.search(sentence.text):
        return False
    return behind(text, technique, place)


def behind(text: str, technique: Concept, place: Concept) -> bool:
    """Whether a technique or position stands right behind a place: "L3 side-lying"."""
    return bool(_BY_MEANS.fullmatch(text, place.end, technique.start))


def stands_before(text: str, sentence: Sentence, technique: Concept, place: Concept) -> bool:
    """Whether a technique stands before its place as what was done: "Tx: diversified C5"; "activator to C5" anywhere."""
    if VISITS.search(sentence.text):
        return False
    if _POINTS_TO.match(text, technique.end):
        return True
    cuts = [cut.end() for cut in _CLAUSE_ENDS.finditer(text, sentence.start, technique.start)]
    return (
        adjusts(technique)
        and not technique.marks
        and bool(_LEADS_IN.fullmatch(text, cuts[-1] if cuts else sentence.start, technique.start))
        and bool(_TO_ITS_PLACE.fullmatch(text, technique.end, place.start))
    )


def opens_treatment(text: str, sentence: Sentence) -> bool:
    """Whether a line says "Tx" without a colon right before an act or a level, or "THOMPSON   C6 / D5": treatment, as under
    a heading.
    """
    if sentence.zone in _ELSEWHERE or VISITS.search(sentence.text):
        return False
    told = [c for c in sentence.concepts if c.family == "act" or (c.family == "place" and c.levels)]
    if not told or told[0].marks:
        return False
    first = told[0]
    if _OPENS_TREATMENT.fullmatch(sentence.text, 0, first.start - sentence.start):
        return True
    if sentence.zone == "O" or len(told) == 1 or first.family != "act" or not adjusts(first):
        return False
    return not text[sentence.start : first.start].strip(" \t*-•#>") and _is_place_of(text, first, told[1])


def _is_place_of(text: str, technique: Concept, place: Concept) -> bool:
    return place.family == "place" and bool(_TO_ITS_PLACE.fullmatch(text, technique.end, place.start))
