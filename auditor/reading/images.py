"""Images that the note cites: when they were taken, what they show, which regions."""

import re

from auditor.anatomy import SPINAL
from auditor.facts import Image
from auditor.reading.document import Concept, Reading, Sentence

_ORDERED = re.compile(
    r"\b(?:if|order\w*|will|consider|refer\w*|recommend\w*|request\w*|schedul\w*|needed|not taken|no films|no x-?rays?|declin\w*|defer\w*|pending|to be taken|not indicated|not available|unavailable|await\w*|without imaging|no imaging)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s*(?:they|it|these|this|the films?|the x-?rays?|films?|views?|findings?|impression|the report|the study|on them|the lateral|lateral|ap\b|[CTLS]\d|shows?|there)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:in|from|of)\s+((?:19|20)\d\d)\b|\b((?:19|20)\d\d)\b")
_FINDING = re.compile(
    r"\b(?:show\w*|reveal\w*|demonstrat\w*|negative|normal|no fracture|bulge|narrow\w*|degenerat\w*|thin\w*|spurring|unremarkable|loss of|fusion|intact|wnl|osteophyt\w*|lordosis|curve|scoliosis|stenosis|hernia\w*)\b",
    re.IGNORECASE,
)
_NO_BONE_BEFORE = re.compile(
    r"\b(?:disc|disk|meniscus|fragment|fracture|internal|external|odontoid is)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_NO_BONE_AFTER = re.compile(r"\s*(?:fracture|fragment|of the dis[ck]|dis[ck]\b)", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|without|negative for|not|nor|rule[sd]? out)\b[^.,;]{0,30}$", re.IGNORECASE)


def find_images(reading: Reading) -> list[Image]:
    """Images cited, in order. Ordered or declined ones, and the head CT of an emergency room without spine, are left out."""
    images: list[Image] = []
    for position, sentence in enumerate(reading.sentences):
        concept = next((c for c in sentence.of("image") if _is_image(reading, c)), None)
        if (
            concept is None
            or concept.marks & {"PLANNED", "HYPOTHETICAL", "OTHER_PERSON"}
            or _ORDERED.search(sentence.text)
        ):
            continue
        related = [sentence, *_continued(reading, position)]
        if any(one.has("shows") or one.has("cue", "disc") for one in related):
            for one in related:
                one.zone = "I"
        images.append(_image(reading, concept, related))
    return images


def _is_image(reading: Reading, concept: Concept) -> bool:
    word = reading.plain[concept.start : concept.end]
    follows = reading.plain[concept.end : concept.end + 12].lower()
    if concept.kind == "CT" and word.lower() == "ct":
        return word.isupper() and not follows.lstrip().startswith(("junction", "jxn", "joint", "jct", "jt"))
    return word.lower() not in ("film", "films") or not follows.startswith(" badge")


def _continued(reading: Reading, position: int) -> list[Sentence]:
    related = []
    for sentence in reading.sentences[position + 1 : position + 4]:
        same = sentence.section == "imaging" or (
            _GOES_ON.match(sentence.text) and (sentence.has("shows") or sentence.has("cue", "disc"))
        )
        if not same or sentence.has("image"):
            break
        related.append(sentence)
    return related


def _image(reading: Reading, concept: Concept, related: list[Sentence]) -> Image:
    start, end = related[0].start, related[-1].end
    words = reading.plain[start:end]
    shows = any(
        shown.asserted and not _DENIED.search(reading.plain, sentence.start, shown.start)
        for sentence in related
        for shown in sentence.of("shows")
        if _is_bony(reading, sentence, shown)
    )
    regions = tuple(dict.fromkeys(r for s in related for c in s.of("place") for r in c.regions if r in SPINAL))
    has_finding = shows or bool(_FINDING.search(words)) or any(s.has("cue", "disc") for s in related)
    return Image(concept.kind, _taken(reading, start, end), shows, has_finding, regions, reading.evidence(start, end))


def _is_bony(reading: Reading, sentence: Sentence, shown: Concept) -> bool:
    """Whether "displaced", "rotation" and the like are said of a bone, and not of a disc or a fracture."""
    before = reading.plain[max(sentence.start, shown.start - 24) : shown.start]
    after = reading.plain[shown.end : shown.end + 24]
    return not (_NO_BONE_BEFORE.search(before) or _NO_BONE_AFTER.match(after))


def _taken(reading: Reading, start: int, end: int) -> str | None:
    for written in reading.dates_in(start, end):
        if written.day:
            return written.day.isoformat()
        if written.month_year:
            return written.month_year
    year = _YEAR.search(reading.plain, start, end)
    return (year.group(1) or year.group(2)) if year else None
