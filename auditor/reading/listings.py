"""Listings: how a technique writes the misalignment of a bone ("L5 PLI-M", "R ilium PI", "C1 ASR")."""

import re
from collections.abc import Iterator

from auditor.facts import PartFinding
from auditor.reading.document import LOOSE, Concept, Reading, Sentence

_LISTING = re.compile(
    r"(?<![A-Za-z0-9])(?:P[RL](?:[SI])?(?:-?(?:M|T|SP|La|inf))?|P-[RL]|AS[RL][AP]?|AI[RL]?|PI(?:-?(?:EX|IN|Ex|In))?(?:-[RL])?|AS(?:-?(?:EX|IN|Ex|In))?(?:-[RL])?|B[RL]|ES[RL]|[EF](?:RS|SR)[RL]?|RP|LP|RPI|LPI|[RL]\.? (?:rot|lat)\b|dev(?:iated|\.)? (?:to the )?(?:right|left|[RL])|(?:post|ant|posterior|anterior|lateral|lat|inf|sup|rotated) (?:right|left|[RL])|base (?:post|ant|posterior|anterior)|(?:apex|base) (?:right|left|[RL]|post\w*|ant\w*)|body (?:right|left)|laterality|spinous (?:right|left|[RL])|rot(?:ated)? (?:right|left|[RL])\b(?! side)|(?:post|ant)\.?(?=\s*[,;+&]|\s*$|\.\s))(?![A-Za-z])"
)
_MOTION_BEFORE = re.compile(
    r"(?:restr\w*|rest|decr\w*|reduced|limited|loss of|lost|in|dec|fix\w*|hypo\w*|painful|full|on|↓|to)\.?\s*$",
    re.IGNORECASE,
)
_OF_THE_ILIUM = re.compile(r"(?<![A-Za-z])(?:PI|AS|PIEX|PIIN|ASIN|ASEX)[\s-]*(?:EX|IN)?\s*(?:left|right|[LR])?\s*$")
_GLUED = re.compile(r"(?<![A-Za-z])[CTLD]\d{1,2}(?:P[RL][SI]?\w?|[RL]|BR|BL)(?![A-Za-z0-9])")
_LISTED_ITSELF = re.compile(r"(?:PI|AS)(?:-?(?:EX|IN|Ex|In))?(?![A-Za-z])")
"""A place whose name is its listing: "PI ilium", "R PIEx"."""
_TURN = re.compile(r"rot|lat", re.IGNORECASE)


def find_listings(
    reading: Reading, sentence: Sentence, clause: tuple[int, int], items: list[Concept]
) -> Iterator[PartFinding]:
    """Listings and malpositions beside the bones of a clause, each a finding of A. None stands in a treatment line.

    Args:
        reading: the note.
        sentence: the sentence.
        clause: where the clause begins and ends.
        items: the concepts of the clause.
    """
    places = [c for c in items if c.family == "place" and c.kind in ("level", "joint", "sided")]
    if sentence.zone in ("T", "P") or not places or (sentence.zone == "A" and sentence.section in LOOSE):
        return
    text, (start, end) = reading.plain, clause
    for place in places:
        ilium = place.kind == "sided" and place.entry.levels == ("IL",)
        if ilium and _LISTED_ITSELF.match(text, place.start, place.end):
            yield _listing(reading, place, place.start, place.end)
            continue
        if ilium and _OF_THE_ILIUM.search(text, max(start, place.start - 22), place.start):
            yield _listing(reading, place, place.start - 3, place.end)
    for match in _LISTING.finditer(text, start, end):
        listed = _listed(text, start, places, items, match)
        if listed is not None:
            yield _listing(reading, listed, match.start(), match.end())
    for match in _GLUED.finditer(text, start, end):
        for place in places:
            if place.start == match.start():
                yield _listing(reading, place, place.start, place.end)


def has_listing(text: str, start: int, end: int) -> bool:
    """Whether a listing stands between two offsets: such a clause has its finding, and gives its bone no other."""
    return _LISTING.search(text, start, end) is not None


def _listed(text: str, start: int, places: list[Concept], items: list[Concept], match: re.Match[str]) -> Concept | None:
    """The bone that a listing belongs to; None where it is a motion, denied, or the word of another finding."""
    before = [c for c in places if c.end <= match.start() + 1 and match.start() - c.end < 26]
    if not before or _MOTION_BEFORE.search(text, max(start, match.start() - 14), match.start()):
        return None
    place, name = before[-1], match.group()
    if name in ("PI", "AS") and place.levels[0][:2] not in ("IL", "SI"):
        return None
    if any(c.negated for c in items if place.end < c.start < match.end()):
        return None
    between = any(c.family == "finding" and place.end <= c.start < match.start() for c in items)
    return None if between and _TURN.search(name) else place


def _listing(reading: Reading, place: Concept, start: int, end: int) -> PartFinding:
    evidence = reading.evidence(min(place.start, start), max(place.end, end))
    return PartFinding("A", place.regions, place.levels, evidence, True)
