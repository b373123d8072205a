"""Change since the last visit in words, its cause, and maintenance language."""

import re

from auditor.facts import Change
from auditor.reading.document import LOOSE, Concept, Reading, Sentence
from auditor.records import Evidence

_FACTOR = re.compile(
    r"\s+(?:with|when|while|lying|laying|sitting|standing|in the|if|whenever|going|up the|upon|bending|walking|on (?:standing|sitting|bending|rising|waking|the stairs|stairs)|at (?:night|the end|work)|first thing|by\b|after (?:sitting|rest|prolonged|standing))\b",
    re.IGNORECASE,
)
_OUTRIGHT = re.compile(r"improv|better|worse|worsen|reliev|less pain|more pain|increas|progressing")
_HEDGED = re.compile(
    r"\b(?:no|not|maybe|perhaps|hop(?:es?|ing)|wants?|wish\w*|would like|to (?:get|feel|be)|mood|sleep\w*|slept|energy|stress|morning|than|were|little|slight\w*|touch|bit|hair|somewhat|about the same|slow\w*|until|then|after|when|with|but|since|goal|expected|for \d|again)\b"
)
"""What takes a word of change back, or ties it to a moment: a contradiction of the numbers must be plain."""
_THAN_LAST = re.compile(
    r"\bthan (?:at |on |it was |he was |she was )*(?:the |her |his |our )?(?:last|previous|prior) (?:visit|time|session|appointment)\b"
)
"""A change said against the last visit by name, which the start of care does not bear out."""
_NOTE = re.compile(r"\s*(?:note|notes|report|visit|:|chart|summary|toward|exam)", re.IGNORECASE)
_NOT_ABLE = re.compile(r"\b(?:not|un|never|hardly|barely|isn't|wasn't|still (?:not|un))\s*$", re.IGNORECASE)
_NO_CAUSE = re.compile(
    r"\b(?:denies|denied|no history of|without)\s+(?:any\s+|a\s+|having\s+)?(?:new\s+|recent\s+)?\w+|\b(?:worried|afraid|nervous|anxious|concerned|upcoming|plans to|planning to|looking forward)\b"
)
"""What is denied, feared or still to come caused nothing."""
_RATED_IN_WORDS = re.compile(
    r"\b(?:is|at|up to|now)\s+(?:a|an)\s+(?:\d|one|two|three|four|five|six|seven|eight|nine|ten)\s*(?:[.,;]|$|now|today|and)"
)
_CONCRETE = re.compile(
    r"\d|\b(?:half|full|all|whole|without|again|both|both sides|now|herself|himself|own|shift|night|work|hours?|minutes?|miles?|church|mass|school|stairs|garden|run\w*|walk\w*|sit\w*|stand\w*|driv\w*|sleep\w*|lift\w*|bed|shower|dress|cook\w*|clean\w*|play\w*|swim\w*|ride|carry|carried|turn\w*|reach\w*|tie|kneel\w*)\b",
    re.IGNORECASE,
)
_ACTIVITY_OWN = re.compile(
    r"\b(?:I|she|he|they)\s+(?:\w+ed|ran|slept|sat|stood|drove|swam|rode|did|cut|mowed)\b[^.;]*\b(?:herself|himself|by myself|without|whole|full|all|again|first time)\b",
    re.IGNORECASE,
)
_COULD_NOT = re.compile(
    r"\b(?:could not|couldn't|can't|cannot|unable to|was unable)\b[^.;]{0,40}\b(?:at all|before|then|on \d|at (?:the )?(?:start|first|intake)|last (?:week|month|visit)|in (?:january|february|march|april|may|june|july|august|september|october|november|december)|when)\b",
    re.IGNORECASE,
)
_NOT_MAINTENANCE = re.compile(
    r"\b(?:not|isn't|no|never|rather than|versus|instead of)\s+(?:a\s+|for\s+|yet\s+|considered\s+|on\s+)?$",
    re.IGNORECASE,
)
_SUPPORT_OTHER = re.compile(
    r"\s*(?:shoes?|belt|brace|pillow|family|insoles|orthotics|listening|husband|wife|employer|medication|screening|dose|exercises?|dental|visit with|health screening|mode|man|crew|supervisor|department|worker|work|job|tech|shop|staff|window|schedule|contract|chiropractic(?! (?:care|adjust|visit|treat))|cent(?:er|re)s?\b|clinic|membership\w*|group|associates|studio|spa\b|institute|office|pllc|llc|inc\b|workshop|class|coach\w*|solutions)",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\s*(?:care\s+|visits?\s+|phase\s+|program\s+)?(?:will\s+|to\s+|may\s+|should\s+)?(?:begins?|starts?|follows?)\s+(?:in\s+|on\s+|from\s+)?(?!today|now)(?:next|the|january|february|march|april|may|june|july|august|september|october|november|december|after|once|when|\d)",
    re.IGNORECASE,
)
"""Maintenance that is to come leaves today's care active."""
_ONCE = re.compile(r"\b(?:was|were|had been|used to)\b[^.;]*$", re.IGNORECASE)
_OVER = re.compile(r"\s*(?:care\s+|visits?\s+|basis\s+|phase\s+)?(?:until|till|ended|stopped)\b", re.IGNORECASE)
"""Maintenance that is over, together with a verb of the past before it: "was seen under maintenance until May"."""
_NAME_OF_PRACTICE = re.compile(r"(?:&|\b(?:and|spine|health|family|life|total|vitality))\s*$", re.IGNORECASE)
"""What stands before "Wellness" in the name of a practice."""
_PERMANENT = re.compile(r"\bchronic\b[^.\n]{0,60}\bpermanent\b|\bpermanent\b[^.\n]{0,60}\bchronic\b")
_ENGLISH = re.compile(
    r"\b(?:the|and|of|is|was|were|with|for|she|he|her|his|patient|pt|left|right|adj\w*|back|neck|pain|tender|restr\w*|visit|today|"
    r"spasm|lumbar|cervical|thoracic|plan|signed|by|in|to|no|not|at|on|low|dc|treatment|exam)\b",
    re.IGNORECASE,
)
_ENGLISH_WORDS = frozenset(
    ["the", "and", "of", "is", "was", "were", "with", "for", "she", "he", "her", "his", "patient", "pt", "left", "right", "back", "neck", "pain", "tender", "visit", "today", "spasm", "lumbar", "cervical", "thoracic", "plan", "signed", "by", "in", "to", "no", "not", "at", "on", "low", "dc", "treatment", "exam"]
)  # fmt: skip
_ENOUGH_WORDS = 6
"""Words of the field (beside places, which stand in notes of every language) that make a text an English note."""
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_OPEN_END = re.compile(r"(?:\b(?:and|the|of|to|with|at|for|a|an|or|is|was|left|right|in)|[,(/-])\s*$", re.IGNORECASE)


def find_changes(reading: Reading) -> list[Change]:
    """Changes since the last visit that the note states in words, and functional gains."""
    changes = []
    for sentence in reading.sentences:
        if sentence.zone in ("H", "I", "X", "G", "T", "B") or (sentence.zone == "O" and sentence.section not in LOOSE):
            continue
        if sentence.zone == "P" and sentence.section not in LOOSE:
            continue
        for concept in sentence.of("change"):
            if _counts(reading, sentence, concept):
                direction = concept.kind
                words = reading.lowered[concept.start : concept.end]
                changes.append(
                    Change(
                        direction,
                        reading.whole(sentence),
                        firm=_firm(sentence, words),
                        against_last=bool(_THAN_LAST.search(sentence.lowered)),
                    )
                )
        text = sentence.lowered
        if (
            ("sel" in text and _ACTIVITY_OWN.search(text))
            or (("could" in text or "can" in text or "unable" in text) and _COULD_NOT.search(text))
            or ("again" in text and _ACTIVITY_OWN.search(text))
        ):
            changes.append(Change("gain", reading.whole(sentence)))
    return changes


def _firm(sentence: Sentence, words: str) -> bool:
    """Whether a change is said outright, with nothing in its sentence that takes it back."""
    kinds = {concept.kind for concept in sentence.of("change")}
    told = _THAN_LAST.sub(" ", sentence.lowered)
    return bool(_OUTRIGHT.search(words)) and len(kinds - {"gain"}) == 1 and not _HEDGED.search(told)


def _counts(reading: Reading, sentence: Sentence, concept: Concept) -> bool:
    if concept.marks & {"HISTORICAL", "HYPOTHETICAL", "PLANNED", "OTHER_PERSON"} and concept.kind != "worse":
        return False
    after = reading.plain[concept.end : sentence.end]
    before = reading.plain[sentence.start : concept.start]
    words = reading.plain[concept.start : concept.end].lower()
    if words in ("reduced", "decreased") and any(c.start == concept.start for c in sentence.of("finding")):
        return False  # "C6 motion is reduced" is a finding
    if words == "completed" and sentence.has("instrument"):
        return False
    if concept.kind == "gain":
        return not _NOT_ABLE.search(before) and not concept.negated and bool(_CONCRETE.search(after + before[-40:]))
    if concept.negated and concept.kind != "same":
        return False
    if words in ("worse", "better", "aggravated", "relief", "easier") and _FACTOR.match(after):
        return False
    return not (words in ("progress", "progressing", "improvement", "reduced", "resolved") and _NOTE.match(after))


def find_causes(reading: Reading) -> list[Evidence]:
    """Documented causes of a worsening: a cause named in or beside a sentence that tells of it, and not denied."""
    causes: list[Evidence] = []
    sentences = reading.sentences
    for position, sentence in enumerate(sentences):
        flare = sentence.zone == "O" and sentence.section in LOOSE and sentence.has("change")
        if sentence.zone not in ("S", "A", "") and not flare:  # "FLARE: slept sitting up, neck locked to R"
            continue
        if not sentence.has("cause") or sentence.has("nocause"):
            continue
        around = sentences[max(0, position - 1) : position + 2]
        told = any(c.kind == "worse" and not c.negated for s in around for c in s.of("change")) or any(
            "/10" in s.text or "out of ten" in s.lowered or _RATED_IN_WORDS.search(s.lowered) for s in around
        )
        denied = any(s.has("nocause") for s in around) or _NO_CAUSE.search(sentence.lowered)
        if told and not denied:
            causes.append(reading.whole(sentence))
    return causes


def find_maintenance(reading: Reading) -> list[Evidence]:
    """Where the note calls today's care maintenance, wellness, supportive or preventive."""
    found = []
    for sentence in reading.sentences:
        if sentence.zone in ("H", "X", "I"):
            continue
        for concept in sentence.of("maintenance"):
            before = reading.plain[max(sentence.start, concept.start - 24) : concept.start]
            named = "wellness" in reading.plain[concept.start : concept.end].lower() and _NAME_OF_PRACTICE.search(
                before
            )
            if (
                named
                or (
                    concept.marks
                    and not before.rstrip().endswith(("recommended:", "Recommended:", "Recommendation:", "Plan:"))
                )
                or _NOT_MAINTENANCE.search(before)
                or _SUPPORT_OTHER.match(reading.plain, concept.end)
                or _TO_COME.match(reading.plain, concept.end)
                or (
                    _OVER.match(reading.plain, concept.end)
                    and _ONCE.search(sentence.text, 0, concept.start - sentence.start)
                )
            ):
                continue
            found.append(reading.evidence(concept.start, concept.end))
    return found


def permanent(reading: Reading) -> list[Evidence]:
    """Where the note says that the condition is chronic and permanent."""
    if "permanent" not in reading.lowered:
        return []
    return [reading.evidence(match.start(), match.end()) for match in _PERMANENT.finditer(reading.lowered)]


def _foreign_words(text: str) -> bool:
    """Whether hardly a word of a text is one of English or of the field."""
    split = text[:600].lower().split()
    if sum(map(_ENGLISH_WORDS.__contains__, split)) >= max(1, len(split) * 0.09):
        return False
    words = len(_WORD.findall(text[:600]))
    return len(_ENGLISH.findall(text[:600])) < (words * 0.09 if words > 14 else 1)


def _speaks_the_field(reading: Reading) -> bool:
    """Whether the shorthand of the field stands where the words of a sentence would: findings, acts, signing, plans."""
    told = {
        c.start for c in reading.concepts if c.family in ("finding", "act", "plan", "subluxation", "signing", "change")
    }
    return len(told) >= _ENOUGH_WORDS


def unreadable(reading: Reading) -> str | None:
    """Why a text can hardly be a note: ``empty``, ``not_english`` or ``cut_off``."""
    text = reading.plain.strip()
    if not text:
        return "empty"
    if len(text) > 40 and (
        len(_FOREIGN.findall(text[:600])) > len(text[:600]) * 0.4
        or (not _speaks_the_field(reading) and _foreign_words(text))
    ):
        return "not_english"
    return "cut_off" if len(text) > 200 and _OPEN_END.search(text[-30:]) else None
