"""Treated today: which places each statement of manipulation covers, by name, by pointer, or not at all."""

import re
from dataclasses import replace
from datetime import date

from auditor.anatomy import SPINAL, region_of
from auditor.facts import Mention, PartFinding, Role, Subluxation, Treatment, TreatmentKind
from auditor.reading.acts import EXCEPT, govern
from auditor.reading.document import LOOSE, Concept, Reading, Sentence

_COUNT = re.compile(
    r"\b(?P<number>\d{1,2}|one|two|three|four|five|six|seven)\s+(?:spinal\s+|different\s+|separate\s+|vertebral\s+)?(?P<what>regions?|areas?|segments?|levels?)\b",
    re.IGNORECASE,
)
_NUMBER = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_DONE = re.compile(
    r"\b(?:done|performed|given|provided|delivered|rendered|today|administered|applied|completed|adjusted|adj|manipulated|tol\w*|cmt|smt)\b",
    re.IGNORECASE,
)
_DOCTOR = re.compile(r"\bD(?:r|R)\.?\s+(?P<name>[A-Z][A-Za-z'-]+)")
_YEAR = re.compile(
    r"\b(?:in|since|during|all through|throughout)\s+(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\b(?!\s+\d)|(?:the\s+)?(?:spring|summer|fall|autumn|winter)|(?:19|20)\d\d)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_ACT_ON_WEEKDAY = re.compile(
    r"\b(?:adj\w*|manip\w*|cmt|thrust|done)\s+(?:it\s+|this\s+|given\s+|done\s+|was\s+)?(?:on\s+|last\s+)?(?P<day>mon|tues|wednes|thurs|fri|satur|sun)day\b"
)
_WEEKDAY_FIRST = re.compile(r"\s*(?P<day>mon|tues|wednes|thurs|fri|satur|sun|tue|wed|thu|sat)(?:day)?\.?\s?(?:-|:)\s")
_DAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_HE_ADJUSTED = re.compile(r"\b(?:he|she|they)\s+(?:had\s+|also\s+|then\s+)?(?:adjusted|manipulated)\b")
_I_ADJUSTED = re.compile(r"\bi\s+(?:\w+\s+){0,2}(?:adjusted|manipulated|adj)\b|\bi (?:then |also )?adj")
_TODAY = re.compile(r"\btoday\b|\bthis (?:morning|afternoon|visit|evening|date)\b", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:both|these|those|they|each|all(?: of them| three| four)?|all three)\s+(?:were\s+|was\s+|are\s+|have been\s+)?(?:\w+\s+)?(?:adj\w*|manip\w*|corrected)|\b(?:adj\w*|manip\w*)\s+(?:both|these|them|each|all(?: three| four)?|the same)\b(?! (?:regions|areas|spine|segments))",
    re.IGNORECASE,
)
_ANOTHER_VISIT = re.compile(
    r"\bsame\s+(?:\w+\s+)?as\s+(?:on\s+|at\s+)?(?:the\s+)?(?:last|previous|prior|before|yesterday|mon|tue|wed|thu|fri|sat|sun|\d{1,2}/\d)"
)
"""A pointer out of the note: "adjusted same segments as Tuesday" names nothing of today."""
_ABOVE_ALONE = re.compile(
    r"^\W*(?:[poa]\b\W+|plan\W+|tx\W+)?(?:(?:patient |pt |i )?(?:adj(?:usted|'d|d)?\.?|cmt|smt|manip(?:ulated)?\.?|corrected)(?: performed| given)?(?: to)?(?: all)?(?: the)? above(?=\s*(?:[.,;]|$|today|as\b|with|by|prone|supine))|(?:all )?(?:the )?above (?:were |was )?(?:adj(?:usted|'d|d)?|corrected|manipulated)\b)"
)
"""The whole line: "Adj above.", "CMT to above", "Above adjusted"; not "reviewed adj above risks"."""
_SEGMENT_AFTER = re.compile(r"\s+(?:segments?|levels?|joints?|areas?)\b", re.IGNORECASE)
_INCLUDING = re.compile(r"\b(?:incl\.?|including|as well as|plus)\s+(?:the\s+)?(?:left\s+|right\s+)?$", re.IGNORECASE)
_NEXT_WORD = 3
_WHERE_DX = re.compile(r"\bdiagnos|assess|\bdx\b|subluxat|sublux", re.IGNORECASE)
_SKIP_ZONES = frozenset("SHIGXN")


def find_treatments(reading: Reading, skipped: set[int]) -> tuple[list[Treatment], list[tuple[Concept, Role]]]:
    """Today's statements of manipulation, and the roles that their sentences give to other places.

    Args:
        reading: the note, with its findings read.
        skipped: starts of sentences that are rows of a table and were read as such.

    Returns:
        Treatments in order of the text, and (place, role) for places under other acts: other treatment, planned,
        declined, history.
    """
    treatments: list[Treatment] = []
    roles: list[tuple[Concept, Role]] = []
    inherited: Concept | None = None
    before: Sentence | None = None
    signature = reading.found.get("signature")
    signer = f"{signature.signer or ''} {reading.plain[:200]}" if signature else ""
    own_dates = [item.day for item in reading.found.get("service_dates", ())[:2] if item.day]
    review = any(sentence.has("review") for sentence in reading.sentences)
    for sentence in reading.sentences:
        if before is None or not _goes_on(reading, before, sentence):
            inherited = None
        if sentence.zone in _SKIP_ZONES and sentence.section not in LOOSE:
            if sentence.zone == "S" and sentence.has("act", "manipulation"):  # "sore after C5 was adjusted on Monday"
                roles += [(place, Role.HISTORY) for place in sentence.of("place") if place.levels]
            before = sentence
            continue
        if sentence.has("act") and _told_of_another_day(reading, sentence, signer, own_dates, review):
            roles += [(place, Role.HISTORY) for place in sentence.of("place")]
            before = sentence
            continue
        if sentence.start in skipped:
            before = sentence
            continue
        governed = govern(reading.plain, sentence, inherited)
        roles += governed.roles
        treatments += _statements(reading, sentence, governed.acts, governed.treated)
        inherited = governed.open_list
        before = sentence
    treatments += [_possible(reading, sentence) for sentence, _ in reading.maybe_treated]
    return treatments, roles


def _goes_on(reading: Reading, before: Sentence, sentence: Sentence) -> bool:
    """Whether a list may go on from one sentence to the next: right below it, and in one section as far as headings tell."""
    by_model = before.start in reading.refined or sentence.start in reading.refined
    return sentence.line <= before.line + 1 and (by_model or sentence.section == before.section)


def _possible(reading: Reading, sentence: Sentence) -> Treatment:
    """A list of levels that may be the treatment: its regions are possible, and none is treated."""
    places = [_mention(reading, place) for place in sentence.of("place") if place.levels and not place.marks]
    possible = tuple(
        replace(place, regions=(), levels=(), possible=(*place.regions, *place.possible)) for place in places
    )
    return Treatment(TreatmentKind.NAMED, reading.whole(sentence), possible)


def _statements(reading: Reading, sentence: Sentence, acts: list[Concept], treated: list[Concept]) -> list[Treatment]:
    """What a sentence says was manipulated today: by name, by pointer, by count, by code, or without a name."""
    by_technique = sentence.section == "treatment" and _has_pointer(sentence) and sentence.has("act", "technique")
    if not acts and not treated and not sentence.has("bare") and not by_technique:
        return []
    count = _stated_count(reading.plain, sentence) if acts else None
    evidence = reading.whole(sentence)
    spinal = [place for place in treated if place.regions or place.possible]
    only_limbs = not any(region in SPINAL for place in spinal for region in (*place.regions, *place.possible))
    aside = _has_pointer(sentence) and spinal and all(_is_aside(reading.plain, sentence, place) for place in spinal)
    if spinal and not aside and not (only_limbs and acts and (_points(sentence) or sentence.has("bare", "full_spine"))):
        places = tuple(_mention(reading, place) for place in spinal)
        points = _has_pointer(sentence) and not _ANOTHER_VISIT.search(sentence.lowered)
        extra = _pointed_levels(reading, sentence, spinal) if points else ()
        return [Treatment(TreatmentKind.NAMED, evidence, places + extra, count)]
    if not acts and not by_technique:
        return _code_only(reading, sentence)
    if _points(sentence) and not _ANOTHER_VISIT.search(sentence.lowered):
        added = [place for place in spinal if place.levels or not _SEGMENT_AFTER.match(reading.plain, place.end)]
        places = pointed(reading, sentence) + tuple(_mention(reading, place) for place in added)
        if places:
            return [Treatment(TreatmentKind.POINTER, evidence, places, count)]
    if sentence.has("bare", "full_spine"):
        return [Treatment(TreatmentKind.FULL_SPINE, evidence)]
    if count is not None:
        return [Treatment(TreatmentKind.COUNT, evidence, count=count)]
    told = sentence.zone in ("T", "P", "O", "A", "B") and not sentence.has("cue", "S") and _DONE.search(sentence.text)
    return [Treatment(TreatmentKind.UNNAMED, evidence)] if told else []


def _code_only(reading: Reading, sentence: Sentence) -> list[Treatment]:
    if any(bare.kind == "full_spine" and bare.asserted and "adj" in sentence.lowered for bare in sentence.of("bare")):
        return [Treatment(TreatmentKind.FULL_SPINE, reading.whole(sentence))]
    codes = [bare for bare in sentence.of("bare") if bare.kind == "code" and bare.asserted]
    if codes and sentence.section != "billing":
        return [Treatment(TreatmentKind.CODE, reading.whole(sentence))]
    return []


def _stated_count(text: str, sentence: Sentence) -> int | None:
    """How many regions a sentence says were adjusted. "Two segments" is a count of bones, and no claim about regions."""
    for match in _COUNT.finditer(sentence.text):
        if match["what"].lower().startswith(("region", "area")):
            return int(match["number"]) if match["number"].isdigit() else _NUMBER[match["number"].lower()]
    return None


def _points(sentence: Sentence) -> bool:
    return _has_pointer(sentence) or bool(_PRONOUN.search(sentence.text))


def _is_aside(text: str, sentence: Sentence, place: Concept) -> bool:
    """Whether a place only adds to what a pointer stands for: in brackets, or behind "incl."."""
    if not place.levels and _SEGMENT_AFTER.match(text, place.end):
        return True  # "each spinal and pelvic segment marked restricted in the list"
    bracketed = text.rfind("(", sentence.start, place.start) > text.rfind(")", sentence.start, place.start)
    return bracketed or bool(_INCLUDING.search(text, sentence.start, place.start))


def _has_pointer(sentence: Sentence) -> bool:
    """A pointing phrase, or a word for segments together with one that says where they stand."""
    if (sentence.has("pointer", "noun") and sentence.has("pointer", "where")) or _ABOVE_ALONE.search(sentence.lowered):
        return True
    return any(c.family == "pointer" and not c.kind for c in sentence.concepts)


def _told_of_another_day(
    reading: Reading, sentence: Sentence, signer: str, own_dates: list[date], review: bool
) -> bool:
    """Whether the sentence tells of another day or another doctor: a date that is not the note's own, a season, a name."""
    if _TODAY.search(sentence.text):
        return False
    if review or _YEAR.search(sentence.text) or _WEEKDAY.search(sentence.text):
        return True
    weekday = _ACT_ON_WEEKDAY.search(sentence.lowered) or _WEEKDAY_FIRST.match(sentence.lowered)
    if weekday and not (own_dates and own_dates[0].weekday() == _weekday(weekday["day"])):
        return True
    if _HE_ADJUSTED.search(sentence.lowered) and _I_ADJUSTED.search(reading.lowered):
        return True  # the author writes "I": "he adjusted" is somebody else's act
    act = next((c for c in sentence.of("act") if c.kind == "manipulation"), None)
    for doctor in _DOCTOR.finditer(sentence.text):
        if act and sentence.start + doctor.start() < act.start and doctor["name"] not in signer:
            return True
    dates = [d for d in reading.dates_in(sentence.start, sentence.end) if d.day or d.month_day]
    return bool(dates) and sentence.line > 1 and not any(d.may_be(own) for d in dates for own in own_dates)


def _weekday(words: str) -> int:
    """The number of a weekday from its first letters; Monday is 0."""
    return next(place for place, day in enumerate(_DAYS) if words.startswith(day[:3]))


def _mention(reading: Reading, place: Concept) -> Mention:
    evidence = reading.evidence(place.start, place.end)
    return Mention(place.regions, place.levels, Role.TREATED, evidence, place.possible, place.kind == "joint")


def pointed(reading: Reading, sentence: Sentence) -> tuple[Mention, ...]:
    """The places that a pointer ("the segments noted above") stands for: what was found subluxated today in this note;
    where it speaks of subluxation or the diagnosis, or nothing was found, the diagnosed ones.
    """
    left_out = {
        level for s in reading.sentences if s.zone in "TPAGN" for c in s.of("place") if c.negated for level in c.levels
    }
    excepted = EXCEPT.search(reading.plain, sentence.start, sentence.end)
    left_out |= {level for c in sentence.of("place") if excepted and c.start >= excepted.end() for level in c.levels}
    found = [item for item in reading.found.get("part", ()) if item.segmental and set(item.levels) - left_out]
    named = [item for item in reading.found.get("subluxations", ()) if item.levels]
    if not _has_pointer(sentence):
        return _nearby(reading, sentence)
    found = _of_status(reading, sentence, _of_criterion(reading, sentence, found))
    told = {level for item in found for level in item.levels}
    diagnosed = {level for item in named for level in item.levels}
    groups = (named, found) if told < diagnosed or (_WHERE_DX.search(sentence.text) and named) else (found, named)
    for group in groups:
        if group:
            return tuple(
                mention
                for item in {(item.regions, item.levels): item for item in group}.values()
                if (mention := _without(reading, item, left_out)) is not None
            )
    tender = [item for item in reading.found.get("part", ()) if item.levels]
    return tuple(Mention(item.regions, item.levels, Role.TREATED, item.evidence) for item in tender)


def _of_criterion(reading: Reading, sentence: Sentence, found: list[PartFinding]) -> list[PartFinding]:
    """Where the pointer names a finding ("all tender segments above"), the findings of that criterion."""
    noun = next((c for c in sentence.of("pointer") if c.kind == "noun"), None)
    named = [c for c in sentence.of("finding") if noun is not None and 0 <= noun.start - c.end < _NEXT_WORD]
    if not named or named[-1].entry.criterion not in ("P", "T"):
        return found
    criterion = named[-1].entry.criterion
    return [item for item in reading.found.get("part", ()) if item.criterion == criterion and item.levels] or found


def _without(reading: Reading, item: PartFinding | Subluxation, left_out: set[str]) -> Mention | None:
    """The mention that a pointer makes of a finding, without the levels left out; None where nothing remains."""
    levels = tuple(level for level in item.levels if level not in left_out)
    if item.levels and not levels:
        return None
    kept = {region_of(level) for level in levels}
    regions = tuple(region for region in item.regions if not levels or levels == item.levels or region in kept)
    return _at_junctions(reading, Mention(regions, levels, Role.TREATED, item.evidence))


def _at_junctions(reading: Reading, mention: Mention) -> Mention:
    """What a pointer treats counts as if it were named: a motion segment at a junction stands under its upper region."""
    for place in reading.concepts:
        if place.family != "place" or not place.possible or not set(place.levels) <= set(mention.levels):
            continue
        others = {region_of(level) for level in mention.levels if level not in place.levels}
        lower = tuple(region for region in place.possible if region not in others)
        regions = tuple(region for region in mention.regions if region not in lower)
        mention = replace(mention, regions=regions, possible=(*mention.possible, *lower))
    return mention


def _of_status(reading: Reading, sentence: Sentence, found: list[PartFinding]) -> list[PartFinding]:
    """Where the pointer gives a status in capitals ("each ACTIVE segment above"), only the findings in whose line it stands."""
    for word in re.findall(r"\b[A-Z]{4,}\b", sentence.text):
        lines = [item for item in found if word in _line_of(reading.text.raw, item.evidence.start)]
        if lines:
            return lines
    return found


def _line_of(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[text.rfind("\n", 0, start) + 1 : end if end != -1 else len(text)]


def _nearby(reading: Reading, sentence: Sentence) -> tuple[Mention, ...]:
    """What "both", "these" or "they" stand for: the places of the two sentences before."""
    place = reading.sentences.index(sentence)
    concepts = [c for s in reading.sentences[max(0, place - 2) : place] for c in s.of("place")]
    return tuple(
        _mention(reading, c)
        for c in concepts
        if c.kind in ("level", "joint", "sided", "junction", "region") and c.asserted
    )


def _pointed_levels(reading: Reading, sentence: Sentence, named: list[Concept]) -> tuple[Mention, ...]:
    """The levels that a pointer adds to regions named by word alone."""
    bare = {region for place in named if not place.levels for region in place.regions}
    return tuple(
        item
        for item in pointed(reading, sentence)
        if item.levels and {region_of(level) for level in item.levels} <= bare
    )
