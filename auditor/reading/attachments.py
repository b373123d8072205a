"""Which place a finding belongs to in its clause: what it is "of" or "at" if that follows, else what it is said of."""

import re
from collections.abc import Iterator

from auditor.reading.document import Concept

_LINK = re.compile(
    r"\s*(?:,\s*)?(?:(?:is|was|are|were|noted|present|found|palpated|moderate|mild|marked|severe|slight|bilateral|bilaterally|b/l|acute|left|right|[LR]|lt|rt)\s*){0,3}"
    r"(?:of|in|at|over|along|to|around|on|from|within|throughout|across|about|near|:|-|=|@|\(|>|under)\s*(?:palpation\s+(?:of|at|over|in)\s+)?(?:both\s+)?(?:the\s+)?(?:(?:left|right|bilateral|upper|lower|mid|posterior|spinous|transverse|process|processes|facets?|sides?|joints?|of|at|aspect|[LR]|lt|rt)\s+){0,6}",
    re.IGNORECASE,
)
_WITH = re.compile(r"\b(?:with|w/)\W*$|\bwith\b[^,;]*$")
_ALONG = re.compile(
    r"\s*(?:(?:on |as |at |to )?(?:either|both|each) sides?|bilat(?:erally|\.)?|b/l|[RL]|\s){0,3}\s*(?:from |of |at )?\s*"
)
_ADJACENT = re.compile(r"\s*(?:\(|b/l|bilateral|left|right|[LRB]\b|\s|mm|of){0,4}\s*", re.IGNORECASE)
_LIST = re.compile(
    r"[\s,&+/()|-]*(?:and|or|with|plus|both|bilateral|left|right|also|the|[LRB]|lt|rt|as well as|levels?|joints?|segments?|spine|muscles?|musculature|mm)?[\s,&+/()|-]*(?:the\s+)?(?:left|right|[LR])?\s*",
    re.IGNORECASE,
)
_IS = re.compile(r"\s*(?:is|are|was|were)\b", re.IGNORECASE)


def grouped(text: str, items: list[Concept]) -> list[tuple[str, list[Concept]]]:
    """The places and findings of a clause in turn: neighbours of one kind that a list joins stand together."""
    groups: list[tuple[str, list[Concept]]] = []
    for position, item in enumerate(items):
        if item.family == "normal":
            continue
        family = "place" if item.family == "place" else "finding"
        told = position > 0 and items[position - 1].family == "normal"  # "T11 moves freely, L3 fixed"
        anew = family == "place" and (told or _begins_anew(text, groups, items, position))
        if groups and not anew and groups[-1][0] == family:
            last = groups[-1][1][-1]
            if family == "finding" or _LIST.fullmatch(text, last.end, item.start):
                groups[-1][1].append(item)
                continue
            if (
                family == "place"
                and item.kind in ("muscle", "paraspinal")
                and len(groups) == 1
                and last.kind in ("region", "level")
            ):
                groups[-1][1].append(item)
                continue
            if family == "place":
                groups[-1][1].append(item)
                continue
        groups.append((family, [item]))
    return groups


def _begins_anew(text: str, groups: list[tuple[str, list[Concept]]], items: list[Concept], position: int) -> bool:
    """Whether a place begins a clause of its own: "a knot in the rhomboid, and the right crest is high"."""
    if len(groups) < 2 or groups[-1][0] != "place" or position + 1 >= len(items):
        return False
    between = text[groups[-1][1][-1].end : items[position].start]
    return items[position + 1].family != "place" and bool(re.match(r"\s*,\s*and\b", between))


def attached(
    text: str, group: list[Concept], subjects: list[Concept], following: list[Concept], *, starts: bool
) -> Iterator[tuple[Concept, list[Concept]]]:
    """Each finding of a group with its places: what it is "of" or "at" if that follows, else what it is said of."""
    last = group[-1]
    linked = bool(following) and bool(_LINK.fullmatch(text, last.end, following[0].start))
    adjacent = bool(following) and bool(_ADJACENT.fullmatch(text, last.end, following[0].start))
    noun = last.entry.noun or text[last.start : last.end].isupper()
    bone = bool(following) and following[0].kind in ("level", "joint", "sided") and noun and adjacent
    takes = not (subjects and following and _IS.match(text, following[-1].end)) and (
        linked
        or bone
        or (following and not subjects)
        or (starts and adjacent and following)
        or (adjacent and following and following[0].kind in ("muscle", "paraspinal"))
        or (bool(following) and _tells_where(text, last, following, subjects))
    )
    for finding in group:
        own = (
            following if takes and (finding is last or not subjects or _coordinated(text, finding, last)) else subjects
        )
        yield finding, _with_its_bone(text, finding, own, subjects) if own else following


def _with_its_bone(text: str, finding: Concept, own: list[Concept], subjects: list[Concept]) -> list[Concept]:
    """Muscles that come with a bone are beside it: "L4 restricted with hypertonic paraspinals"."""
    muscles = all(place.kind == "paraspinal" and not place.regions for place in own)
    if muscles and subjects and own is not subjects and _WITH.search(text, subjects[-1].end, finding.start):
        return [*own, *subjects]
    return own


def _tells_where(text: str, finding: Concept, following: list[Concept], subjects: list[Concept]) -> bool:
    """Whether places behind a finding say where along the back its muscles are meant: "Erectors hypertonic T7-L2"."""
    muscles = bool(subjects) and all(place.kind == "paraspinal" and not place.regions for place in subjects)
    return muscles and bool(_ALONG.fullmatch(text, finding.end, following[0].start))


def _coordinated(text: str, finding: Concept, last: Concept) -> bool:
    between = text[finding.end : last.start].strip().lower()
    return between in ("and", "&", "+", "/", "and moderate", "and mild", "and marked", "or")
