"""Places of the body in a sentence: levels, joints, regions, muscles, with side, and the junction rule for ranges."""

import re
from bisect import bisect_right
from itertools import pairwise

from auditor.anatomy import count_range, expand, region_of
from auditor.reading.document import Concept
from auditor.reading.levels import Level, find_levels
from auditor.reading.region_letters import find_region_letters
from auditor.reading.vocabulary import Entry

LEVEL = Entry(family="place", kind="level", example="C5", source="verdicts §1")
_NOT_A_BONE = re.compile(
    r"\s*-?\s?(?:weighted|signal|hyperintens|flair|sequence|images?\b|dermatom|myotom|nerve|root|reflex|radicul|distribution|"
    r"disc\b|disk\b|heart|sound|level\s+of|tropon|toxin|complement|lab\b|uptake)",
    re.IGNORECASE,
)
_LAB = re.compile(
    r"\b(?:tsh|thyroid|free t|vitamin|vit\.?|complement|c3 and c4|murmur|heart|cardiac|cor|cv|rrr|rhythm|gallop|auscultation|rubs?)\b",
    re.IGNORECASE,
)
_SOUND = re.compile(
    r"\b(?:murmurs?|heart|cardiac|cardiovascular|rrr|rhythm|gallops?|auscultation|rubs?|s1\W+(?:and\W+)?s2|s3\b.*s4)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"(?:\bboth|\bbilateral(?:ly)?|\bbilat\.?|\bb/l|\bb\)|\(b\)|\bb\b|\br\s?(?:&|and|/|\+)\s?l\b|\bl\s?(?:&|and|/|\+)\s?r\b|right and left|left and right|\bbi-?lat)",
    re.IGNORECASE,
)
_LEFT = re.compile(r"\b(?:left|lt|l)\b", re.IGNORECASE)
_RIGHT = re.compile(r"\b(?:right|rt|r)\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:\b(?:left|right|both|bilateral|lt|rt|[LRBlrb])\b\.?(?:\s?(?:&|and|/|\+)\s?(?:left|right|lt|rt|[LRlr])\b)?|\bb/l|\bbilat\.?)"
    r"(?:\s*\))?(?:\s+(?:PI|AS|IN|EX|PIEX|PIIN|ASIN|ASEX|posterior|anterior|inferior|superior|PI-?EX|upper|lower|post|ant)){0,2}[\s-]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[\s,]*(?:joints?|jts?)?[\s,(]*(?:on the |at the |the )?(?P<side>left|right|bilaterally|bilateral|bilat|b/l|both sides|both|lt|rt|[LRB])\b(?!\s*(?:ilium|si\b|sij|sacro|innom|psis|leg|L\d|C\d|T\d|hip|shoulder|knee|piriformis|glut|ql|lumb|lat|rot|upper|trap|cerv|side posture))",
)


_BESIDE = 12
"""Characters between the ilium and its listing."""
_LISTED_ILIUM = re.compile(
    r"(?P<side>(?<![A-Za-z])[RL])?(?:PI|AS)(?:-?(?:EX|IN|Ex|In))?(?![A-Za-z])(?!\s+(?:ili|inn|sacr|SI|inhib|block|\d|mg))"
)
_SIDE_BEFORE = re.compile(r"(?<![A-Za-z])(?P<side>R|L|Rt|Lt|RT|LT|RIGHT|LEFT|[Rr]ight|[Ll]eft)\.? $")


def _listed_ilia(text: str, named: list[Concept]) -> list[Concept]:
    """An ilium that only its side and listing name, as Gonstead and Thompson offices write: "adjusted R PIEx", "LAS"."""
    ends = {place.end for place in named if place.levels[:1] and place.levels[0].startswith("IL")}
    joints = {place.end for place in named if place.levels[:1] and place.levels[0].startswith("SI")}
    found = []
    for match in _LISTED_ILIUM.finditer(text):
        glued = match if match["side"] else None
        side = glued or _SIDE_BEFORE.search(text, max(0, match.start() - 7), match.start())
        if side is None or any(0 <= side.start() - end < _BESIDE for end in (ends | joints if glued else ends)):
            continue
        entry = Entry(family="place", kind="sided", regions=("pelvic",), levels=("IL",))
        level = f"IL-{side['side'][0].upper()}"
        found.append(Concept(match.start(), match.end(), entry, entry.regions, (level,), kind="sided"))
    return found


def add_places(text: str, concepts: list[Concept]) -> list[Concept]:
    """Levels as concepts beside the places found by phrase, with sides, junctions and look-alikes settled.

    Args:
        text: the plain text.
        concepts: the phrases found; places among them are completed in place.

    Returns:
        All concepts in order.
    """
    named = [concept for concept in concepts if concept.family == "place"]
    for concept in named:
        _complete(text, concept)
    taken = [(place.start, place.end) for place in named if place.kind in ("sided", "junction")]
    levels = [
        concept for level in find_levels(text) if not _taken(taken, level) for concept in _as_concepts(text, level)
    ]
    levels += _listed_ilia(text, named)
    levels += find_region_letters(text, named)
    techniques = [c for c in concepts if c.family == "act" and c.kind == "technique"]
    for place in named:
        if any(t.start <= place.start and place.end <= t.end for t in techniques):
            place.kind = "in_technique"
    return _merge(text, [c for c in concepts if c.kind != "in_technique"], levels)


def _taken(taken: list[tuple[int, int]], level: Level) -> bool:
    """Whether a joint named by word stands over a level; ``taken`` in order of the text."""
    place = bisect_right(taken, (level.end, 0)) - 1
    return place >= 0 and taken[place][1] > level.start


def _merge(text: str, concepts: list[Concept], levels: list[Concept]) -> list[Concept]:
    """One ordered list, in which a worded level swallows the region word inside it and ``L3 to sacrum`` is a range."""
    if not levels:
        return sorted(concepts, key=lambda concept: (concept.start, concept.end))
    levels.sort(key=lambda level: level.start)
    starts = [level.start for level in levels]
    kept = [
        concept
        for concept in concepts
        if concept.family not in ("place", "finding") or not _inside(starts, levels, concept)
    ]
    merged = sorted((*kept, *levels), key=lambda concept: (concept.start, concept.end))
    for before, after in pairwise(merged):
        if (
            before.kind == "level"
            and after.levels == ("SAC",)
            and re.fullmatch(r"\s?(?:-|to|through|thru)\s?(?:the )?", text[before.end : after.start])
        ):
            run = expand(before.levels[0], "S1")
            if run:
                _set_range(before, run)
                before.end = after.end
                after.entry, after.kind = LEVEL, "swallowed"
        elif (
            before.kind == "level"
            and "pelvic" in after.regions
            and re.fullmatch(r"\s?(?:-|to|through|thru)\s?(?:the )?", text[before.end : after.start])
        ):
            run = expand(before.levels[0], "S1")
            if run:
                _set_range(before, run)
    return [concept for concept in merged if concept.kind != "swallowed"]


def _inside(starts: list[int], levels: list[Concept], concept: Concept) -> bool:
    """Whether a concept lies inside a level; ``starts`` are the levels' own, in order."""
    place = bisect_right(starts, concept.start) - 1
    return place >= 0 and concept.end <= levels[place].end


def _as_concepts(text: str, level: Level) -> list[Concept]:
    following = text[level.end : level.end + 16]
    if _NOT_A_BONE.match(following):
        return [_level_concept(level, "neuro")]
    around = text[max(0, level.start - 48) : level.end + 40]
    if level.bones[0][0] in "SC" and len(level.bones) <= 2 and level.bones[-1][0] == level.bones[0][0] == "S":
        line = text[text.rfind("\n", 0, level.start) + 1 : level.end + 60].split("\n", 1)[0]
        sacral = re.search(r"sacr|S[1-5]\s*(?:fix|restr|adj|tender|segment|sublux)|adj", line, re.IGNORECASE)
        if _SOUND.search(line) or not sacral:
            return []
    if (
        level.bones[0] in ("T3", "T4", "C3", "C4")
        and not level.bound
        and _LAB.search(around)
        and not re.search(r"tender|restr|adj|fix|vertebr|spine|sublux", around, re.IGNORECASE)
    ):
        return []
    if level.dorsal and re.search(
        r"vit(?:amin)?\.?\s*$|dextrose", text[max(0, level.start - 12) : level.start], re.IGNORECASE
    ):
        return []
    return [_level_concept(level, "level")]


def _level_concept(level: Level, kind: str) -> Concept:
    concept = Concept(level.start, level.end, LEVEL, levels=level.bones, kind=kind)
    if level.bound:
        _set_range(concept, level.bones)
    else:
        concept.regions = (region_of(level.bones[0]),)
    return concept


def _set_range(concept: Concept, bones: tuple[str, ...]) -> None:
    counted = count_range(bones)
    concept.levels, concept.regions, concept.possible = bones, counted.certain, counted.possible


def _complete(text: str, concept: Concept) -> None:
    if concept.kind == "junction":
        _set_range(concept, concept.entry.levels)
    elif concept.kind == "sided":
        side = _side(text, concept)
        concept.levels = (f"{concept.entry.levels[0]}-{side}",) if side else concept.entry.levels
    elif concept.kind == "rib":
        concept.possible = ("thoracic",)


def _side(text: str, concept: Concept) -> str | None:
    """Side of a sacroiliac joint or ilium: the word or letter before it, else right behind it, else none."""
    before = _BEFORE.search(text, max(0, concept.start - 34), concept.start)
    if before and "\n" not in before.group():
        return _letter(before.group())
    after = _AFTER.match(text, concept.end)
    return _letter(after["side"]) if after else None


def _letter(words: str) -> str | None:
    if _BOTH.search(words):
        return "B"
    left, right = _LEFT.search(words), _RIGHT.search(words)
    if left and right:
        return "B"
    return "L" if left else "R" if right else None
