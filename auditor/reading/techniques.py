"""Lines that tell the adjustment by its technique and no other word: "Tx diversified C5, L4", "R ilium on drop piece"."""

import re

from auditor.reading.document import Concept, Sentence

_ADJUSTMENT = "adjustment"
"""Criterion of techniques that nothing but an adjustment uses; "prone" or "seated" may be a position of the examination."""
_CLAUSE_ENDS = re.compile(r";|,\s+(?:and|then)\b|\.\s")
_LEADS_IN = re.compile(
    r"[\W_]*(?:(?:[SOAP]|adj(?:usted|'d|d)?|cmt|smt|manip(?:ulated)?|hvla|thrust|tx|tmt|trt|treatment|treated|rx|today|given|rendered|provided|performed|then|also|and|did|used|gave|"
    r"applied|delivered|received|with|by|via|using|manual|specific|light|the|an?|prone|supine|seated|hands-on|left|right|bilat\w*|lt|rt|[LRB])\b[\W_]*)*",
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
_NOT_DONE = re.compile(
    r"[^.;\n]{0,40}?(?:\b(?:declin\w*|deferr\w*|held|refus\w*|not tolerated|stopped|prn|as needed|if|next|tomorrow|planned|will|pending|"
    r"(?:mon|tues|wednes|thurs|fri|satur)day|(?:tue|wed|thu|fri)s?)\b|\?|:\s*no?\b)",
    re.IGNORECASE,
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
_WORD = re.compile(r"[A-Za-z]{3,}")
_BESIDE_PLACES = frozenset(
    ("and", "then", "left", "right", "side", "posture", "post", "today", "tol", "well", "tolerated", "with", "bilat", "bilateral", "good", "release", "min", "both", "pls", "prs", "inf", "sup", "ant", "rot")
)  # fmt: skip
_ELSEWHERE = frozenset("SHIGXN")
"""Zones in which a line that begins with "Tx" tells of no act of today."""


def adjusts(technique: Concept) -> bool:
    """Whether nothing but an adjustment uses this technique."""
    return technique.entry.criterion == _ADJUSTMENT


def stands_behind(text: str, sentence: Sentence, technique: Concept, places: list[Concept], *, alone: bool) -> bool:
    """Whether a technique that only an adjustment uses stands right behind its places: "C6 PL cerv chair".

    ``alone``: whether nothing before it in its sentence tells of an adjustment, so that nothing but a lead may precede them.
    """
    if not adjusts(technique) or VISITS.search(sentence.text) or _taken_back(text, sentence, technique.end):
        return False
    if alone and not _leads(text, sentence, places[0].start):
        return False
    return behind(text, technique, places[-1])


def behind(text: str, technique: Concept, place: Concept) -> bool:
    """Whether a technique or position stands right behind a place: "L3 side-lying"."""
    return bool(_BY_MEANS.fullmatch(text, place.end, technique.start))


def stands_before(text: str, sentence: Sentence, technique: Concept, places: list[Concept]) -> bool:
    """Whether a technique stands before its places as what was done: "Tx: diversified C5"; "activator to C5" anywhere."""
    if VISITS.search(sentence.text) or _taken_back(text, sentence, places[-1].end):
        return False
    if _POINTS_TO.match(text, technique.end):
        return True
    return (
        adjusts(technique)
        and not technique.marks
        and _leads(text, sentence, technique.start)
        and bool(_TO_ITS_PLACE.fullmatch(text, technique.end, places[0].start))
    )


def _leads(text: str, sentence: Sentence, place: int) -> bool:
    """Whether nothing but a lead stands before a place in its clause: no day, no person, no plan."""
    cuts = [cut.end() for cut in _CLAUSE_ENDS.finditer(text, sentence.start, place)]
    return bool(_LEADS_IN.fullmatch(text, cuts[-1] if cuts else sentence.start, place))


def _taken_back(text: str, sentence: Sentence, place: int) -> bool:
    """Whether what follows says that it was not done, or is to be done: "C5 diversified, patient declined"."""
    end = text.find(";", place, sentence.end)
    return bool(_NOT_DONE.match(text, place, end if end != -1 else sentence.end))


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
        return first.family == "act" or _says_no_more(text, sentence, first.start)
    if sentence.zone == "O" or len(told) == 1 or first.family != "act" or not adjusts(first):
        return False
    return not text[sentence.start : first.start].strip(" \t*-•#>") and _is_place_of(text, first, told[1])


def _is_place_of(text: str, technique: Concept, place: Concept) -> bool:
    return place.family == "place" and bool(_TO_ITS_PLACE.fullmatch(text, technique.end, place.start))


def _says_no_more(text: str, sentence: Sentence, start: int) -> bool:
    """Whether behind "Tx" stand places, techniques and listings, and hardly another word: no rash, no injection, no clinic."""
    said = [(c.start, c.end) for c in sentence.concepts if c.family in ("act", "place")]
    words = [
        match for match in _WORD.finditer(text, start, sentence.end) if not any(a <= match.start() < b for a, b in said)
    ]
    return all(match.group().lower() in _BESIDE_PLACES for match in words)
