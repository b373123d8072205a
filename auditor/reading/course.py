"""Where a note stands in a course of care: a re-examination, a closing note, the side and the denial of a complaint."""

import re
from collections.abc import Iterator

from auditor.anatomy import SPINAL
from auditor.facts import Examination, SidedPlace
from auditor.reading.document import Concept, Reading, Sentence
from auditor.records import Evidence

_TO_COME = re.compile(
    r"\s*(?:is |are |will be |to be )?(?:in\b|from (?:the )?(?:hospital|er\b|ed\b|emergency|inpatient|rehab|pt\b|physical)|at\b|after|due|every|each|by\b|scheduled|planned|next|q\b|@|when|once|if\b|upon|visit\s*#?\d|on\s+\d)",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:until|before|towards?|anticipate\w*|expect\w*|plan(?:s|ned|ning)? (?:for|to)|will|to be|for|next|scheduled|due|prior to|at|by|then|consider|since|last|previous|after|from|per|of|see)\s+(?:the\s+|her\s+|his\s+|a\s+|next\s+|last\s+|likely\s+|be\s+)?$",
    re.IGNORECASE,
)
"""What stands before an examination or a discharge that is not today's: "until re-exam", "since the last re-exam"."""
_CLOSED_ALONE = re.compile(r"\W*(?:p[:.)]\s*)?(?:d/c|dc'?d|d/c'd|discharged?|released?)\W*")
"""A sentence of its own that closes the care."""
_MAY_BE_PAST = frozenset(("discharged", "discharged with", "discharged to", "d/c to"))
"""Words that in the patient's own account tell of a hospital or of former care."""
_DONE = re.compile(r"\b(?:done|performed|completed|today|conducted|this visit)\b", re.IGNORECASE)
_NEAR = 40
_PASSED_OVER = frozenset("HI")
_DENIED = frozenset(("NEGATED", "HISTORICAL", "HYPOTHETICAL", "PLANNED", "OTHER_PERSON"))
_SIDE_BEFORE = re.compile(
    r"\b(left|right|lt|rt|l|r|bilateral|both)\b(?:[- ]sided)?\s+(?:sides? of (?:the |her |his )?)?(?:\w+\s+){0,2}$"
)
_SIDE_BEHIND = re.compile(
    r"^[^.;,\n]{0,32}?\b(?:on|to|at|in)\s+(?:the\s+|her\s+|his\s+)?(left|right|lt|rt)\b(?!\s+(?:rotation|lateral|rot|ear|hand))"
)
_SIDE_OF_LEVEL = re.compile(
    r"^\s{0,2}(?:on\s+(?:the\s+)?)?\(?(left|right|lt|rt|l|r)\b\)?(?!\s+(?:rotation|rot|lateral|lat))"
)
_SIDES = {"lt": "left", "rt": "right", "l": "left", "r": "right", "both": "bilateral"}
_OF_LEVEL = {"L": "left", "R": "right", "B": "bilateral"}
_PAIN = re.compile(
    r"\b(?:pain\w*|ache\w*|aching|sore\w*|hurt\w*|discomfort|symptoms?|complain\w*|c/o|tender\w*|spasm\w*|hyperton\w*|taut|tight\w*|trigger points?|\d{1,2}/10)\b"
)
_DENIES = re.compile(
    r"\b(?:denies|denied|no|without|not have|doesn't have|free of)\s+(?:any\s+|having\s+|current\s+)?(?:more\s+)?(?:\w+\s+){0,2}$"
)
_NAMES_PAIN = re.compile(r"\bpain(?:ful)?\b|\bache\b|\bsoreness\b|\bdiscomfort\b|\b[1-9]0?/10\b")
_FREE_OF_PAIN = re.compile(r"pain(?:[- ]free|less)|pain\s+(?:is\s+)?(?:absent|denied|at end|with|on|upon|during)")
"""No pain, or one that only a test brings out."""
_AT_TIMES = re.compile(
    r"[\s,]*(?:at (?:rest|night|present|this)|with\b|when\b|while\b|on\b|during|in the|upon|radiat|into\b|below|past\b|after)"
)
"""A denial that holds for some of the time or some of the place only."""
_BESIDE = 12
"""Characters behind a place in which its pain is named."""


def find_examinations(reading: Reading) -> tuple[Examination, ...]:
    """Re-examinations made today and notes that close the course of care; what is only announced is none."""
    found = []
    for sentence in reading.sentences:
        if sentence.zone in _PASSED_OVER:
            continue
        if _CLOSED_ALONE.fullmatch(sentence.lowered):
            found.append(Examination("discharge", reading.whole(sentence)))
        for concept in (*sentence.of("evaluation"), *sentence.of("course")):
            kind = {"re_examination": "re_examination", "closing": "discharge"}.get(concept.kind)
            if kind and _of_today(reading, sentence, concept, closing=kind == "discharge"):
                found.append(Examination(kind, reading.evidence(concept.start, concept.end)))
    return tuple(found)


def _of_today(reading: Reading, sentence: Sentence, concept: Concept, *, closing: bool = False) -> bool:
    if sentence.section == "subjective" and reading.lowered[concept.start : concept.end] in _MAY_BE_PAST:
        return False
    if concept.marks & _DENIED or _TO_COME.match(reading.plain, concept.end):
        return False
    if _AHEAD.search(reading.plain, max(sentence.start, concept.start - _NEAR), concept.start):
        return False
    in_plan = sentence.zone in ("P", "G") and not closing
    return not in_plan or bool(_DONE.search(reading.plain, concept.end, sentence.end))


def find_denied(reading: Reading) -> tuple[tuple[str, Evidence], ...]:
    """Spinal regions whose pain the patient denies today: "denies neck pain", "no low back pain"."""
    return tuple(_painful(reading, "S", denied=True))


def find_pain_found(reading: Reading) -> tuple[tuple[str, Evidence], ...]:
    """Spinal regions that the examination calls painful or rates; tenderness to the touch alone is none of it."""
    return tuple(_painful(reading, "O", denied=False))


def _painful(reading: Reading, zone: str, *, denied: bool) -> Iterator[tuple[str, Evidence]]:
    text = reading.lowered
    for sentence in reading.sentences:
        if sentence.zone != zone or not _PAIN.search(sentence.lowered):
            continue
        for place in sentence.of("place"):
            named = _NAMES_PAIN.search(text, place.start, min(sentence.end, place.end + _BESIDE))
            is_denied = bool(_DENIES.search(text, max(sentence.start, place.start - _NEAR), place.start))
            if is_denied and _AT_TIMES.match(text, max(place.end, named.end() if named else 0)):
                continue
            if (
                not named
                or is_denied != denied
                or (not denied and (place.negated or _FREE_OF_PAIN.match(text, named.start())))
            ):
                continue
            for region in place.regions:
                if region in SPINAL:
                    yield region, reading.evidence(place.start, max(place.end, named.end()))


def find_sided(reading: Reading) -> tuple[SidedPlace, ...]:
    """The side of each complaint, and of each pain, tenderness or spasm found, by region; limbs too."""
    return tuple(item for sentence in reading.sentences for item in _sided(reading, sentence))


def _sided(reading: Reading, sentence: Sentence) -> Iterator[SidedPlace]:
    lowered = sentence.lowered
    if sentence.zone not in ("S", "O") or not _PAIN.search(lowered):
        return
    if sentence.zone == "O" and not any(
        c.family == "finding" and c.asserted and c.entry.criterion in ("P", "T") for c in sentence.concepts
    ):
        return
    for place in sentence.of("place"):
        side = (
            None if place.negated or place.marks & {"HISTORICAL", "OTHER_PERSON"} else _side(reading, sentence, place)
        )
        if side and place.regions:
            name, start = side
            yield SidedPlace(place.regions[0], name, sentence.zone, reading.evidence(start, place.end))


def _side(reading: Reading, sentence: Sentence, place: Concept) -> tuple[str, int] | None:
    """The side that a place is given, and where the words for both begin."""
    for level in place.levels:
        if level[-2:-1] == "-":
            return _OF_LEVEL[level[-1]], place.start
    text = reading.lowered
    before = _SIDE_BEFORE.search(text, max(sentence.start, place.start - 24), place.start)
    match = before or (_SIDE_OF_LEVEL if place.kind == "level" else _SIDE_BEHIND).match(text[place.end : sentence.end])
    return (_SIDES.get(match[1], match[1]), before.start() if before else place.start) if match else None


def told_to_have_moved(reading: Reading) -> bool:
    """Whether the note says that a complaint has moved to another side."""
    return any(c.kind == "moved" and not c.negated for sentence in reading.sentences for c in sentence.of("course"))
