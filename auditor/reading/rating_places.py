"""What a pain rating rates: the spinal regions, or the limb or head, that the words around it name."""

import re

from auditor.anatomy import SPINAL
from auditor.reading.document import Concept, Reading, Sentence

_LETTER = re.compile(r"(?<![A-Za-z/])(?P<letter>[CTL])(?:/S)?\s?[:=-]?\s*$")
_LETTERS = {"C": "cervical", "T": "thoracic", "L": "lumbar"}
_LISTED = re.compile(r"\s*(?:pain|ache)?\s*(?:,|and|&|/|\+)\s*(?:the |left |right |[LRlr] )?")
_RIGHT_BEHIND = re.compile(r"\s+(?:(?:left|right|in|of|for|the|her|his)\s+){0,3}")
_LIMB = re.compile(
    r"\b(?:headaches?|migraines?|(?-i:HAs?|H/A)|sciatica|radicular|arm|leg|jaw|face|foot|calf|radiating)\b",
    re.IGNORECASE,
)


def place_of_rating(
    reading: Reading,
    sentence: Sentence,
    span: tuple[int, int],
    heading: list[Concept],
    complaint: tuple[str, ...],
    limb_only: bool,
) -> tuple[tuple[str, ...], str | None]:
    """Spinal regions that a rating is of, or the limb or head that it is of instead."""
    text, (start, end) = reading.plain, span
    places = [
        c
        for c in sentence.of("place")
        if c.kind in ("region", "level", "joint", "sided", "extraspinal", "junction", "landmark", "muscle")
        and "OTHER_PERSON" not in c.marks
    ]
    letter = _LETTER.search(text, max(sentence.start, start - 8), start)
    if letter:
        return (_LETTERS[letter["letter"]],), None
    before = [c for c in places if c.end <= start]
    after = [
        c for c in places if c.start >= end and c.start - end < 26 and not re.search(r"[,;.|]|\d", text[end : c.start])
    ]
    nearest = before[-1] if before else None
    limb = _limb_before(text, sentence.start if nearest is None else max(sentence.start, nearest.end), start)
    if limb is not None:
        return (), limb
    if after and _RIGHT_BEHIND.fullmatch(text, end, after[0].start):
        parted = nearest is None or re.search(r"[,;\d]", text[nearest.end : start])
        nearest, before = (after[0], []) if parted else (nearest, before)  # "6/10 neck pain, 4/10 low back pain"
    nearest = nearest or next(iter([*after, *heading]), None)
    if nearest is None:
        return ((), "extremity") if limb_only else (complaint if len(complaint) == 1 else (), None)
    group = _listed_with(text, nearest, before)
    spinal = tuple(dict.fromkeys(r for c in group for r in c.regions if r in SPINAL))
    return spinal, None if spinal else nearest.regions[0] if nearest.regions else "extremity"


def _limb_before(text: str, start: int, end: int) -> str | None:
    """The head or limb named last before a rating, behind every place of the spine."""
    named = [match.group().lower() for match in _LIMB.finditer(text, start, end)]
    if not named or named[-1] in ("leg", "arm", "radiating"):
        return None
    return "head" if named[-1].startswith(("h", "m", "j", "f")) else "lower_extremity"


def _listed_with(text: str, nearest: Concept, before: list[Concept]) -> list[Concept]:
    """A place with those listed right before it: "neck and mid back 4/10" rates both."""
    group = [nearest]
    if nearest not in before:
        return group
    for other in reversed(before[:-1]):
        if not _LISTED.fullmatch(text, other.end, group[0].start):
            break
        group.insert(0, other)
    return group
