"""What a region or level is mentioned as, where no act governs it: complaint, history, finding, imaging, diagnosis."""

import re

from auditor.anatomy import SPINAL
from auditor.facts import Role
from auditor.reading.context import is_side_posture
from auditor.reading.document import Concept, Reading, Sentence

_ZONE_ROLE = {
    "S": Role.COMPLAINT,
    "H": Role.HISTORY,
    "O": Role.FINDING,
    "I": Role.IMAGING,
    "A": Role.DIAGNOSIS,
    "T": Role.MENTIONED,
    "P": Role.MENTIONED,
    "G": Role.PLANNED,
}
_PULL = re.compile(r"\s+pull\b", re.IGNORECASE)
"""The triceps pull is how an upper cervical office adjusts, and no test of a nerve."""
_NO_COMPLAINT = re.compile(r"\b(?:denies|denied|no|without|not|nil|none|never)\b", re.IGNORECASE)
_NOT_PAINFUL = re.compile(
    r"[^.;,]{0,24}?\b(?:not painful|no pain|without pain|pain[- ]free|painless|denies|not hurt|does not hurt|no complaints?|fine|feels fine|ok|resolved|none|no symptoms|asymptomatic|0/10|doing fine)\b",
    re.IGNORECASE,
)


def mention_roles(reading: Reading) -> None:
    """Set the role of every place, and take levels that belong to nerves, discs or operations out of play."""
    for sentence in reading.sentences:
        places = sentence.of("place")
        if not places:
            continue
        _nerves_and_discs(reading.plain, sentence, places)
        for place in places:
            reading.roles[id(place)] = _role(reading.plain, sentence, place)


def _nerves_and_discs(text: str, sentence: Sentence, places: list[Concept]) -> None:
    """A level in one clause with a dermatome, a reflex, a disc or an operation is no vertebra that was found or treated."""
    cues = [
        c
        for c in sentence.of("cue")
        if c.kind in ("neuro", "disc", "surgery") and not is_side_posture(text, c) and not _PULL.match(text, c.end)
    ]
    if not cues:
        return
    others = [
        c
        for c in sentence.concepts
        if c.family in ("act", "subluxation") or (c.family == "finding" and c.entry.segmental)
    ]
    for place in places:
        if place.kind != "level":
            continue
        for cue in cues:
            low, high = min(place.end, cue.end), max(place.start, cue.start)
            between = text[low:high]
            if (
                len(between) > 60
                or re.search(r"[,;.]|\s{3,}", between.strip(" ."))
                or any(low <= c.start < high for c in others)
            ):
                continue
            if (
                any(
                    abs(c.start - place.end) < 30
                    and not re.search(r"[,;]", text[min(c.end, place.end) : max(c.start, place.start)])
                    for c in others
                )
                and len(between) > 12
            ):
                continue
            place.kind = "neuro" if cue.kind == "neuro" else "neuro" if cue.kind == "disc" else "history"
            break


def _role(text: str, sentence: Sentence, place: Concept) -> Role:
    if place.kind in ("neuro", "history") or place.marks & {"HISTORICAL", "OTHER_PERSON"}:
        return Role.HISTORY
    role = _ZONE_ROLE.get(sentence.zone, Role.MENTIONED)
    if role is Role.COMPLAINT and (place.negated or _NOT_PAINFUL.match(text, place.end)):
        return Role.MENTIONED
    if role is Role.FINDING:
        positive = any(c.family == "finding" and c.asserted for c in sentence.concepts)
        return Role.FINDING if positive and not place.negated else Role.NORMAL
    return role


def complaints(reading: Reading) -> tuple[tuple[str, ...], bool]:
    """Spinal regions complained of, and whether only a limb, jaw or head is."""
    spinal: dict[str, None] = {}
    limb = False
    for sentence in reading.sentences:
        if sentence.zone not in ("S", ""):
            continue
        for place in sentence.of("place"):
            if reading.roles.get(id(place)) not in (Role.COMPLAINT, Role.MENTIONED) or place.kind in (
                "muscle",
                "landmark",
            ):
                continue
            if (
                place.negated
                or _NOT_PAINFUL.match(reading.plain, place.end)
                or (
                    sentence.zone == ""
                    and not re.search(r"pain|ache|sore|hurt|/10|stiff", sentence.text, re.IGNORECASE)
                )
            ):
                continue
            for region in place.regions:
                if region in SPINAL:
                    spinal[region] = None
                elif not reading.plain[place.end : place.end + 1].isdigit():
                    limb = True
        lowered = sentence.lowered
        if ("headache" in lowered or "migraine" in lowered) and not _NO_COMPLAINT.search(sentence.text):
            limb = True
    if not spinal and not limb:
        spinal = _painful_elsewhere(reading)
    return tuple(spinal), limb and not spinal


def _painful_elsewhere(reading: Reading) -> dict[str, None]:
    """Regions called painful outside the complaint: "segmental dysfunction of L5 with low back pain"."""
    found: dict[str, None] = {}
    for sentence in reading.sentences:
        if sentence.zone in ("H", "I", "N", "G"):
            continue
        for place in sentence.of("place"):
            painful = (
                re.match(r"\s*(?:pain|ache)", reading.plain[place.end : place.end + 8])
                or "pain" in reading.plain[place.start : place.end].lower()
            )
            if painful and not place.marks:
                found.update(dict.fromkeys(region for region in place.regions if region in SPINAL))
    return found


def nearest_misses(reading: Reading, roles: list[tuple[Concept, Role]]) -> list[tuple[str, str]]:
    """The nearest things to what is missing: a level that is planned or declined, a code in place of a statement."""
    misses = []
    for place, role in roles:
        if role in (Role.PLANNED, Role.DECLINED, Role.HISTORY) and place.regions:
            words = reading.plain[place.start : place.end]
            misses.append(("treated", f"{words}: {role.value}"))
    return misses


def records_only(reading: Reading) -> bool:
    """Whether the text is a review of records: its findings, scores and plans are those of others."""
    names = (
        "file review",
        "records only",
        "record review",
        "records review only",
        "paper review",
        "peer review",
        "review of records",
    )
    said = [
        reading.plain[c.start : c.end].lower() for s in reading.sentences for c in s.concepts if c.family == "review"
    ]
    return any(name in names for name in said)
