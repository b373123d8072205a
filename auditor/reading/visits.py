"""What kind of visit a note tells of: an initial one, or a subsequent one."""

import re

from auditor.reading.document import Concept, Reading, Sentence
from auditor.records import Evidence

_SINCE = re.compile(r"\b(?:since|at|from|after|her|his|no|last|on)\s+(?:the\s+|her\s+|his\s+)?$")
"""Before "initial visit" it tells of another day."""
_INITIAL_ALONE = re.compile(r"[\s*#|-]*(?:(?:s|subj|subjective|cc|visit)\s*[:-]\s*)?initial[\s.:;|*]*")
_OF_A_PLAN = re.compile(
    r"\s*(?:of|on|under|in|with)\s+(?:the\s+|a\s+|an\s+|her\s+|his\s+|this\s+|our\s+)?(?:new\s+|next\s+|current\s+|second\s+|revised\s+|renewed\s+|updated\s+|treatment\s+|care\s+)*(?:plan|phase|series|course|block|week|month|year)\b|\s*(?:this (?:year|month|week|season)|since\b|with dr|after\b|back\b)"
)
"""Behind "first visit": it begins a plan, and no care."""
_INITIAL_AT_END = re.compile(
    r"(?:\A|\n)[^\n]{0,80}(?<!MIDDLE)(?<!PROVIDER)(?<![Pp]rovider)(?<![Aa]fter)(?<![Ss]ince)(?<!AFTER)(?<!DOCTOR)(?<!PATIENT)(?<!Dr)(?<!DR)[ \t]INITIAL[ \t]*(?=\n|\Z)"
)
_HEADLINES = 160
"""Characters of a note in which a heading may call it INITIAL."""
_NEW_EPISODE = frozenset(
    (
        "new injury",
        "injury: new",
        "condition: new",
        "complaint: new",
        "episode: new",
        "new episode",
        "new complaint",
        "new condition",
        "new cond",
        "new problem",
    )
)


def visit_of(reading: Reading) -> tuple[str, Evidence | None]:
    """``initial`` or ``subsequent`` as the note itself tells, with what says so; subsequent where nothing does."""
    first: dict[str, Concept] = {}
    for sentence in reading.sentences:
        for concept in sentence.of("visit") if sentence.zone not in ("G", "X") else ():
            if _tells(reading, sentence, concept):
                first.setdefault(concept.kind, concept)
    initial, later = first.get("initial"), first.get("subsequent")
    if initial and reading.plain[initial.start : initial.end].lower() in _NEW_EPISODE:
        return "initial", reading.evidence(initial.start, initial.end)
    if initial is None and (headed := _headed(reading)):
        return "initial", headed
    if not first and _full_first_visit(reading):
        return "initial", None
    if initial and (later is None or initial.start < later.start):
        return "initial", reading.evidence(initial.start, initial.end)
    return "subsequent", reading.evidence(later.start, later.end) if later else None


def _tells(reading: Reading, sentence: Sentence, concept: Concept) -> bool:
    """Whether a phrase tells the kind of this visit, and not of a visit before, to come, or of a plan's beginning."""
    told = reading.lowered[concept.start : concept.end]
    if sentence.zone == "H" and not told.startswith("new to"):
        return False
    if concept.kind == "subsequent":
        planned = sentence.zone == "P" and told.startswith("re")  # "2x/week for 4 weeks, then re-exam"
        return not planned and not concept.marks
    if concept.marks & {"HISTORICAL", "PLANNED", "NEGATED"} or _OF_A_PLAN.match(reading.lowered, concept.end):
        return False
    return not _SINCE.search(reading.lowered, max(0, concept.start - 20), concept.start)


def _headed(reading: Reading) -> Evidence | None:
    """Where a line says "initial" and nothing else, or the note's heading ends with it in capitals."""
    alone = next((s for s in reading.sentences if s.zone != "P" and _INITIAL_ALONE.fullmatch(s.lowered)), None)
    if alone is not None:
        return reading.whole(alone)
    heading = _INITIAL_AT_END.search(reading.plain, 0, _HEADLINES)
    return reading.evidence(*heading.span()) if heading else None


def _full_first_visit(reading: Reading) -> bool:
    """Whether a note that names no kind of visit holds a full history and a first plan."""
    names = {section.name for section in reading.sections}
    plan = reading.found.get("plan")
    whole = {"subjective", "history", "objective"} <= names
    return bool(whole and plan and plan.frequency and plan.duration and not plan.refers) and not any(
        measure.previous is not None for measure in reading.found.get("measures", ())
    )
