"""Progress measures of today: pain ratings, questionnaires, straight-leg raise, function, each with its previous value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.anatomy import SPINAL
from auditor.facts import Measure, PartFinding
from auditor.reading.document import Concept, Reading, Sentence
from auditor.reading.motion import limited_motions
from auditor.reading.value_tables import read_value_tables
from auditor.reading.values import Timing, timing_of
from auditor.records import Evidence

_WORD = {
    w: i for i, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
}
_N = rf"(?:10|\d(?:\.\d)?|{'|'.join(_WORD)})"
_OUT_OF_TEN = re.compile(
    rf"(?<![\d/.-])(?:(?P<low>{_N})(?:\s?(?:-|to)\s?))?(?P<value>{_N})\s?(?:\(?/|out\s+of|outta|over)\s?(?:a\s+possible\s+)?(?:10|ten)(?![\d/%]|\.\d|\s?(?:/|reps|visits|lb|min))\b",
    re.IGNORECASE,
)
_ON_SCALE = re.compile(
    rf"(?<![\d/.-])(?P<value>{_N})\s?\(?\s?(?:on\s+(?:a|the|her|his)?\s*(?:scale\s+(?:of|from)\s+)?|scale\s+(?:of\s+)?)(?:0|zero|1|one)?\s?(?:-|to|through)?\s?(?:10|ten)(?:[- ]point)?(?:\s+scale)?\b",
    re.IGNORECASE,
)
_SET_CURRENT = re.compile(
    rf"\b(?:now|current(?:ly)?|average|avg|today|usual(?:ly)?|on average)\b\s*(?:is|it is|:|at|about|=)?\s*(?:a\s+|an\s+)?(?P<value>{_N})(?![\d/%]|\.\d|\s?(?:min|weeks?))\b|\b(?P<value2>{_N})\s+(?:on average|at present|right now|today|now)\b",
    re.IGNORECASE,
)
_STATE = re.compile(
    rf"\b(?:is|are|'s|remains|stands|sits|stays|was|were|had been|had called|called|calls|call|had (?:it |her |him )?at|had)\s+(?:it\s+|now\s+|still\s+|down\s+|up\s+|about\s+|around\s+|at\s+|only\s+|back\s+|to\s+|today\s+){{0,3}}(?:a|an)\s+(?P<value>{_N})(?![\w/%-]|\.\d)(?=\s*(?:[.,;:)]|$|today|now|when|after|at|on|this|with|and|but|in|out|last|by|as|since|a (?:week|month)|two|three|for))",
    re.IGNORECASE,
)
_MM = re.compile(r"\b(?:VAS|scale)\b[^.;\n\d]{0,24}(?P<value>\d{1,3})\s?(?:mm\b|/\s?100\b)", re.IGNORECASE)
_SAID = re.compile(
    rf"\b(?:VAS|NPRS|NRS|NRPS|VNRS|pain (?:scale|level|rating|score|intensity|severity)|pain)(?:\s*(?:today|now|currently|current|is|at|of|rated|down|remains|still|about|around|as|:|=|a|an|-|\(|level|score)){{0,5}}\s*(?:(?P<low>\d)\s?-\s?)?(?P<value>{_N})(?![\d/%°-]|\.\d|\s?(?:/|%|°|x\b|deg|min|mm|hours?|hrs?|days?|weeks?|wks?|months?|visits?|times|years?|yrs?|mo\b|out|of|percent|lb|reps|degrees|or five|blocks|miles|am\b|pm\b|to the|at the|in the|th\b))",
    re.IGNORECASE,
)
_VERB = re.compile(
    rf"\b(?:puts?|rates?|rated|calls?|called|gives?|grades?|scores?|scored|says?|ranks?|reports?)\b[^.;\d]{{0,45}}?\b(?:at|as|a|an|it)\s+(?:a\s+|an\s+)?(?P<value>{_N})(?![\d/%-]|\.\d|\s?(?:/|%|x\b|min|deg|hours?|days?|weeks?|months?|visits?|times|out|of|percent|block|mile|pound|year|-))\b",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(
    rf"(?:\s*(?:pain|ache|region|area|joint|joints|is|was|at|a|an|to|today|now|,|:|=|-|still|about|had been|has been|\()){{0,5}}\s*(?P<value>{_N})(?![\d/%°x-]|\.\d|\s?(?:/|%|°|x\b|deg|min|mm|hours?|hrs?|days?|weeks?|wks?|months?|visits?|times|out|of\b|percent|weeks|cm|lb|fixed|restr|joints|levels|segments|plus|inches))\b",
    re.IGNORECASE,
)
_NOT_PAIN = re.compile(
    r"\b(?:strength|power|motor|sleep quality|stress|energy|mood|satisf\w+|confidence|importance|difficulty|grip|apgar|gleason|mobility|self-care|self care|psfs|patient[- ]specific|function(?:al)? (?:score|scale|level)|readiness|fatigue|anxiety|standing ability|work ability)\b[^.;,|]{0,22}$",
    re.IGNORECASE,
)
_DATE_BEFORE = re.compile(
    r"\b(?:by|on|since|until|till|dated|thru|through|from|the|before|exam|visit|seen)\s+(?:the\s+)?$", re.IGNORECASE
)
_LIMB = re.compile(
    r"\b(?:headaches?|migraines?|HAs?|sciatica|radicular|arm|leg|jaw|face|foot|calf|radiating)\b", re.IGNORECASE
)
_EXTREME = re.compile(
    r"\b(?:worst|best|least|lowest|highest|at its (?:worst|best)|max|peak|minimum|at most)\b", re.IGNORECASE
)
_CURRENT = re.compile(
    r"\b(?:current(?:ly)?|now|average|avg|usual(?:ly)?|typical(?:ly)?|today|at present|present|presently|mean)\b",
    re.IGNORECASE,
)
_INSTRUMENTS = {
    "ODI": r"ODI|RODI|Oswestry", "NDI": r"NDI|Neck Disability(?: Index)?", "RMDQ": r"RMDQ|RMQ|RDQ|Roland[- ]Morris|Roland",
    "BQ": r"(?:N?BQ)|Bournemouth", "PSFS": r"PSFS|Patient[- ]Specific(?: Functional)?(?: Scale)?", "PROMIS": r"PROMIS",
    "QBPDS": r"QBPDS|Quebec", "FRI": r"FRI|Functional Rating Index", "HIT-6": r"HIT-6",
}  # fmt: skip
_INSTRUMENT = re.compile(
    "|".join(rf"(?P<{k.replace('-', '_')}>\b(?:{v})\b)" for k, v in _INSTRUMENTS.items()), re.IGNORECASE
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_WORDS100 = rf"(?:{_TENS})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|{'|'.join(_WORD)}"
_SCORE = re.compile(
    rf"(?<![\d/.#-])(?P<value>\d{{1,3}}(?:\.\d)?|{_WORDS100})(?P<unit>\s?(?:%|percent|per cent|points?|pts)|\s?(?:/|of|out of)\s?(?:50|100|24|23|70|10|fifty|ten))?(?![\d:]|/\d|-\d|\s?(?:x\b|st\b|nd\b|rd\b|th\b|weeks?|wks?|days?|months?|visits?|min|items?|activities|questions|sections|a\.?m|p\.?m|years?))",
    re.IGNORECASE,
)
_AT_INTAKE = re.compile(
    r"\b(?:eval|initial|intake|baseline|last|prev\w*|prior|first|starting)\s*[:(]?\s*$", re.IGNORECASE
)
_SLR = re.compile(r"\b(?:SLR|straight[- ]leg[- ]rais(?:e|ing)(?: test)?)\b", re.IGNORECASE)
_SLR_VALUE = re.compile(
    rf"(?<![\d/])(?P<value>[1-9]\d|(?:{_TENS})(?:[- ]five)?(?= deg)|(?:{_TENS})(?:[- ]five)?(?= on))\s?(?P<deg>°|deg(?:rees?)?\b)?(?!/|\d|%)",
    re.IGNORECASE,
)
_FUNCTION = re.compile(
    r"(?P<value>\d{1,4}(?:\.\d)?|(?:an?|half an?|one|two|three|four|five|six|eight|ten|fifteen|twenty|thirty|forty|forty-five|fifty|sixty|ninety)(?:\s+and\s+a\s+half)?)[\s-]?(?P<unit>min(?:ute)?s?|hours?|hrs?|hr|miles?|mi|blocks?|lbs?|pounds?|kg|km|flights?|steps|metres|meters|feet|ft|reps|stairs|laps|holes|secs?|seconds?)\b",
    re.IGNORECASE,
)
_ACTIVITY = re.compile(
    r"\b(?:sit|sat|sits|sitting|stand|stands|stood|standing|walk|walks|walked|walking|driv\w+|drove|sle\w+|lift\w*|carr\w+|run|runs|ran|running|hold\w*|held|type|typing|kneel\w*|climb\w*|work\w*|bend\w*|reach\w*|read\w*|cook\w*|garden\w*|ride|rode|riding|swim\w*|swam|bike\w*|cycl\w+|cycle|push\w*|vacuum\w*|plank|dance\w*|play\w*|tolera\w+|nurs\w+|rock\w*|hike\w*|jog\w*|squat\w*|lectur\w+|desk|car|mass|rehears\w+|stairs)\b",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\b(?P<daily>daily|every day|each day)\b|\b(?P<times>\d{1,2}|once|twice|one|two|three|four|five|six)\s?(?:x|times|days|nights)?\s?(?:/|a|per|in a|each)\s?(?P<per>week|wk|month|day|night)",
    re.IGNORECASE,
)
_PER_WEEK = {"day": 7.0, "night": 7.0, "week": 1.0, "wk": 1.0, "month": 0.25}
_ZONES = frozenset("HXIB")


@dataclass(slots=True)
class _Value:
    start: int
    end: int
    value: float
    timing: Timing
    extreme: bool = False


def find_measures(
    reading: Reading, complaint: tuple[str, ...], limb_only: bool
) -> tuple[list[Measure], list[PartFinding]]:
    """Today's measures of a note, and the pain that its ratings document (criterion P of the region rated).

    Args:
        reading: the note.
        complaint: spinal regions complained of; the only one takes a rating that names no place.
        limb_only: whether only an extremity, jaw or head is complained of.
    """
    measures, pain, rows = read_value_tables(reading)
    heading: list[Concept] = []
    heading_line = -1
    for sentence in reading.sentences:
        places = [
            c
            for c in sentence.of("place")
            if c.kind in ("region", "level", "joint", "sided", "extraspinal", "junction")
        ]
        if places and (places[0].start - sentence.start < 30 or sentence.zone == "S"):
            heading = places[:1]
            heading_line = sentence.line
        elif sentence.line == heading_line and sentence.zone == "S":
            pass
        elif not sentence.text[:1].isspace() and not sentence.text.lstrip().startswith(("-", "*", "•")):
            heading = heading if _looks_like_detail(sentence) else []
        if not sentence.numbers or sentence.zone in _ZONES or sentence.start in rows:
            continue
        _ratings(reading, sentence, heading, complaint, limb_only, measures, pain)
        measures += _questionnaires(reading, sentence)
        measures += _leg_raise(reading, sentence)
        measures += _function(reading, sentence)
        measures += [
            Measure("ROM", m.value, m.evidence, m.previous, "degrees", m.regions[0] if m.regions else None)
            for m in limited_motions(reading, sentence, heading, complaint)
        ]
    return _once(measures), pain


def _looks_like_detail(sentence: Sentence) -> bool:
    return bool(
        re.match(
            r"\s*(?:VAS|NPRS|NRS|pain|scale|severity|intensity|rating|current|today|now|it |quality)",
            sentence.text,
            re.IGNORECASE,
        )
    )


def _once(measures: list[Measure]) -> list[Measure]:
    kept: dict[tuple[object, ...], Measure] = {}
    for item in measures:
        key = (item.instrument, item.value, item.region, item.unit)
        if key not in kept or (kept[key].previous is None and item.previous is not None):
            kept[key] = item
    return list(kept.values())


def _number(words: str) -> float:
    lowered = words.lower()
    if lowered[:1].isdigit():
        return float(lowered)
    if lowered in _WORD:
        return float(_WORD[lowered])
    from auditor.reading.motion import number

    teens = {"eleven": 11, "thirteen": 13, "fourteen": 14, "sixteen": 16, "seventeen": 17, "nineteen": 19}
    return float(teens.get(lowered) or number(lowered))


def _ratings(
    reading: Reading, sentence: Sentence, heading: list[Concept], complaint: tuple[str, ...], limb_only: bool,
    measures: list[Measure], pain: list[PartFinding],
) -> None:  # fmt: skip
    values = sorted(_rating_values(reading, sentence), key=lambda item: item.start)
    values = _without_extremes(reading.plain, sentence, values)
    for one, other in zip(values, values[1:], strict=False):
        listed = re.fullmatch(r"\s*(?:and|,|&)\s*(?:a\s+|an\s+)?", reading.plain[one.end : other.start])
        if one.timing is Timing.BEFORE and listed:
            other.timing = Timing.BEFORE
    today = [item for item in values if item.timing is Timing.NOW]
    earlier = [item for item in values if item.timing is Timing.BEFORE]
    if earlier and not today and measures:
        _complete_last(reading, sentence, measures, earlier[0].value)
    for position, item in enumerate(today):
        regions, limb = _place_of(reading, sentence, item, heading, complaint, limb_only)
        later = [
            e
            for e in earlier
            if e.start > item.start and (position + 1 >= len(today) or e.start < today[position + 1].start)
        ]
        prior = [e for e in earlier if e.end <= item.start and item.start - e.end < 40]
        if not later and not prior and len(earlier) == len(today):
            later = [earlier[position]]
        previous = (later or prior or [None])[0]
        evidence = reading.evidence(item.start, item.end)
        region = limb or (regions[0] if regions else None)
        measures.append(Measure("NPRS", item.value, evidence, previous.value if previous else None, "0-10", region))
        if item.value > 0 and not limb:
            pain.append(PartFinding("P", regions, (), evidence))


def _complete_last(reading: Reading, sentence: Sentence, measures: list[Measure], previous: float) -> None:
    """Give the last rating of the same line its previous value: "Neck 4/10. It was 6/10 last week."."""
    last = measures[-1]
    line_start = reading.plain.rfind("\n", 0, sentence.start) + 1
    same_line = reading.text.original(line_start, line_start + 1)[0] <= last.evidence.start
    if last.instrument == "NPRS" and last.previous is None and same_line and not sentence.has("place"):
        measures[-1] = replace(last, previous=previous)


def _rating_values(reading: Reading, sentence: Sentence) -> Iterator[_Value]:
    text, taken = reading.plain, []
    lowered = sentence.text.lower()
    patterns = [_OUT_OF_TEN] if "/" in lowered or "out" in lowered or "over" in lowered else []
    if "scale" in lowered or "on a" in lowered or "10" in lowered:
        patterns.append(_ON_SCALE)
    if "vas" in lowered or "scale" in lowered:
        patterns.append(_MM)
    if "pain" in lowered or "vas" in lowered or "nprs" in lowered or "nrs" in lowered or "nrps" in lowered:
        patterns.append(_SAID)
    for pattern in patterns:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            if _clashes(match, taken) or _is_no_pain(text, sentence, match, pattern):
                continue
            if match.groupdict().get("low") == "0" and match["value"] == "10":
                continue
            if pattern is _SAID and sentence.zone in ("P", "G", "T"):
                continue
            taken.append(match.span("value"))
            value = _number(match["value"])
            yield _timed(text, sentence, match, value / 10 if pattern is _MM else value)
    if _EXTREME.search(sentence.text) and sentence.zone in ("S", "", "A", "O"):
        for match in _SET_CURRENT.finditer(text, sentence.start, sentence.end):
            name = "value" if match["value"] else "value2"
            start, end = match.span(name)
            if not any(s < end and start < e for s, e in taken):
                taken.append((start, end))
                yield _Value(start, end, _number(match[name]), Timing.NOW)
    if sentence.zone in ("S", "", "A", "O") and (sentence.has("place") or "pain" in sentence.text.lower()):
        for match in _STATE.finditer(text, sentence.start, sentence.end):
            if not _clashes(match, taken):
                taken.append(match.span("value"))
                yield _timed(text, sentence, match, _number(match["value"]))
    if sentence.zone in ("S", "", "A", "O"):
        for match in _VERB.finditer(text, sentence.start, sentence.end):
            if not _clashes(match, taken) and (taken or sentence.has("place") or "pain" in sentence.text.lower()):
                taken.append(match.span("value"))
                yield _timed(text, sentence, match, _number(match["value"]))
    if taken:
        for place in sentence.of("place"):
            if place.kind not in ("region", "joint", "sided", "extraspinal"):
                continue
            match = _ELLIPSIS.match(text, place.end, sentence.end)
            if match and not _clashes(match, taken) and not _is_no_pain(text, sentence, match, _ELLIPSIS):
                taken.append(match.span("value"))
                yield _timed(text, sentence, match, _number(match["value"]))
        for match in re.finditer(
            rf"\b(?:it was|was|had been|from|compared (?:with|to)|compared with|today|now|and|down to|up to)\s+(?:a|an|at a|at an|at)?\s*(?P<value>{_N})(?![\d/%-]|\.\d|\s?(?:/|%|x\b|min|deg|hours?|days?|weeks?|months?|visits?|times|out|of|percent|lb|block|mile|feet|pillow|flight|years?|other|or|and a half|more|lumbar|cervical|thoracic|joint|tablet|reps|children|kids|a\.?m|p\.?m|am|pm))\b",
            text[sentence.start : sentence.end],
            re.IGNORECASE,
        ):
            start, end = sentence.start + match.start("value"), sentence.start + match.end("value")
            if any(s < end and start < e for s, e in taken):
                continue
            timing = timing_of(text, sentence, start, end)
            if timing is Timing.NOW and not re.match(r"today|now|down to|up to", match.group(), re.IGNORECASE):
                continue
            taken.append((start, end))
            yield _Value(start, end, _number(match["value"]), timing)


def _timed(text: str, sentence: Sentence, match: re.Match[str], value: float) -> _Value:
    start, end = match.start("low") if match.groupdict().get("low") else match.start("value"), match.end()
    timing = timing_of(text, sentence, start, end)
    around = text[max(sentence.start, start - 16) : min(sentence.end, end + 14)]
    before, after = text[max(sentence.start, start - 16) : start], text[end : min(sentence.end, end + 20)]
    extreme = bool(
        _EXTREME.search(re.split(r"[,;/]", before)[-1])
        or _EXTREME.match(
            after.lstrip(" (")
            .removeprefix("at its ")
            .removeprefix("at ")
            .removeprefix("on the ")
            .removeprefix("on a ")
            .removeprefix("on ")
        )
    ) and bool(around)
    return _Value(start, end, value, timing, extreme)


def _clashes(match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    start, end = match.span("value")
    return any(s < end and start < e for s, e in taken)


def _is_no_pain(text: str, sentence: Sentence, match: re.Match[str], pattern: re.Pattern[str]) -> bool:
    start = match.start()
    before = text[max(sentence.start, start - 40) : start]
    if _NOT_PAIN.search(before):
        return True
    if pattern is _OUT_OF_TEN:
        slash = "/" in match.group()
        value = _number(match["value"])
        if value > 10 or (slash and _DATE_BEFORE.search(before) and not re.search(r"\bfrom\s+$", before)):
            return True
        if slash and re.match(
            r"\s*(?:biceps|triceps|quad|strength|grip|motor|power|sleep|stress)", text[match.end() :], re.IGNORECASE
        ):
            return True
    return False


def _without_extremes(text: str, sentence: Sentence, values: list[_Value]) -> list[_Value]:
    """Of a worst/best/current set only the current (or average) value; "8/10 at worst" alone stays."""
    extreme = [item for item in values if item.extreme]
    if not extreme:
        return values
    plain = [item for item in values if not item.extreme and item.timing is Timing.NOW]
    if plain:
        return [item for item in values if not item.extreme]
    highest = max(extreme, key=lambda item: item.value)
    return [item for item in values if not item.extreme or item is highest]


def _place_of(
    reading: Reading,
    sentence: Sentence,
    item: _Value,
    heading: list[Concept],
    complaint: tuple[str, ...],
    limb_only: bool,
) -> tuple[tuple[str, ...], str | None]:
    """Spinal regions that a rating is of, or the limb or head that it is of instead."""
    text = reading.plain
    places = [
        c
        for c in sentence.of("place")
        if c.kind in ("region", "level", "joint", "sided", "extraspinal", "junction", "landmark", "muscle")
        and "OTHER_PERSON" not in c.marks
    ]
    before = [c for c in places if c.end <= item.start]
    after = [
        c
        for c in places
        if c.start >= item.end and c.start - item.end < 26 and not re.search(r"[,;.|]|\d", text[item.end : c.start])
    ]
    limb = list(_LIMB.finditer(text, sentence.start, item.start))
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
                r"\s*(?:pain|ache)?\s*(?:,|and|&|/|\+)\s*(?:the |left |right |[LR] )?", text[other.end : group[0].start]
            ):
                group.insert(0, other)
            else:
                break
    spinal = tuple(dict.fromkeys(r for c in group for r in c.regions if r in SPINAL))
    return spinal, None if spinal else nearest.regions[0] if nearest.regions else "extremity"


def _questionnaires(reading: Reading, sentence: Sentence) -> Iterator[Measure]:
    mentions = list(_INSTRUMENT.finditer(reading.plain, sentence.start, sentence.end))
    for position, mention in enumerate(mentions):
        name = (mention.lastgroup or "").replace("_", "-")
        same = [m for m in mentions[position + 1 :]]
        end = min(same[0].start() if same else sentence.end, mention.end() + 160)
        if name == "BQ" and not mention.group().isupper() and "ournemouth" not in mention.group():
            continue
        if _AT_INTAKE.search(reading.plain, max(sentence.start, mention.start() - 14), mention.start()):
            continue
        values = [
            (match, timing_of(reading.plain, sentence, match.start(), match.end()))
            for match in _SCORE.finditer(reading.plain, mention.end(), end)
            if _is_score(reading.plain, mention.end(), match, name)
        ]
        today = [m for m, timing in values if timing is Timing.NOW]
        earlier = [m for m, timing in values if timing is Timing.BEFORE]
        if not today and position and values:
            continue
        if not today:
            continue
        chosen = today[0]
        percent = [
            m
            for m in today[1:2]
            if "%" in (m["unit"] or "") and "/" in (chosen["unit"] or "") and m.start() - chosen.end() < 6
        ]
        if percent and name != "PSFS":
            chosen = percent[0]
        previous = _number(earlier[0]["value"]) if earlier else None
        yield Measure(
            name,
            _number(chosen["value"]),
            reading.evidence(mention.start(), chosen.end()),
            previous,
            (chosen["unit"] or "").strip() or None,
        )


def _is_score(text: str, start: int, match: re.Match[str], name: str) -> bool:
    between = text[start : match.start()]
    if match["unit"]:
        return True
    if not match["value"][0].isdigit():
        return bool(
            re.search(
                r"\b(?:is|at|was|of|comes to|came to|amounts to|a|an|scored|score|to|from|ticked|checked|marked|endorsed|averages?|averaged|reads|by)\s+$",
                between,
            )
        )
    if re.search(
        r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\.? $",
        between,
        re.IGNORECASE,
    ):
        return False
    if re.search(r"\b(?:on|the)\s+$", between) or text[match.end() : match.end() + 1] == "/":
        return False
    return len(between) < 60


def _leg_raise(reading: Reading, sentence: Sentence) -> Iterator[Measure]:
    for mention in _SLR.finditer(reading.plain, sentence.start, sentence.end):
        tail = reading.plain[mention.end() : min(sentence.end, mention.end() + 60)]
        tail = re.split(
            r";(?!\s*(?:[LR]|left|right)\b)|\bKemp|\breflex|\bflex|\bext\b|\brot|\bDTR|\bfaber|\byeoman|\bbraggard|\blumbar\b|\bROM\b",
            tail,
            maxsplit=1,
            flags=re.IGNORECASE,
        )[0]
        for match in _SLR_VALUE.finditer(tail):
            start, end = mention.end() + match.start(), mention.end() + match.end()
            if timing_of(reading.plain, sentence, start, end) is Timing.NOW:
                was = re.match(r"[\s,;(]*(?:was|from|prev\w*|up from)\s+(\d{2})", reading.plain[end : end + 24])
                yield Measure(
                    "SLR",
                    _number(match["value"]),
                    reading.evidence(mention.start(), end),
                    float(was.group(1)) if was else None,
                    "degrees",
                )


def _function(reading: Reading, sentence: Sentence) -> Iterator[Measure]:
    """Timed or counted function with its value before: "sat 50 min, 30 min 2 wks ago"; "headaches daily, now 2 a week"."""
    if sentence.zone in ("T",):
        return
    amounts = list(_FUNCTION.finditer(reading.plain, sentence.start, sentence.end))
    if amounts and _ACTIVITY.search(sentence.text):
        found = [
            (
                _amount(m["value"]),
                m["unit"].lower().rstrip("s").replace("minute", "min").replace("hour", "hr"),
                m,
                timing_of(reading.plain, sentence, m.start(), m.end()),
            )
            for m in amounts
        ]
        found = [(v * 60 if u in ("hr",) else v, "min" if u == "hr" else u, m, t) for v, u, m, t in found]
        now = [item for item in found if item[3] is Timing.NOW]
        then = [item for item in found if item[3] is Timing.BEFORE]
        bare = re.search(
            r"\b(?:was|were|from|up from|had been|previously|instead of)\s+(?P<value>\d{1,4})\b(?!\s?(?:/|%|x|weeks?|days?))",
            sentence.text,
        )
        for value, unit, match, _ in now[:1]:
            previous = next((v for v, u, _, _ in then if u == unit), None)
            if previous is None and bare:
                previous = float(bare["value"])
            evidence = reading.evidence(match.start(), match.end())
            yield Measure("FUNCTION", value, evidence, previous, unit)
    rates = [(m, _per_week(m)) for m in _RATE.finditer(sentence.text)]
    if (
        len(rates) == 2
        and re.search(
            r"\b(?:now|was|were|down|from|today|this week|used to|instead of|had been)\b", sentence.text, re.IGNORECASE
        )
        and sentence.zone in ("S", "", "A")
    ):
        order = (
            rates[::-1]
            if re.search(r"\bnow\b", sentence.text[rates[0][0].end() : rates[1][0].start()])
            or re.search(r"\bfrom\s+(?:\w+\s+)?$", sentence.text[: rates[0][0].start()])
            else rates
        )
        start = sentence.start
        yield Measure(
            "FREQUENCY",
            order[0][1],
            reading.evidence(start + rates[0][0].start(), start + rates[1][0].end()),
            order[1][1],
            "per week",
        )


def _amount(words: str) -> float:
    lowered = words.lower()
    half = 0.5 if "and a half" in lowered else 0.0
    lowered = lowered.replace(" and a half", "").strip()
    if lowered in ("half a", "half an"):
        return 0.5
    if lowered in ("a", "an"):
        return 1.0 + half
    return _number("forty five" if lowered == "forty-five" else lowered) + half


def _per_week(match: re.Match[str]) -> float:
    if match["daily"]:
        return 7.0
    times = match["times"].lower()
    count = {"once": 1.0, "twice": 2.0}.get(times) or _number(times)
    return count * _PER_WEEK[match["per"].lower()]


def pain_evidence(findings: list[PartFinding]) -> list[Evidence]:
    """Evidence of pain ratings."""
    return [finding.evidence for finding in findings]
