"""What a pain rating rates: the spinal regions, or the limb or head, that the words around it name."""

import re

from auditor.anatomy import SPINAL
from auditor.reading.document import Concept, Reading, Sentence

_LETTER = re.compile(r"(?<![A-Za-z/])(?P<letter>[CTL])(?:/S)?\s?[:=-]?\s*$")
_LETTERS = {"C": "cervical", "T": "thoracic", "L": "lumbar"}
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
    limb = list(_LIMB.finditer(text, sentence.start, start))
    nearest = before[-1] if before else None
    if (
        limb
        and (nearest is None or limb[-1].start() > nearest.end)
        and limb[-1].group().lower() not in ("leg", "arm", "radiating")
    ):
        return (), "head" if limb[-1].group().lower().startswith(("h", "m", "j", "f")) else "lower_extremity"
    if nearest is None and after:
        nearest = after[0]
    if nearest is None and heading:
        nearest = heading[0]
    if nearest is None:
        if limb_only:
            return (), "extremity"
        return (complaint if len(complaint) == 1 else ()), None
    group = [nearest]
    if nearest in before:
        for other in reversed(before[:-1]):
            if re.fullmatch(
                r"\s*(?:pain|ache)?\s*(?:,|and|&|/|\+)\s*(?:the |left |right |[LRlr] )?",
                text[other.end : group[0].start],
            ):
                group.insert(0, other)
            else:
                break
    spinal = tuple(dict.fromkeys(r for c in group for r in c.regions if r in SPINAL))
    return spinal, None if spinal else nearest.regions[0] if nearest.regions else "extremity"
