"""What the claim's checks ask of a note: stage of the condition, reason for an evaluation, side (rulebook §3.1, §7, §8)."""

import re

from auditor.facts import Side
from auditor.reading.document import Concept, Reading, Sentence
from auditor.records import Evidence

_ABOUT_THE_PATIENT = re.compile(r"\s*(?:cardiopulmonary |respiratory )?distress\b", re.IGNORECASE)
"""What makes "acute" a word about how the patient looks."""
_TO_COME = re.compile(r"\s*(?:is |are )?(?:in|at|after|due|on|every|each|by|scheduled|next|q|@)\b", re.IGNORECASE)
"""What follows an examination that is still to come: "re-exam in four weeks"."""
_DONE = re.compile(r"\b(?:done|performed|completed|today|conducted)\b", re.IGNORECASE)
_SIDED = re.compile(
    r"\b(?P<side>left|right|bilateral|lt|rt)\b[-\s]+(?:sided\s+|lower\s+|upper\s+|\w+\s+)?"
    r"(?P<place>shoulder|elbow|wrist|hand|hip|knee|ankle|foot|leg|arm|sciatica|sciatic|radiculopathy|radicular)\b"
    r"|\b(?P<place2>sciatica|radiculopathy)\b[,\s]+(?:on\s+the\s+)?(?P<side2>left|right|bilateral|lt|rt)\b"
)
_SIDES = {"lt": "left", "rt": "right"}
_PLACES = {"sciatic": "sciatica", "radicular": "radiculopathy", "leg": "sciatica"}
"""Words for one another: a code's title says sciatica where a note says left leg pain."""
_ELSEWHERE = frozenset(("H", "X", "I", "G"))
_DENIED = frozenset(("NEGATED", "HISTORICAL", "HYPOTHETICAL", "PLANNED", "OTHER_PERSON"))


def find_stage(reading: Reading) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """Where the note says that the condition is acute, chronic or an exacerbation, and where not merely chronic."""
    found = [
        (reading.evidence(concept.start, concept.end), concept.kind)
        for sentence in reading.sentences
        if sentence.zone not in _ELSEWHERE
        for concept in sentence.of("stage")
        if not concept.marks & _DENIED and not _ABOUT_THE_PATIENT.match(reading.plain, concept.end)
    ]
    return tuple(item for item, _ in found), tuple(item for item, kind in found if kind != "chronic")


def find_evaluation(reading: Reading) -> list[Evidence]:
    """What gives an evaluation on this date a reason of its own: a new condition, an exacerbation, a re-examination."""
    return [
        reading.evidence(concept.start, concept.end)
        for sentence in reading.sentences
        if sentence.zone not in _ELSEWHERE
        for concept in sentence.of("evaluation")
        if not concept.marks & _DENIED and not _still_to_come(reading, sentence, concept)
    ]


def _still_to_come(reading: Reading, sentence: Sentence, concept: Concept) -> bool:
    """Whether an examination is only announced: by what follows it, or by standing in the plan without "done"."""
    if concept.kind not in ("re_examination", "discharge"):
        return False
    if _DONE.search(reading.plain, concept.end, sentence.end):
        return False
    return sentence.zone == "P" or bool(_TO_COME.match(reading.plain, concept.end))


def find_sides(reading: Reading) -> list[Side]:
    """Where the note gives the side of a limb's complaint or of a sciatica."""
    found = []
    for sentence in reading.sentences:
        if sentence.zone in _ELSEWHERE or not any(
            side in sentence.lowered for side in ("left", "right", "bilat", "lt", "rt")
        ):
            continue
        for match in _SIDED.finditer(sentence.lowered):
            side, place = match["side"] or match["side2"], match["place"] or match["place2"]
            evidence = reading.evidence(sentence.start + match.start(), sentence.start + match.end())
            found.append(Side(_PLACES.get(place, place), _SIDES.get(side, side), evidence))
    return found
