"""Ranges of motion in degrees: what was measured, and whether it is below the norm."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.anatomy import SPINAL
from auditor.reading.document import Concept, Reading, Sentence
from auditor.records import Evidence

# Lowest of the common norms (rulebook §4.2): degrees below it are below every norm in use.
_LOWEST_NORM = {
    ("cervical", "flex"): 45, ("cervical", "ext"): 45, ("cervical", "lat"): 20, ("cervical", "rot"): 80,
    ("thoracic", "flex"): 50, ("thoracic", "rot"): 30, ("lumbar", "flex"): 60, ("lumbar", "ext"): 20,
    ("lumbar", "lat"): 15, ("lumbar", "rot"): 30,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_UNITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_TEENS = {"ten": 10, "fifteen": 15, "twelve": 12, "eighteen": 18}
_WORD_NUMBER = rf"(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_UNITS)}))?|{'|'.join(_TEENS)}"
_MOTION = re.compile(
    r"\b(?:(?P<pre>left|right|l|r|lt|rt|b/l|bilateral)\.?\s+)?(?P<motion>lateral flexion|lateral bending|lat(?:eral)?\.? flex(?:ion)?|lat(?:eral)?\.? bend(?:ing)?|side bending|sidebending|lf|forward flexion|flexion|extension|rotation|flex|ext|rot|forward bending|bends forward)\b\.?"
    r"(?P<between>(?:\s++|[,:=]|\b(?:is|was|to|the|left|right|l|r|lt|rt|at|now|measured|measures|today|reaches|only|about|of|active|limited|restricted|reduced|decreased|both|each|way|sides?|b/l|bilaterally|and)\b){0,8}?)"
    rf"(?P<value>\d{{1,3}}|(?:{_WORD_NUMBER})(?![A-Za-z]))(?![/\d]*\d*\s?(?:x|lb|min|%|mm|sec|cm|rep|out of|week|visit))(?P<deg>\s?(?:°|deg(?:rees?)?\b))?(?:\s?(?:/|of|\(|out of)\s?(?P<norm>\d{{2,3}}|{_WORD_NUMBER})(?!\s?(?:min|week))\s?°?)?",
)
_SIDE = re.compile(r"\b(?:left|right|lt|rt|l|r)\b")
_FULL_EXCEPT = re.compile(
    r"\b(?P<full>full|normal|wnl|within normal limits|unrestricted|free)\b[^.;\n]{0,12}\b(?:except|but|other than|apart from|save|aside from)\b[^.;\n]{0,24}?\b(?P<motion>lateral (?:flexion|bending)|lat\.? flex\w*|side ?bend\w*|flex\w*|ext\w*|rot\w*)",
)
_NOT_TODAY = re.compile(
    r"(?:\b(?:was|were|had been|from|previously|goal|target|to reach|until|back to|initially)\b[^,;]{0,14})$",
)
_WAS = re.compile(
    r"[\s,;(\w]{0,30}?\b(?:was|from|it was|previously|prev|up from|had been|ago|compared with)\b[\s\w]{0,14}?(?P<previous>\d{1,3})\b(?!/\d)",
)


_NEXT_CELL = re.compile(r"[ \t]{2,}(?P<norm>\d{2,3})(?=[ \t]{2}|\s*$)")
_NORM_COLUMN = re.compile(r"\b(?:active|measured|actual|today|found|rom|degrees)[ \t]{2,}norm(?:al)?\b")
_HEADING_ABOVE = 400
"""Characters above a row in which the heading of its table stands."""


@dataclass(frozen=True, slots=True)
class Motion:
    """One measured motion, in degrees."""

    regions: tuple[str, ...]
    motion: str
    value: float
    norm: float | None
    previous: float | None
    limited: bool
    evidence: Evidence
    side: str = ""

    @property
    def about(self) -> str:
        """The motion with its side: "right rot"."""
        return f"{self.side} {self.motion}".strip()


def number(words: str) -> float:
    """A number in digits or words up to ninety-nine."""
    if words[:1].isdigit():
        return float(words)
    parts = re.split(r"[ -]", words.lower())
    return float(sum(_TENS.get(p, 0) + _UNITS.get(p, 0) + _TEENS.get(p, 0) for p in parts))


def limited_motions(
    reading: Reading, sentence: Sentence, subject: list[Concept], complaint: tuple[str, ...]
) -> Iterator[Motion]:
    """Every motion measured in a sentence, with its region and whether it is below its norm."""
    lowered = sentence.lowered
    if "flex" not in lowered and "ext" not in lowered and "rot" not in lowered and "bend" not in lowered:
        return
    text = reading.lowered
    for match in _MOTION.finditer(text, sentence.start, sentence.end):
        if _NOT_TODAY.search(text, max(sentence.start, match.start() - 24), match.start()):
            continue
        regions = _region(sentence, match.start(), subject)
        if regions is None:
            continue
        norm, heading = None, None
        if match["norm"]:
            norm = number(match["norm"])
        else:
            norm, heading = _norm_in_its_column(text, sentence, match.end())
        if heading is not None and not regions:
            regions = tuple(r for place in reading.places_in(*heading) for r in place.regions if r in SPINAL)
        regions = regions or (complaint if len(complaint) == 1 else ())
        value = number(match["value"])
        kind = _kind(match["motion"])
        if norm is None and not match["deg"] and value < 10:
            continue
        if norm is not None and norm < value:
            norm = None
        lowest = [_LOWEST_NORM[r, kind] for r in regions if (r, kind) in _LOWEST_NORM]
        limited = value < norm if norm is not None else bool(lowest) and value < min(lowest)
        was = _WAS.match(text, match.end(), sentence.end)
        previous = float(was["previous"]) if was else None
        yield Motion(
            regions, kind, value, norm, previous, limited, reading.evidence(match.start(), match.end()), _side(match)
        )


def _norm_in_its_column(text: str, sentence: Sentence, end: int) -> tuple[float | None, tuple[int, int] | None]:
    """The norm that stands in a column of its own behind the value, and where the heading stands that names the column."""
    cell = _NEXT_CELL.match(text, end, sentence.end)
    found = _NORM_COLUMN.search(text, max(0, sentence.start - _HEADING_ABOVE), sentence.start) if cell else None
    if cell is None or found is None:
        return None, None
    return float(cell["norm"]), (text.rfind("\n", 0, found.start()) + 1, found.end())


def excepted_motion(reading: Reading, sentence: Sentence, subject: list[Concept]) -> Motion | None:
    """A motion taken out of a full range, and so limited: "Cervical ROM full except right rotation"."""
    match = _FULL_EXCEPT.search(reading.lowered, sentence.start, sentence.end)
    regions = _region(sentence, match.start("full"), subject) if match else None
    if match is None or not regions:
        return None
    return Motion(regions, _kind(match["motion"]), 0.0, None, None, True, reading.evidence(*match.span()))


def _side(match: re.Match[str]) -> str:
    """The side of a motion, said before or behind it; empty where none or both are."""
    told = match["pre"] or next(iter(_SIDE.findall(match["between"])), "")
    return {"l": "left", "lt": "left", "r": "right", "rt": "right"}.get(told, told if told in ("left", "right") else "")


def _kind(words: str) -> str:
    words = words.lower()
    if words.startswith(("lat", "side", "lf")):
        return "lat"
    return "rot" if "rot" in words else "ext" if "ext" in words else "flex"


def _region(sentence: Sentence, start: int, subject: list[Concept]) -> tuple[str, ...] | None:
    """The spinal region of a motion; empty where none is named, None where it is a limb's."""
    places = [
        c for c in sentence.of("place") if c.end <= start and c.kind in ("region", "level", "extraspinal", "joint")
    ]
    later = [
        c
        for c in sentence.of("place")
        if c.start > start and c.kind in ("region", "extraspinal") and c.start - start < 60
    ]
    chosen = places[-1:] or subject[-1:] or later[:1]
    if not chosen:
        return ()
    spinal = tuple(r for r in chosen[0].regions if r in SPINAL)
    return spinal or None
