"""A pelvis out of level, in the many words for it: a short leg, an ilium or crest that sits high, a PSIS that is low."""

import re
from collections.abc import Iterator

from auditor.facts import PartFinding
from auditor.reading.document import Reading, Sentence

_NAMED = ("ilium", "ilia", "innominate", "psis", "asis", "crest", "short", "pelvis")
_AMOUNT = r"(?:\d[\d/. ]{0,5}\s?(?:\"|''|in\b\.?|inch(?:es)?|mm|cm)\s+)?"
_SHORT_LEG = re.compile(
    rf"\b(?:r|l|rt|lt|right|left)\.?\s+leg\s+(?:is\s+|appears\s+|measures\s+|checks\s+)?{_AMOUNT}(?:short(?:er)?|deficien\w+)\b|\bleg\b[^.;\n]{{0,24}}?\b(?:r|l|rt|lt|right|left)\.?\s+{_AMOUNT}short\b(?!\s+_)"
)
_BONE = re.compile(
    r"\b(?:ilium|innominate|psis|asis|iliac crests?|crests?|pelvis)\b[ \t]{1,12}(?:on (?:that|the (?:right|left)) side[ \t]+)?(?:(?:is|was|sits|stands|rides|lies|has (?:dropped|gone|slipped|moved))[ \t]+)?(?:(?:right|left|[rl])[ \t]+)?(?:a (?:little|bit|finger|shade|touch|hair|trifle) |slightly |\w+ly )?(?:↑|↓|high(?:er)?|low(?:er)?|elevated|tilted|back and (?:down|low)|down and back|up and forward|posterior and inferior|anterior and superior|posterior|anterior(?:ly rotated)?)(?!\w)"
)
_DENIED = re.compile(r"\b(?:no|not|neither|nor|isn't|without|never|last (?:visit|time)|was)\b[^,;.]{0,24}$")


def names_the_pelvis(lowered: str) -> bool:
    """Whether a text in small letters names what may be out of level: in many notes no sentence need be looked at."""
    return any(name in lowered for name in _NAMED)


def pelvic_asymmetry(reading: Reading, sentence: Sentence) -> Iterator[PartFinding]:
    """The statements of a sentence that the pelvis is out of level, each an A of the pelvic region (verdicts §5)."""
    if sentence.zone in ("T", "H", "N", "X") or not names_the_pelvis(sentence.lowered):
        return
    for pattern in (_SHORT_LEG, _BONE):
        for match in pattern.finditer(reading.lowered, sentence.start, sentence.end):
            if not _DENIED.search(reading.lowered, sentence.start, match.start()):
                yield PartFinding("A", ("pelvic",), (), reading.evidence(*match.span()))
