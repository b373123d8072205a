"""Manual therapy, massage and neuromuscular re-education given today: which, where, for how many minutes."""

import re
from collections.abc import Iterable

from auditor.facts import ManualTherapy
from auditor.reading.document import LOOSE, Concept, Reading, Sentence

_MINUTES = re.compile(
    r"\b(?P<n>\d{1,3}|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|five|six|seven)[\s-]?(?:min(?:ute)?s?|mins)\b"
    r"|\b(?P<q>\d{1,2})'(?!\w)|\bmin(?:ute)?s?\s{0,3}[:=]?\s{0,3}(?P<r>\d{1,2})\b(?!\s?(?:/|x|%))",
    re.IGNORECASE,
)
_WORDS = {
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15,
    "twenty": 20, "thirty": 30,
}  # fmt: skip
_BEGINS = re.compile(r";|\.\s|\s{3,}")
_GAP = re.compile(r"\s{3,}")
_NOT_GIVEN = frozenset("SHGIXB")


def find_therapy(reading: Reading) -> list[ManualTherapy]:
    """Each manual therapy that a note tells of as given today, in order, with the regions and minutes of its clause."""
    found = []
    for sentence in reading.sentences:
        if sentence.zone in _NOT_GIVEN and sentence.section not in LOOSE:
            continue
        acts = [c for c in sentence.of("act") if c.kind in ("manipulation", "other", "therapy")]
        for position, act in enumerate(acts):
            if act.kind == "therapy" and not act.marks and not _said_again(reading.plain, sentence, acts, position):
                found.append(_therapy(reading, sentence, acts, position))
    return found


def _said_again(text: str, sentence: Sentence, acts: list[Concept], position: int) -> bool:
    """Whether an act only names the therapy before it once more: "manual therapy, myofascial release, to the QL", or
    "manual therapy to the QL, myofascial release, 10 minutes", where one number of minutes stands for both.
    """
    before, act = (acts[position - 1] if position else None), acts[position]
    if before is None or before.kind != "therapy" or before.marks:
        return False
    if not any(before.end <= c.start < act.start for c in sentence.of("place")):
        return True
    minutes = _MINUTES.search(text, before.end, sentence.end)
    if minutes is None or minutes.start() < act.start or act.entry.criterion != before.entry.criterion:
        return False
    return not any(act.end <= c.start < minutes.start() for c in sentence.of("place"))


def _therapy(reading: Reading, sentence: Sentence, acts: list[Concept], position: int) -> ManualTherapy:
    act = acts[position]
    start, end = _clause(reading.plain, sentence, acts, position)
    regions = _regions(c for c in sentence.of("place") if start <= c.start < end and not c.negated)
    minutes = _minutes(reading.plain, start, sentence.end)
    if not regions and reading.plain[act.end : sentence.end].strip() in (":", ""):
        below = reading.sentence_at(sentence.end + 2)
        if below is not None and below.start > sentence.start:  # a heading such as "massage:", with the rest below it
            regions = _regions(below.of("place"))
            minutes = minutes if minutes is not None else _minutes(reading.plain, below.start, below.end)
    return ManualTherapy(act.entry.criterion, regions, minutes, reading.evidence(act.start, act.end))


def _clause(text: str, sentence: Sentence, acts: list[Concept], position: int) -> tuple[int, int]:
    """The part of the sentence that tells of one therapy: from the act before it to the act behind it, a semicolon or,
    once a place has been named, a wide gap.
    """
    act = acts[position]
    start = max([sentence.start, *(other.end for other in acts[:position] if other.kind != "therapy")])
    start = max([start, *(match.end() for match in _BEGINS.finditer(text, sentence.start, act.start))])
    places = sentence.of("place")
    ends = [
        other.start
        for other in acts[position + 1 :]
        if other.kind == "manipulation"
        or (other.kind == "other" and any(act.end <= c.start < other.start for c in places))
    ]
    end = min([sentence.end, *ends])
    semicolon = text.find(";", act.end, end)
    end = semicolon if semicolon != -1 else end
    named = next((c.end for c in places if act.end <= c.start < end), None)
    if named is None and any(start <= c.start < act.start for c in places):
        named = act.end
    gap = _GAP.search(text, named, end) if named is not None else None
    return start, gap.start() if gap else end


def _regions(places: Iterable[Concept]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(region for place in places for region in place.regions))


def _minutes(text: str, start: int, end: int) -> float | None:
    match = _MINUTES.search(text, start, end)
    if match is None:
        return None
    words = (match["n"] or match["q"] or match["r"]).lower()
    return float(words) if words.isdigit() else float(_WORDS[words])
